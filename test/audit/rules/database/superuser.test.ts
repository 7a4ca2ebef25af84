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

test('cube is trusted: its owner may create it anywhere', () => {
  const spec = 'bootstrap: { initdb: { owner: immich, postInitSQL: [CREATE EXTENSION cube] } }';
  expect(said('extension-in-wrong-database', documents(cluster(spec), connected))).toEqual([]);
});
