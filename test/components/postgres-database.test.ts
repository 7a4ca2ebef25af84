import { DatabaseBackup } from '../../lib/components/database-backup.ts';
import { PostgresDatabase } from '../../lib/components/postgres-database.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { type Edit, edited, home, tachtit } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

/** The files of the database of an installation. */
function databaseOf(text: string): string {
  const { database: described, namespace, images, clusters } = installationOf(text);
  if (described.kind !== 'cnpg' || images.database === undefined) throw new Error('no database');
  const { cnpg } = described;
  const image = images.database;
  const isRemote = clusters.app !== clusters.database;
  return built((chart) => {
    const { name } = new PostgresDatabase(chart, 'database', {
      namespace,
      cnpg: new Checked(cnpg),
      image: new Checked(image),
      isRemote,
    });
    if (cnpg.backup === 'none') return;
    new DatabaseBackup(chart, 'backup', { namespace, database: name, backup: new Checked(cnpg.backup) });
  });
}

const clusterOf = (text: string) => objectIn(databaseOf(text), 'Cluster').spec;
const add = (key: string): Edit => ['cnpg:', `cnpg:\n    ${key}`];

test('extensions are made after those that they need, in the database of Immich', () => {
  const { spec } = objectIn(databaseOf(home), 'Database');
  const names: string[] = spec.extensions.map(({ name }: { name: string }) => name);
  expect(names.indexOf('vector')).toBeLessThan(names.indexOf('vchord'));
  expect(names.indexOf('cube')).toBeLessThan(names.indexOf('earthdistance'));
  expect([...names].sort()).toEqual([
    'cube',
    'earthdistance',
    'pg_trgm',
    'unaccent',
    'uuid-ossp',
    'vchord',
    'vector',
  ]);
  expect(spec).toMatchObject({ name: 'immich', owner: 'immich', databaseReclaimPolicy: 'retain' });
});

test('the version of VectorChord follows the image', () => {
  const version = (text: string) =>
    objectIn(databaseOf(text), 'Database').spec.extensions.find(
      ({ name }: { name: string }) => name === 'vchord',
    ).version;
  expect(version(home)).toBe('1.1.1');
  expect(version(tachtit)).toBe('0.4.3');
});

test('VectorChord is loaded, and nobody is superuser', () => {
  const spec = clusterOf(home);
  expect(spec.postgresql.shared_preload_libraries).toEqual(['vchord.so']);
  expect(spec.enableSuperuserAccess).toBe(false);
  expect(spec.bootstrap.initdb).toEqual({
    database: 'immich',
    owner: 'immich',
    dataChecksums: true,
    localeCType: 'C.UTF-8',
  });
  expect(JSON.stringify(spec)).not.toMatch(/postInit(Template)?SQL"/);
});

test('one instance has no budget that would keep its node from being drained', () => {
  expect(clusterOf(edited(home, add('instances: 1')))).toMatchObject({ instances: 1, enablePDB: false });
  expect(clusterOf(home)).toMatchObject({ instances: 2, enablePDB: true });
});

test('a commit waits for a replica where the file says so, and nowhere else', () => {
  const synchronous = (word: string) =>
    clusterOf(edited(home, add(`synchronous: ${word}`))).postgresql.synchronous;
  expect(synchronous('preferred')).toEqual({ method: 'any', number: 1, dataDurability: 'preferred' });
  expect(synchronous('required')).toEqual({ method: 'any', number: 1, dataDurability: 'required' });
  expect(synchronous('off')).toBeUndefined();
  expect(clusterOf(home).postgresql.synchronous).toBeUndefined();
});

test('settings of the file win over ours', () => {
  const { parameters } = clusterOf(
    edited(home, add('parameters: { work_mem: 64MB, max_connections: "200" }')),
  ).postgresql;
  expect(parameters).toMatchObject({ work_mem: '64MB', max_connections: '200', wal_compression: 'on' });
});

test('a login of the file is the login of the owner', () => {
  expect(clusterOf(edited(home, add('credentials: { secret: login }'))).bootstrap.initdb.secret).toEqual({
    name: 'login',
  });
});

test('a lineage is the folder of the archive', () => {
  const folder = (text: string) => clusterOf(text).plugins[0].parameters.serverName;
  expect(folder(home)).toBe('immich-db');
  expect(folder(edited(home, add('lineage: v2')))).toBe('immich-db-v2');
  expect(clusterOf(tachtit).backup.barmanObjectStore.serverName).toBe('immich-db-tachtit-cnpg-v0');
});

test('a database without a backup has no trace of one', () => {
  const text = edited(home, [
    home.slice(home.indexOf('    backup:'), home.indexOf('route:')),
    '    backup: none\n    reason: a test\n',
  ]);
  expect(databaseOf(text)).not.toMatch(/plugins|kind: (ObjectStore|ScheduledBackup)|barman/);
});

describe('for another cluster', () => {
  const spec = clusterOf(tachtit);

  test('it is reached by a load balancer, from the given addresses only', () => {
    expect(spec.managed.services.additional).toEqual([
      {
        selectorType: 'rw',
        serviceTemplate: {
          metadata: expect.objectContaining({ name: 'immich-db-tachtit-cnpg-v0-external' }),
          spec: {
            type: 'LoadBalancer',
            loadBalancerSourceRanges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
          },
        },
      },
    ]);
    expect(clusterOf(home).managed.services).not.toHaveProperty('additional');
  });

  test('its certificate has the name that it is reached by', () => {
    expect(spec.certificates).toEqual({ serverAltDNSNames: ['immich-db.example.net'] });
  });

  test('nobody logs in without TLS, and nobody but Immich', () => {
    expect(spec.postgresql.pg_hba.at(-1)).toBe('host all all all reject');
    expect(spec.postgresql.pg_hba.slice(0, -1)).toEqual(
      ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map(
        (range) => `hostssl immich immich ${range} scram-sha-256`,
      ),
    );
    expect(clusterOf(home).postgresql).not.toHaveProperty('pg_hba');
  });
});
