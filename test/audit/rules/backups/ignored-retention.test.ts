import { cluster, documents } from '../../../../lib/audit/examples.ts';
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
