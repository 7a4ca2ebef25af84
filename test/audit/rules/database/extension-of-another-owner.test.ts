import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = (login: string) =>
  server(`env: [{ name: DB_HOSTNAME, value: immich-db-rw }, { name: DB_USERNAME, value: ${login} }]`);

const made = (more = '') =>
  cluster(
    `bootstrap: { initdb: { owner: immich, postInitApplicationSQL: [CREATE EXTENSION IF NOT EXISTS vchord CASCADE] } }${more}`,
  );

const database = (extension: string, name = 'immich-db') => `apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: immich, namespace: immich }
spec: { name: immich, owner: immich, cluster: { name: ${name} }, extensions: [${extension}] }`;

const place = ['info spec.bootstrap.initdb.postInitApplicationSQL.0'];

test.each([
  ['by a statement', [made(), user('immich')], place],
  ['by a statement, for a login that is not known', [made(), user('"\u0024{LOGIN}"')], []],
  [
    'by a statement, for a superuser',
    [made('\nmanaged: { roles: [{ name: immich, superuser: true }] }'), user('immich')],
    [],
  ],
  [
    'by a Database',
    [cluster('bootstrap: { initdb: { owner: immich } }'), user('immich'), database('{ name: vchord }')],
    ['info spec.extensions.0'],
  ],
  [
    'by a Database that keeps its version',
    [made(), user('immich'), database('{ name: vchord, version: 1.1.1 }')],
    [],
  ],
  [
    'by a statement, and kept elsewhere',
    [made(), user('immich'), database('{ name: vchord, version: 1.1.1 }', 'other')],
    place,
  ],
  ['by nothing', [cluster('bootstrap: { initdb: { owner: immich } }'), user('immich')], []],
])('VectorChord is created %s', (_, manifests, expected) => {
  expect(said('extension-of-another-owner', documents(...manifests))).toEqual(expected);
});
