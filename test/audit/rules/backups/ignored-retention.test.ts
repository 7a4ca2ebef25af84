import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { plugin, said, store } from '../said.ts';

const database = cluster(`backup: { retentionPolicy: 14d }\n${plugin}`);

test('retention that nothing reads is grave only where there is no other', () => {
  expect(said('ignored-retention', documents(database, store))).toEqual([
    'warning spec.backup.retentionPolicy',
  ]);
  const kept = store.replace('spec: {', 'spec: { retentionPolicy: 30d,');
  expect(said('ignored-retention', documents(database, kept))).toEqual(['info spec.backup.retentionPolicy']);
  expect(said('ignored-retention', documents(cluster(plugin), kept))).toEqual([]);
});

test('retention without any backup is told once', () => {
  const alone = cluster('backup: { retentionPolicy: 14d }');
  expect(said('ignored-retention', alone)).toEqual(['warning spec.backup.retentionPolicy']);
  const user = server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]');
  expect(said('ignored-retention', documents(alone, user))).toEqual([]);
  expect(said('database-without-backup', documents(alone, user))).toEqual(['warning spec.backup']);
});

test('retention beside volume snapshots speaks of them, not of a store', () => {
  const snapshots = cluster('backup: { retentionPolicy: 14d, volumeSnapshot: { className: fast } }');
  expect(said('ignored-retention', snapshots)).toEqual(['info spec.backup.retentionPolicy']);
  expect(said('ignored-retention', snapshots.replace('retentionPolicy: 14d, ', ''))).toEqual([]);
});
