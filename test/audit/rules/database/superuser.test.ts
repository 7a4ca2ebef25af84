import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const connected = server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]');

test.each([
  ['by managed.roles', 'managed: { roles: [{ name: immich, superuser: true }] }', 1],
  ['by nothing', 'managed: { roles: [{ name: immich, superuser: false }] }', 0],
  ['no more', 'managed: { roles: [{ name: immich, superuser: true, ensure: absent }] }', 0],
  [
    'by a statement',
    'bootstrap: { initdb: { owner: immich, postInitSQL: [ALTER USER immich WITH SUPERUSER] } }',
    1,
  ],
  ['by another statement', 'bootstrap: { initdb: { postInitSQL: [ALTER USER app WITH CREATEDB] } }', 0],
])('the role is a superuser %s', (_, spec, count) => {
  expect(said('superuser', documents(cluster(spec), connected))).toHaveLength(count);
  // A database of somebody else is not ours to judge.
  expect(said('superuser', cluster(spec))).toEqual([]);
});

test('what a superuser creates itself is not missing', () => {
  const statement = 'postInitSQL: [CREATE EXTENSION vchord CASCADE';
  const initdb = (more: string) =>
    documents(cluster(`bootstrap: { initdb: { owner: immich, ${statement}${more}] } }`), connected);
  expect(said('extension-in-wrong-database', initdb(''))).toHaveLength(1);
  expect(said('extension-in-wrong-database', initdb(', ALTER USER immich SUPERUSER'))).toEqual([]);
  const login = connected.replace('env: [', 'env: [{ name: DB_USERNAME, value: postgres }, ');
  expect(
    said(
      'extension-in-wrong-database',
      documents(cluster(`bootstrap: { initdb: { ${statement}] } }`), login),
    ),
  ).toEqual([]);
});

test('a role that is made a superuser before the server starts creates its extensions', () => {
  const prepared = (flags: string) =>
    server(
      'env: [{ name: DB_HOSTNAME, value: immich-db-rw }]',
      `initContainers: [{ name: init, image: postgres-init:18, env: [{ name: INIT_POSTGRES_USER_FLAGS, value: "${flags}" }] }]`,
    );
  const spec = 'bootstrap: { initdb: { owner: immich, postInitSQL: [CREATE EXTENSION vchord CASCADE] } }';
  expect(said('extension-in-wrong-database', documents(cluster(spec), prepared('-s')))).toEqual([]);
  expect(said('superuser', documents(cluster(spec), prepared('--superuser')))).toHaveLength(1);
  expect(said('superuser', documents(cluster(spec), prepared('--createdb')))).toEqual([]);
});

test('extensions in the wrong database are told once, and not where a container creates them in the right one', () => {
  const spec =
    'bootstrap: { initdb: { owner: immich, postInitSQL: [CREATE EXTENSION vchord CASCADE, CREATE EXTENSION earthdistance] } }';
  expect(said('extension-in-wrong-database', documents(cluster(spec), connected))).toEqual([
    'warning spec.bootstrap.initdb.postInitSQL.0',
  ]);
  const creating = server(
    'env: [{ name: DB_HOSTNAME, value: immich-db-rw }]',
    'initContainers: [{ name: init, image: postgres:18, command: [psql, -c, CREATE EXTENSION IF NOT EXISTS vchord] }]',
  );
  expect(said('extension-in-wrong-database', documents(cluster(spec), creating))).toEqual([]);
});

test('cube is trusted: its owner may create it anywhere', () => {
  const spec = 'bootstrap: { initdb: { owner: immich, postInitSQL: [CREATE EXTENSION cube] } }';
  expect(said('extension-in-wrong-database', documents(cluster(spec), connected))).toEqual([]);
});

test('a file of SQL makes a superuser too', () => {
  const spec = `bootstrap:
  initdb:
    owner: immich
    postInitSQLRefs: { configMapRefs: [{ name: sql, key: init.sql }] }`;
  const files = (text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: sql, namespace: immich }
data: { init.sql: "${text}" }`;
  const tell = (text: string) => said('superuser', documents(cluster(spec), connected, files(text)));
  expect(tell('ALTER USER backup CREATEDB; ALTER USER immich WITH SUPERUSER;')).toEqual([
    'warning data.init.sql',
  ]);
  expect(tell('ALTER USER immich WITH CREATEDB;')).toEqual([]);
});

test('a DatabaseRole makes a superuser of the role that Immich logs in with', () => {
  const role = (name: string, database = 'immich-db') => `apiVersion: postgresql.cnpg.io/v1
kind: DatabaseRole
metadata: { name: ${name}, namespace: immich }
spec: { name: ${name}, superuser: true, cluster: { name: ${database} } }`;
  const tell = (text: string) => said('superuser', documents(cluster('enablePDB: true'), connected, text));
  expect(tell(role('immich'))).toEqual(['warning spec.superuser']);
  expect(tell(role('backup'))).toEqual([]);
  expect(tell(role('immich', 'other'))).toEqual([]);
});

test.each([
  ['immich', 'app', 0],
  ['app', 'app', 1],
  ['app', 'immich', 0],
])('with the login %s, the superuser %s counts %i', (login, role, count) => {
  const spec = `managed: { roles: [{ name: ${role}, superuser: true }] }`;
  const user = connected.replace('env: [', `env: [{ name: DB_USERNAME, value: ${login} }, `);
  expect(said('superuser', documents(cluster(spec), user))).toHaveLength(count);
});

test.each([
  ['the owner by the generated secret', 'immich', 1],
  ['another role than the owner', 'backup', 0],
])('a superuser that is %s', (_, role, count) => {
  const spec = `bootstrap: { initdb: { database: immich } }
managed: { roles: [{ name: ${role}, superuser: true }] }`;
  const user = connected.replace(
    'env: [',
    'env: [{ name: DB_USERNAME, valueFrom: { secretKeyRef: { name: immich-db-app, key: username } } }, ',
  );
  expect(said('superuser', documents(cluster(spec), user))).toHaveLength(count);
});

test("the superuser's password in the environment of the server is told, beside the server it is not", () => {
  const secret = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: immich, namespace: immich }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: immich, template: { data: { DB_PASSWORD: "{{ .A }}", INIT_POSTGRES_SUPER_PASS: "{{ .B }}" } } }
  dataFrom: [{ extract: { key: immich } }]`;
  const taking = server('envFrom: [{ secretRef: { name: immich } }]');
  expect(said('superuser', documents(secret, taking))).toHaveLength(1);
  const init = server(
    '',
    'initContainers: [{ name: init, image: init:1, envFrom: [{ secretRef: { name: immich } }] }]',
  );
  expect(said('superuser', documents(secret, init))).toEqual([]);
});

test('a password of the superuser that somebody chose is used somewhere', () => {
  expect(said('superuser', documents(cluster('enableSuperuserAccess: true'), connected))).toHaveLength(1);
  const chosen = 'enableSuperuserAccess: true\nsuperuserSecret: { name: postgres }';
  expect(said('superuser', documents(cluster(chosen), connected))).toEqual([]);
});
