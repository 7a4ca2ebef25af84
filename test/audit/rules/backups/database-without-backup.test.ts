import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('a database that Immich uses', () => {
  test.each([
    ['by its service', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw }]', 1],
    ['by the full name', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw.immich.svc.cluster.local }]', 1],
    ['by a URL', 'env: [{ name: DB_URL, value: "postgresql://u@immich-db-rw:5432/immich" }]', 1],
    [
      'by its own secret',
      'env: [{ name: DB_URL, valueFrom: { secretKeyRef: { name: immich-db-app, key: uri } } }]',
      1,
    ],
    ['in another namespace', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw.other }]', 0],
    ['not at all', 'env: [{ name: DB_HOSTNAME, value: postgres }]', 0],
  ])('%s is one that needs a backup: %s', (_, container, count) => {
    expect(said('database-without-backup', documents(cluster(''), server(container)))).toHaveLength(count);
  });

  const user = server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]');

  test.each([
    ['a retention without a store', 'backup: { retentionPolicy: 30d }', 1],
    [
      'a plugin that is switched off',
      'plugins: [{ name: barman-cloud.cloudnative-pg.io, enabled: false }]',
      1,
    ],
    ['a plugin', 'plugins: [{ name: barman-cloud.cloudnative-pg.io, isWALArchiver: true }]', 0],
    ['snapshots', 'backup: { volumeSnapshot: { className: x } }', 0],
    ['another cluster that it follows', 'replica: { enabled: true, source: x }', 0],
  ])('with %s', (_, spec, count) => {
    expect(said('database-without-backup', documents(cluster(spec), user))).toHaveLength(count);
  });
});
