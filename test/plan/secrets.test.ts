import { planOf } from '../../lib/plan/plan.ts';
import { installationOf } from '../components/built.ts';
import { type Edit, edited, home, k3s, tachtit } from '../installation/example.ts';

/** The secrets that a person must create, as lines of text. */
function needed(text: string): string[] {
  return planOf(installationOf(text))
    .secrets.map(
      ({ cluster, namespace, name, keys, type }) =>
        `${cluster}/${namespace}/${name} ${type}: ${keys.join(', ')}`,
    )
    .sort();
}

const add = (section: string): Edit => ['host: photos', `${section}\nhost: photos`];

test('of home: what opens the store, and nothing that CloudNativePG or cert-manager make', () => {
  expect(needed(home)).toEqual([
    'home/immich-drill/immich-backup-read Opaque: ACCESS_KEY_ID, ACCESS_SECRET_KEY',
    'home/immich/immich-backup Opaque: ACCESS_KEY_ID, ACCESS_SECRET_KEY',
  ]);
});

test('of an existing database', () => {
  expect(needed(k3s)).toContain('k3s/app-internal/immich-db Opaque: password');
});

test('of a database on another cluster: the login on both sides, and the authority where Immich is', () => {
  expect(needed(tachtit)).toEqual(
    expect.arrayContaining([
      'tachtit-data/immich/azure-creds Opaque: connection-string-2',
      'tachtit-data/immich/immich-db kubernetes.io/basic-auth: username, password',
      'tachtit/immich/immich-db kubernetes.io/basic-auth: username, password',
      'tachtit/immich/immich-db-tachtit-cnpg-v0-ca Opaque: ca.crt',
    ]),
  );
});

test.each([
  [
    'a region',
    ['credentials: immich-backup', 'credentials: immich-backup, region: { secret: aws, key: region }'],
    'home/immich/aws Opaque: region',
  ],
  [
    'a password of Valkey',
    add('valkey: { password: { secret: queue, key: password } }'),
    'home/immich/queue Opaque: password',
  ],
  [
    'a password of another Valkey',
    add('valkey: { external: { host: redis.example.net, password: { secret: redis, key: password } } }'),
    'home/immich/redis Opaque: password',
  ],
  [
    'an address of another Valkey',
    add('network: { policies: false }\nvalkey: { external: { url: { secret: redis, key: url } } }'),
    'home/immich/redis Opaque: url',
  ],
  [
    'a configuration',
    add('configSecret: { secret: settings, key: immich.json }'),
    'home/immich/settings Opaque: immich.json',
  ],
  [
    'a certificate',
    ['clusterIssuer: letsencrypt-prod', 'secret: photos-tls'],
    'home/immich/photos-tls kubernetes.io/tls: tls.crt, tls.key',
  ],
  [
    'a login of its own',
    ['cnpg:', 'cnpg:\n    credentials: { secret: login }'],
    'home/immich/login kubernetes.io/basic-auth: username, password',
  ],
] as const)('%s', (_what, edit, secret) => {
  expect(needed(edited(home, edit))).toContain(secret);
  expect(needed(home)).not.toContain(secret);
});

test('a secret that is needed twice is one with both keys', () => {
  const text = edited(
    home,
    add('valkey: { password: { secret: shared, key: one } }'),
    add('configSecret: { secret: shared, key: two }'),
  );
  expect(needed(text)).toContain('home/immich/shared Opaque: one, two');
});

test('identities of the pod need no secret of the database itself', () => {
  expect(
    needed(edited(home, ['credentials: immich-backup', 'inheritFromIAMRole: true'])).filter((one) =>
      one.includes('/immich/'),
    ),
  ).toEqual([]);
});
