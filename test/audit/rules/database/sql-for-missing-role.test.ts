import { cluster, documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const initdb = (more: string) => cluster(`bootstrap: { initdb: { ${more} } }`);

test.each([
  ['the default role', 'postInitSQL: [ALTER USER app WITH CREATEDB]', 0],
  ['the owner', 'owner: immich, postInitSQL: [ALTER USER "immich" WITH CREATEDB]', 0],
  [
    'the role that is called like the database',
    'database: immich, postInitSQL: [ALTER ROLE immich CREATEDB]',
    0,
  ],
  ['a role that was created before', 'postInitSQL: [CREATE ROLE a, ALTER ROLE a CREATEDB]', 0],
  ['postgres', 'postInitApplicationSQL: [ALTER ROLE postgres CREATEDB]', 0],
  ['whoever runs it', 'postInitSQL: [ALTER ROLE CURRENT_USER CREATEDB]', 0],
  ['what is not known', 'owner: "\u0024{APP}", postInitSQL: [ALTER ROLE immich CREATEDB]', 0],
  ['a name with a hyphen', 'owner: med-tracker, postInitSQL: [\'ALTER ROLE "med-tracker" CREATEDB\']', 0],
  ['everybody', 'postInitSQL: [GRANT CONNECT ON DATABASE app TO PUBLIC]', 0],
  ['the owner of a table', 'owner: a, postInitApplicationSQL: [ALTER TABLE t OWNER TO a]', 0],
  [
    'an owner that there is not',
    'owner: a, postInitApplicationSQL: [ALTER SCHEMA public OWNER TO immich]',
    1,
  ],
  ['a right for nobody', 'owner: a, postInitApplicationSQL: [GRANT ALL ON SCHEMA public TO immich]', 1],
  ['a database of nobody', 'owner: a, postInitSQL: [CREATE DATABASE immich OWNER immich]', 1],
  ['a role of nobody', 'postInitSQL: [ALTER USER immich WITH SUPERUSER]', 1],
  [
    'a role of nobody, in the application',
    'owner: a, postInitApplicationSQL: [alter role immich createdb]',
    1,
  ],
])('a statement for %s', (_, more, count) => {
  expect(said('sql-for-missing-role', initdb(more))).toHaveLength(count);
});

test('statements in a config map run too', () => {
  const files = (text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: sql, namespace: immich }
data: { init.sql: "${text}" }`;
  const referring = initdb(
    'owner: a, postInitApplicationSQLRefs: { configMapRefs: [{ name: sql, key: init.sql }] }',
  );
  expect(
    said('sql-for-missing-role', documents(referring, files('SELECT 1; ALTER ROLE immich CREATEDB;'))),
  ).toEqual(['warning data.init.sql']);
  expect(said('sql-for-missing-role', documents(referring, files('ALTER ROLE a CREATEDB;')))).toEqual([]);
});
