import { DatabaseBackup } from '../../lib/components/database-backup.ts';
import { backupOfCluster, variablesOf } from '../../lib/kubernetes/cnpg/archive.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

const s3 = 's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }';

/** What is made for the backup of an installation's database, and what its Cluster says of it. */
function backupOf(text: string) {
  const { database, namespace } = installationOf(text);
  if (database.kind !== 'cnpg' || database.cnpg.backup === 'none') throw new Error('no backup');
  const { backup } = database.cnpg;
  const props = { namespace, database: 'immich-db' };
  return {
    files: built((chart) => new DatabaseBackup(chart, 'backup', { ...props, backup: new Checked(backup) })),
    cluster: {
      ...variablesOf(backup),
      ...backupOfCluster({ database: 'immich-db', folder: 'immich-db-v1', backup }),
    },
  };
}

/** The same installation with another store. */
function storedIn(store: string): string {
  return edited(home, [s3, store]);
}

test('by the plugin: an ObjectStore, and a schedule in words', () => {
  const { files, cluster } = backupOf(home);
  expect(files).toMatchSnapshot();
  expect(cluster).toMatchSnapshot();
});

test('in the tree: everything stands in the Cluster', () => {
  const { files, cluster } = backupOf(tachtit);
  expect(files).toMatchSnapshot();
  expect(cluster).toMatchSnapshot();
});

