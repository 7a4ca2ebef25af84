import { documents, server } from '../../../lib/audit/examples.ts';
import { asSureAs, databaseLinks, usedDatabases } from '../../../lib/audit/views/immichs-database.ts';
import { inventoryOf } from '../example.ts';

/** A cluster of any name and place. */
const cluster = (name: string, namespace: string, spec = 'instances: 1') => `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }`;

const secretOfUser = (name: string) =>
  server(`env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: ${name}, key: password } } }]`);

const unknown = secretOfUser('immich-login');

test.each([
  [
    'a host',
    documents(cluster('pg', 'other'), server('env: [{ name: DB_HOSTNAME, value: pg-rw.other }]')),
    ['pg certain'],
  ],
  [
    'the secret that is made for it',
    documents(cluster('pg', 'immich'), secretOfUser('pg-app')),
    ['pg certain'],
  ],
  ['a copy of that secret', documents(cluster('pg', 'other'), secretOfUser('pg-app')), ['pg likely']],
  [
    'its name',
    documents(cluster('immich-16', 'other'), cluster('pg', 'other'), unknown),
    ['immich-16 likely'],
  ],
  [
    'the name of its database',
    documents(cluster('pg', 'other', 'bootstrap: { recovery: { database: immich } }'), unknown),
    ['pg likely'],
  ],
  [
    'a Database',
    documents(
      cluster('pg', 'other'),
      `apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: photos, namespace: other }
spec: { name: photos, owner: immich, cluster: { name: pg } }`,
      unknown,
    ),
    ['pg likely'],
  ],
  [
    'the database that the server asks for',
    documents(
      cluster('pg', 'other', 'bootstrap: { initdb: { database: photos } }'),
      server('env: [{ name: DB_DATABASE_NAME, value: photos }]'),
    ),
    ['pg likely'],
  ],
  [
    'its extension',
    documents(
      cluster('one', 'other'),
      cluster('two', 'other', 'imageName: "ghcr.io/tensorchord/cloudnative-vectorchord:17-1.1.1"'),
      unknown,
    ),
    ['two likely'],
  ],
  [
    'being alone beside the server',
    documents(cluster('pg', 'immich'), cluster('x', 'other'), unknown),
    ['pg likely'],
  ],
  ['nothing, as one of two', documents(cluster('one', 'immich'), cluster('two', 'immich'), unknown), []],
  [
    'nothing, where the server names a host elsewhere',
    documents(cluster('pg', 'immich'), server('env: [{ name: DB_HOSTNAME, value: nas.lan }]')),
    [],
  ],
])('a cluster is linked by %s', (_, text, links) => {
  expect(
    usedDatabases(inventoryOf(text)).map(
      ({ cluster: one, certainty }) => `${one.get('metadata', 'name')} ${certainty}`,
    ),
  ).toEqual(links);
});

test('a cluster that is called like Immich is its own without a server too, but nobody is known to use it', () => {
  const inventory = inventoryOf(cluster('immich', 'other'));
  expect(databaseLinks(inventory)).toMatchObject([{ certainty: 'likely', servers: [] }]);
  expect(usedDatabases(inventory)).toEqual([]);
});

test('what is not certain is said to be likely, and is no error', () => {
  const [link] = usedDatabases(inventoryOf(documents(cluster('immich', 'other'), unknown)));
  if (link === undefined) throw new Error('There is no link.');
  const problem = { message: 'It is lost.', fix: 'Find it.' };
  expect(asSureAs(link, 'error', problem)).toEqual({
    message: 'It is lost. (That Immich uses this database is likely: its names say so.)',
    fix: 'Find it.',
    severity: 'warning',
  });
  expect(asSureAs(link, 'info', problem).severity).toBe('info');
  expect(asSureAs({ ...link, certainty: 'certain' }, 'error', problem)).toBe(problem);
});
