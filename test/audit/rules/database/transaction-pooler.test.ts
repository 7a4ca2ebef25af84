import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function pooler(mode: string, namespace = 'immich'): string {
  return `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: immich-pooler, namespace: ${namespace} }
spec: { cluster: { name: immich-db }, type: rw, pgbouncer: { ${mode} } }`;
}

const alias = `apiVersion: v1
kind: Service
metadata: { name: database, namespace: immich }
spec: { type: ExternalName, externalName: immich-pooler.immich.svc.cluster.local }`;

const pgbouncer = (mode: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: pgbouncer, namespace: immich }
spec:
  template:
    metadata: { labels: { app: pgbouncer } }
    spec:
      containers: [{ name: main, image: edoburu/pgbouncer:1.24, env: [{ name: POOL_MODE, value: ${mode} }] }]
---
apiVersion: v1
kind: Service
metadata: { name: pgbouncer, namespace: immich }
spec: { selector: { app: pgbouncer }, ports: [{ port: 5432 }] }`;

describe('transaction-pooler', () => {
  const host = (value: string, name = 'DB_HOSTNAME') => server(`env: [{ name: ${name}, value: "${value}" }]`);

  test.each([
    ['poolMode: transaction', host('immich-pooler'), 1],
    ['poolMode: statement', host('immich-pooler.immich.svc.cluster.local'), 1],
    ['poolMode: transaction', host('postgresql://a@immich-pooler:5432/immich', 'DB_URL'), 1],
    ['poolMode: session', host('immich-pooler'), 0],
    // The default.
    ['parameters: {}', host('immich-pooler'), 0],
    // Others use the pooler.
    ['poolMode: transaction', host('immich-db-rw'), 0],
  ])('%s', (mode, user, count) => {
    expect(said('transaction-pooler', documents(pooler(mode), user))).toHaveLength(count);
  });

  test('through an alias, and in another namespace', () => {
    const transaction = pooler('poolMode: transaction');
    expect(said('transaction-pooler', documents(transaction, alias, host('database')))).toHaveLength(1);
    const other = pooler('poolMode: transaction', 'databases');
    expect(said('transaction-pooler', documents(other, host('immich-pooler')))).toEqual([]);
    expect(said('transaction-pooler', documents(other, host('immich-pooler.databases')))).toHaveLength(1);
  });

  test.each([
    ['transaction', 1],
    ['session', 0],
  ])('a PgBouncer of the user in %s mode', (mode, count) => {
    expect(said('transaction-pooler', documents(pgbouncer(mode), host('pgbouncer')))).toHaveLength(count);
  });
});