describe('the store', () => {
  test.each([
    [
      'Azure by a connection string',
      'azure: { destinationPath: https://photos.blob.core.windows.net/immich, connectionString: { secret: azure, key: connection } }',
    ],
    [
      'Azure by a SAS token',
      'azure: { destinationPath: https://photos.blob.core.windows.net/immich, storageAccount: { secret: azure, key: account }, sasToken: { secret: azure, key: token } }',
    ],
    [
      'Azure by the identity of the pod',
      'azure: { destinationPath: https://photos.blob.core.windows.net/immich/db, inheritFromAzureAD: true }',
    ],
    [
      'Amazon by the role of the pod',
      's3: { bucket: photos, folder: db/immich, region: { secret: aws, key: region }, inheritFromIAMRole: true }',
    ],
    [
      'S3 by keys of other names',
      's3: { bucket: photos, endpoint: "http://minio.storage.svc:9000", credentials: { secret: minio, accessKeyId: user, secretAccessKey: pass } }',
    ],
    ['Google by a key file', 'gcs: { bucket: photos, credentials: { secret: gcs, key: account.json } }'],
    ['Google by the identity of the pod', 'gcs: { bucket: photos, gkeEnvironment: true }'],
  ])('%s', (_what, store) => {
    expect(objectIn(backupOf(storedIn(store)).files, 'ObjectStore').spec).toMatchSnapshot();
  });

  test('checksums of newer clients are off for S3 that is not of Amazon, and only there', () => {
    const variables = (text: string) =>
      objectIn(backupOf(text).files, 'ObjectStore').spec.instanceSidecarConfiguration.env;
    expect(variables(home)).toEqual([
      { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
      { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
    ]);
    expect(variables(storedIn('s3: { bucket: photos, inheritFromIAMRole: true }'))).toBeUndefined();
  });

  test('with the in-tree form the instances themselves have them, and the recovery too', () => {
    const inTree = (store: string) =>
      backupOf(storedIn(`method: barmanObjectStore\n      ${store}`)).cluster.env;
    expect(inTree(s3)?.map(({ name }) => name)).toEqual([
      'AWS_REQUEST_CHECKSUM_CALCULATION',
      'AWS_RESPONSE_CHECKSUM_VALIDATION',
    ]);
    expect(inTree('s3: { bucket: photos, inheritFromIAMRole: true }')).toBeUndefined();
    expect(backupOf(home).cluster.env).toBeUndefined();
  });

  test('a certificate of its own is looked at by the plugin and by the in-tree form', () => {
    const own = s3.replace(', credentials', ', endpointCA: { secret: store-ca, key: ca.crt }, credentials');
    const certificate = { name: 'store-ca', key: 'ca.crt' };
    expect(objectIn(backupOf(storedIn(own)).files, 'ObjectStore').spec.configuration.endpointCA).toEqual(
      certificate,
    );
    const { cluster } = backupOf(storedIn(`method: barmanObjectStore\n      ${own}`));
    expect(cluster.backup?.barmanObjectStore?.endpointCa).toEqual(certificate);
  });

  test('what restores has a gibibyte, or what the file says', () => {
    const memory = (text: string) =>
      objectIn(backupOf(text).files, 'ObjectStore').spec.instanceSidecarConfiguration.resources;
    expect(memory(home).limits).toEqual({ memory: '1Gi' });
    expect(
      memory(storedIn(`sidecar: { resources: { limits: { memory: 2Gi, cpu: "1" } } }\n      ${s3}`)),
    ).toEqual({ requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '2Gi' } });
  });

  test('compression can be left out', () => {
    const { spec } = objectIn(backupOf(storedIn(`compression: none\n      ${s3}`)).files, 'ObjectStore');
    expect(spec.configuration).toMatchObject({ data: {}, wal: { maxParallel: 4 } });
    expect(JSON.stringify(spec)).not.toContain('compression');
  });
});

describe('where things stand', () => {
  test('the retention of the plugin is in the ObjectStore, that of the tree in the Cluster', () => {
    expect(objectIn(backupOf(home).files, 'ObjectStore').spec.retentionPolicy).toBe('30d');
    expect(backupOf(home).cluster.backup).toBeUndefined();
    expect(backupOf(tachtit).cluster.backup?.retentionPolicy).toBe('14d');
    expect(backupOf(tachtit).files).not.toContain('retention');
  });

  test('the archive folder is always stated', () => {
    expect(backupOf(home).cluster.plugins?.[0]?.parameters).toEqual({
      barmanObjectName: 'immich-db',
      serverName: 'immich-db-v1',
    });
    expect(backupOf(tachtit).cluster.backup?.barmanObjectStore?.serverName).toBe('immich-db-v1');
  });

  test.each([
    ['plugin', home, 'plugin'],
    ['tree', tachtit, 'barmanObjectStore'],
  ])('a schedule for the %s names its method, and begins at once', (_what, text, method) => {
    expect(objectIn(backupOf(text).files, 'ScheduledBackup').spec).toMatchObject({
      schedule: '0 0 3 * * *',
      immediate: true,
      backupOwnerReference: 'cluster',
      method,
    });
  });
});

describe('the schedule of a life', () => {
  const scheduleOf = (lineage: string | undefined, more = '') => {
    const { database, namespace } = installationOf(storedIn(`${more}${s3}`));
    if (database.kind !== 'cnpg' || database.cnpg.backup === 'none') throw new Error('no backup');
    const props = { namespace, database: 'immich-db', lineage, backup: new Checked(database.cnpg.backup) };
    return objectIn(
      built((chart) => new DatabaseBackup(chart, 'backup', props)),
      'ScheduledBackup',
    );
  };

  test.each([
    [undefined, 'immich-db'],
    ['original', 'immich-db'],
    ['v1', 'immich-db-v1'],
  ])('of lineage %s is %s, so that a new life has one that was never checked', (lineage, name) => {
    expect(scheduleOf(lineage)).toMatchObject({
      metadata: { name },
      spec: { cluster: { name: 'immich-db' } },
    });
  });

  test('can wait for its time, and own its Backup objects', () => {
    const { spec } = scheduleOf(undefined, 'immediate: false\n      ownerReference: self\n      ');
    expect(spec).toMatchObject({ immediate: false, backupOwnerReference: 'self' });
  });
});

test.each([
  ['@daily', '0 0 0 * * *', 'Seconds first: every day at 00:00:00 UTC. Backups a day: 1.'],
  ['0 30 */6 * * *', '0 30 */6 * * *', 'Backups a day: 4.'],
  ['0 0 3 * * 0', '0 0 3 * * 0', 'Backups a day: 0.14.'],
])('the schedule %s is written with six fields and explained', (written, fields, words) => {
  const { files } = backupOf(storedIn(`schedule: "${written}"\n      ${s3}`));
  expect(objectIn(files, 'ScheduledBackup').spec.schedule).toBe(fields);
  expect(files).toContain(words);
});
