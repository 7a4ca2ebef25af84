import { credentialIn, withoutCredentials } from '../../lib/text/credential.ts';
import { looksGenerated, mayBeSecret, secretIn } from '../../lib/text/secret.ts';
import { madeUpSecrets } from './made-up-secrets.ts';

const shaped = madeUpSecrets.filter(({ looksLike }) => looksLike === undefined);

test.each(shaped)('$what is known by its shape, alone and inside a text', ({ text, hidden }) => {
  expect(credentialIn(text)).toBeDefined();
  expect(secretIn('ANY', text)).toBeDefined();
  expect(mayBeSecret('ANY', text)).toBe(true);
  expect(withoutCredentials(text)).not.toContain(hidden);
  expect(withoutCredentials(`Not ${text}.`)).not.toContain(hidden);
});

test.each([
  'sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
  'ghcr.io/immich-app/immich-server:v3.3.1@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
  'arn:aws:iam::123456789012:role/ImmichBackupRoleOfTheProductionCluster1',
  '10.0.0.0/8',
  'fd00:1234:5678:9abc::/64',
  'postgres-cluster-rw.database.svc.cluster.local',
  '0f1e2d3c4b5a69788796a5b4c3d2e1f0.r2.cloudflarestorage.com',
  'https://s3.example.com:9000/Bucket1/Folder2',
  'https://host:443/a@b',
  'postgres://immich@db/immich',
  'postgresql://immich:$(DB_PASSWORD)@db:5432/immich?sslmode=verify-full',
  `redis://:\${REDIS_PASSWORD}@valkey:6379`,
  'password=$(DB_PASSWORD)',
  'MyVeryLongNameOfAStorageClassWithCapitals',
  'pvc-0e5f5a6e-1b2c-4d3e-8f90-a1b2c3d4e5f6',
  '/mnt/pool/0f1e2d3c4b5a69788796a5b4c3d2e1f0/photos',
  '/mnt/Photos2019/Archive2020/FamilyLibrary',
  '/volume1/PhotosAndVideos2021/ImmichLibrary',
  'photos/Camera2019/HolidaysInItaly2020/more',
  '0 0 3 * * *',
  'Europe/Zurich',
])('%s is no secret', (text) => {
  expect(credentialIn(text)).toBeUndefined();
  expect(secretIn('MY_SETTING', text)).toBeUndefined();
  expect(mayBeSecret('MY_SETTING', text)).toBe(false);
  expect(withoutCredentials(text)).toBe(text);
});

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['DB_PASSWORD', '$(OTHER)', false],
  ['DB_PASSWORD', '', false],
  ['DB_PASSWORD_FILE', '/run/secrets/password', false],
  ['IMMICH_PRIVATE_KEY', 'abc', true],
  ['TYPESENSE_API_KEY', 'abc', true],
  ['AWS_ACCESS_KEY_ID', 'abc', true],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/var/key.json', false],
  ['OAUTH_ALLOW_TOKEN', 'true', false],
  ['secretAccessKey', 'abc', true],
  ['IMMICH_PORT', '2283', false],
  ['TOKENIZERS_PARALLELISM', '8', false],
])('whether %s: %s is refused: %s', (name, value, refused) => {
  expect(secretIn(name, value) !== undefined).toBe(refused);
});

test.each([
  ['PASSWORD_OF_DB', true],
  ['sasToken', true],
  ['IMMICH_PORT', false],
])('whether a value of %s is not printed: %s', (name, hidden) => {
  expect(mayBeSecret(name, 'hunter2')).toBe(hidden);
});

test('what names a file names no secret', () => {
  expect(secretIn('DB_PASSWORD', 'hunter2secret')).toBeDefined();
  expect(secretIn('DB_PASSWORD_FILE', 'hunter2secret')).toBeUndefined();
});

test.each([
  ['hunter2secret', true],
  ['0f1e2d3c4b5a69788796a5b4c3d2e1f0', true],
  ['AKIAIOSFODNN7EXAMPL3', true],
  ['ACCESS_KEY_ID', false],
  ['accessKeyId', false],
  ['immichS3AccessKey', false],
  ['b2ApplicationKey', false],
  ['connection-string-2', false],
  ['password1', false],
  ['S3AccessKeyId2', false],
  ['sasTokenV2', false],
  ['oauth2ClientSecret', false],
  ['r2SecretAccessKey', false],
  ['aes256Key', false],
  ['sha256', false],
  ['ed25519PrivateKey', false],
  ['x509Certificate', false],
  ['tls.crt', false],
  ['base64EncodedKey', false],
  ['kopia_password.v1', false],
  ['sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0', false],
  ['arn:aws:iam::123456789012:role/ImmichBackup1', false],
  ['10.0.0.0/8', false],
  ['postgres1.example.com', false],
  ['0e5f5a6e-1b2c-4d3e-8f90-a1b2c3d4e5f6', false],
])('whether %s looks like a value, not like the name of a key: %s', (text, generated) => {
  expect(looksGenerated(text)).toBe(generated);
});
