import { databaseInside } from '../../../lib/doctor/checks/database-inside.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { home } from '../../installation/example.ts';
import { healthy, inside } from '../healthy.ts';
import { found, living, subjectOf } from '../living.ts';

const psql = 'kubectl exec immich-db-1 --namespace immich --container postgres -- psql immich --command';
const gibibyte = 2 ** 30;

async function said(answer: { [field: string]: Value } | 'forbidden') {
  const cluster = healthy();
  const queries = { 'immich-db-1': answer === 'forbidden' ? answer : { ...inside, ...answer } };
  const lines = await found(databaseInside, { ...cluster, queries });
  return lines.filter((line) => !line.startsWith('well: '));
}

const slot = (name: string, fields: object) => ({
  name,
  active: true,
  state: 'reserved',
  kept: 0,
  ...fields,
});

test('a slot that nobody reads, one that fills the volume, one that has lost its log, and a slow reader', async () => {
  expect(
    await said({
      slots: [
        slot('debezium', { active: false, kept: 3 * 2 ** 20 }),
        slot('old', { active: false, kept: 6 * gibibyte }),
        slot('_cnpg_immich_db_2', { active: false, state: 'lost' }),
        slot('slow', { kept: 6 * gibibyte }),
      ],
    }),
  ).toEqual([
    'warning: The replication slot debezium has no reader, and keeps 3 MiB.',
    '  Where nobody reads it any more:',
    `  ${psql} 'select pg_drop_replication_slot($$debezium$$)'`,
    'error: The replication slot old keeps 6 GiB of write-ahead log, which fills the volume.',
    '  Where nobody reads it any more:',
    `  ${psql} 'select pg_drop_replication_slot($$old$$)'`,
    'error: The replication slot _cnpg_immich_db_2 has lost what it waits for: its reader must begin anew.',
    '  Its replica is away: see "Database" and "Pods".',
    'warning: The replication slot slow keeps 6 GiB of write-ahead log, which fills the volume. Its reader is slow.',
    '  Where nobody reads it any more:',
    `  ${psql} 'select pg_drop_replication_slot($$slow$$)'`,
  ]);
});

test('more write-ahead log than usual', async () => {
  const [line] = await said({ log: 9 * gibibyte });
  expect(line).toBe(
    'warning: immich takes 3 GiB, and the write-ahead log 9 GiB, of 20Gi: more of the log is kept than usual.',
  );
});

test('an extension of another version than the image, with the indexes that are built anew after it', async () => {
  expect(await said({ extensions: [{ name: 'vchord', made: '0.4.3', brought: '1.1.1' }] })).toEqual([
    'warning: The extension vchord is 0.4.3 in the database, and the image brings 1.1.1.',
    `  ${psql} 'alter extension "vchord" update'`,
    `  ${psql} 'reindex index clip_index'`,
    `  ${psql} 'reindex index face_index'`,
  ]);
});

test('indexes that are not valid, left over, being built, or missing', async () => {
  const index = (name: string, fields: object) => ({
    ...{ name, table: 'asset', isValid: false, isBuilding: false, ...fields },
  });
  expect(
    await said({
      indexes: [
        index('clip_index', { table: 'smart_search' }),
        index('clip_index_ccnew', {}),
        index('asset_index', { isBuilding: true }),
      ],
    }),
  ).toEqual([
    'error: The index clip_index of smart_search is not valid, so that nothing uses it.',
    `  ${psql} 'reindex index concurrently "clip_index"'`,
    'warning: The index clip_index_ccnew of asset was left by a REINDEX that ended too early.',
    `  ${psql} 'drop index concurrently "clip_index_ccnew"'`,
    'warning: The index asset_index of asset is being built.',
    'error: face_index: missing, so that search by content and by face reads every row.',
    '  Immich makes them when it starts:',
    '  kubectl rollout restart deployment/immich-server --namespace immich',
  ]);
  expect(await said({ indexes: [], hasImmich: false })).toEqual([]);
});

test('without the right to look it says so, and which right it is', async () => {
  expect(await said('forbidden')).toEqual([
    'unseen: What immich-db-1 knows of its slots, sizes, extensions and indexes: jane may not',
  ]);
  const cluster = living(healthy());
  const why = 'Error from server (Forbidden): pods "immich-db-1" is forbidden';
  const [finding] = await databaseInside.look(subjectOf(), {
    ...cluster,
    query: async () => ({ kind: 'unseen', why }),
  });
  expect(finding?.mend).toEqual([
    'It takes the right to create pods/exec in immich; the session is read only.',
  ]);
});

test('nothing is asked while no instance is ready, and of a database of others', async () => {
  expect(await found(databaseInside, {})).toEqual([]);
  const external = home.replace(
    /\ndatabase:[\s\S]*?\n(?=\S)/,
    '\ndatabase:\n  external: { host: db.example.com, password: { secret: immich-db, key: password } }\n',
  );
  expect(external).toContain('external');
  expect(await found(databaseInside, healthy(), subjectOf(external))).toEqual([]);
});
