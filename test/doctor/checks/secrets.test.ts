import { secrets } from '../../../lib/doctor/checks/secrets.ts';
import { home, tachtit } from '../../installation/example.ts';
import { isFalse } from '../healthy.ts';
import { found, subjectOf } from '../living.ts';

const keys = ['ACCESS_KEY_ID', 'ACCESS_SECRET_KEY'];
const namespaces = { '/api/v1/namespaces/immich': {}, '/api/v1/namespaces/immich-drill': {} };
const whole = { 'immich/immich-backup': { keys }, 'immich-drill/immich-backup-read': { keys } };

test('all are there with their keys', async () => {
  expect(await found(secrets, { paths: namespaces, secrets: whole })).toEqual([
    'well: Secret immich/immich-backup has the keys ACCESS_KEY_ID and ACCESS_SECRET_KEY.',
    'well: Secret immich-drill/immich-backup-read has the keys ACCESS_KEY_ID and ACCESS_SECRET_KEY.',
  ]);
});

test('one is missing, with its namespace', async () => {
  const paths = { '/api/v1/namespaces/immich': {} };
  expect(await found(secrets, { paths, secrets: { 'immich/immich-backup': { keys } } })).toEqual([
    'well: Secret immich/immich-backup has the keys ACCESS_KEY_ID and ACCESS_SECRET_KEY.',
    'error: Secret immich-drill/immich-backup-read is missing: store of the backups for the restore drill, which may read and list only.',
    '  kubectl create namespace immich-drill',
    '  kubectl create secret generic immich-backup-read --namespace immich-drill --from-literal=ACCESS_KEY_ID=... --from-literal=ACCESS_SECRET_KEY=...',
  ]);
});

test('a key is missing, or has nothing in it', async () => {
  const some = {
    'immich/immich-backup': { keys: ['ACCESS_KEY_ID', 'SECRET'] },
    'immich-drill/immich-backup-read': { keys, empty: ['ACCESS_KEY_ID'] },
  };
  expect(await found(secrets, { paths: namespaces, secrets: some })).toEqual([
    'error: Secret immich/immich-backup lacks the key ACCESS_SECRET_KEY: store of the backups. It has the keys ACCESS_KEY_ID and SECRET.',
    `  kubectl patch secret immich-backup --namespace immich --type=merge --patch '{"stringData":{"ACCESS_SECRET_KEY":"..."}}'`,
    'error: Secret immich-drill/immich-backup-read has nothing in the key ACCESS_KEY_ID: store of the backups for the restore drill, which may read and list only.',
    `  kubectl patch secret immich-backup-read --namespace immich-drill --type=merge --patch '{"stringData":{"ACCESS_KEY_ID":"..."}}'`,
  ]);
});

test('where there is no right, nothing follows', async () => {
  const some = { ...whole, 'immich/immich-backup': 'forbidden' as const };
  expect((await found(secrets, { paths: namespaces, secrets: some }))[0]).toBe(
    'unseen: Secret immich/immich-backup: jane may not',
  );
});

test('each cluster of an installation has its own, and a type that does not fit is told', async () => {
  const lines = await found(
    secrets,
    { secrets: { 'immich/immich-db': { keys: ['username', 'password'] } } },
    subjectOf(tachtit, 'tachtit-data'),
  );
  expect(lines).toContain(
    'warning: Secret immich/immich-db is of the type Opaque, not kubernetes.io/basic-auth. A type cannot be changed: where it matters, note the values, delete it, and make it anew.',
  );
  expect(lines.join()).toContain('azure-creds is missing');
  expect((await found(secrets, {}, subjectOf(tachtit))).join()).not.toContain('azure-creds');
});

describe('made by External Secrets', () => {
  const subject = subjectOf(
    `${home}secrets: { externalSecrets: { store: { name: vault }, keys: { immich-backup: photos/backup } } }\n`,
  );
  const store = { '/apis/external-secrets.io/v1/clustersecretstores/vault': {} };
  const external = '/apis/external-secrets.io/v1/namespaces/immich/externalsecrets/immich-backup';
  const failed = (message: string) => ({ status: { conditions: [isFalse('Ready', message)] } });

  test('before they are applied nobody is to make them by hand', async () => {
    expect(await found(secrets, { paths: store }, subject)).toEqual([
      'well: ClusterSecretStore vault is there, for secrets.externalSecrets.',
      'warning: Secret immich/immich-backup is not there yet: External Secrets makes it from the entry photos/backup of ClusterSecretStore vault once Flux has applied its ExternalSecret.',
      'warning: Secret immich-drill/immich-backup-read is not there yet: External Secrets makes it from the entry immich-backup-read of ClusterSecretStore vault once Flux has applied its ExternalSecret.',
    ]);
  });

  test('the store is missing, or is not ready', async () => {
    expect(await found(secrets, { secrets: whole }, subject)).toContain(
      'error: ClusterSecretStore vault is missing, so that no Secret will be made.',
    );
    const paths = { '/apis/external-secrets.io/v1/clustersecretstores/vault': failed('no token') };
    expect((await found(secrets, { paths, secrets: whole }, subject)).slice(0, 2)).toEqual([
      'error: ClusterSecretStore vault is not ready: no token',
      '  kubectl describe clustersecretstores.external-secrets.io vault',
    ]);
  });

  test('an ExternalSecret says why, and a key that is missing belongs into the store', async () => {
    const paths = { ...store, [external]: failed('key not found') };
    expect((await found(secrets, { paths }, subject)).slice(1, 3)).toEqual([
      'error: Secret immich/immich-backup is missing, store of the backups, and its ExternalSecret says: key not found',
      '  kubectl describe externalsecrets.external-secrets.io immich-backup --namespace immich',
    ]);
    const some = { ...whole, 'immich/immich-backup': { keys: ['ACCESS_KEY_ID'] } };
    expect(await found(secrets, { paths: store, secrets: some }, subject)).toContain(
      '  Write the property ACCESS_SECRET_KEY into the entry photos/backup of ClusterSecretStore vault.',
    );
  });
});
