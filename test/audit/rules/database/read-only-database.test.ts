import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const database = cluster('postgresql: { shared_preload_libraries: [vchord.so] }');
const single = database.replace('instances: 2', 'instances: 1');
const pooler = (type: string) => `apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: immich-pooler, namespace: immich }
spec: { cluster: { name: immich-db }, ${type} pgbouncer: { poolMode: session } }`;
const host = (value: string, name = 'DB_HOSTNAME') => server(`env: [{ name: ${name}, value: "${value}" }]`);
const variable = 'spec.template.spec.containers.0.env.0.value';

describe('read-only-database', () => {
  test.each<[string, string, string[]]>([
    ['the primary', host('immich-db-rw'), []],
    ['replicas', host('immich-db-ro'), [`error ${variable}`]],
    ['replicas, by their whole name', host('immich-db-ro.immich.svc.cluster.local'), [`error ${variable}`]],
    [
      'replicas, in an address',
      host('postgresql://a@immich-db-ro:5432/immich', 'DB_URL'),
      [`error ${variable}`],
    ],
    ['any instance', host('immich-db-r'), [`error ${variable}`]],
    // Nothing tells whose it is.
    ['a Service of another database', host('other-db-ro'), []],
    ['another namespace', host('immich-db-ro.databases'), []],
  ])('%s', (_, user, expected) => {
    expect(said('read-only-database', documents(database, user))).toEqual(expected);
  });

  test('one instance is the primary behind -r, and nobody is behind -ro', () => {
    expect(said('read-only-database', documents(single, host('immich-db-r')))).toEqual([`info ${variable}`]);
    expect(said('read-only-database', documents(single, host('immich-db-ro')))).toEqual([
      `error ${variable}`,
    ]);
    const unknown = database.replace('instances: 2', 'instances: ${INSTANCES}');
    expect(said('read-only-database', documents(unknown, host('immich-db-r')))).toEqual([`info ${variable}`]);
  });

  test.each([
    ['type: rw,', []],
    ['', []],
    ['type: ro,', ['error spec.type']],
    ['type: r,', ['error spec.type']],
  ])('a Pooler with "%s"', (type, expected) => {
    expect(said('read-only-database', documents(database, pooler(type), host('immich-pooler')))).toEqual(
      expected,
    );
  });

  test('a database that is called so itself', () => {
    const called = cluster('postgresql: {}', 'photos-ro');
    expect(said('read-only-database', documents(called, host('photos-ro-rw')))).toEqual([]);
  });
});
