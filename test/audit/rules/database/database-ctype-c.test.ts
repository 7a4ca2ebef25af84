import { cluster } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const rule = 'database-ctype-c';
const initdb = (more: string) => cluster(`bootstrap: { initdb: { owner: immich${more} } }`);

test.each([
  ['nothing', ''],
  ['C', ', localeCType: C'],
  ['POSIX', ', localeCType: POSIX'],
  ['the locale C', ', locale: C'],
  ['only the order of texts', ', localeCollate: de_DE.UTF-8'],
])('search is blind where initdb says %s', (_what, more) => {
  expect(said(rule, initdb(more))).toEqual(['info spec.bootstrap.initdb']);
});

test.each([
  ['letters of all alphabets', initdb(', localeCType: C.UTF-8')],
  ['a locale', initdb(', locale: en_US.UTF-8')],
  ['a ctype that is filled in later', initdb(', localeCType: "${CTYPE}"')],
  ['options of its own', initdb(', options: ["--locale=en_US.UTF-8"]')],
  ['the content of another database', initdb(', import: { type: microservice, databases: [immich] }')],
  ['a backup', cluster('bootstrap: { recovery: { source: origin } }')],
  ['another application', cluster('bootstrap: { initdb: { owner: chat } }', 'chat')],
])('nothing is said of a database with %s', (_what, text) => {
  expect(said(rule, text)).toEqual([]);
});

test.each([
  ['--locale=C', 1],
  ['--data-checksums --no-locale', 1],
  ['--lc-ctype C', 1],
  ['--locale=C.UTF-8', 0],
  ['--lc-collate=C', 0],
])('a PostgreSQL of no operator, set up with %s', (flags, count) => {
  const postgres = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: postgres
          image: ghcr.io/immich-app/postgres:14-vectorchord0.4.3
          env: [{ name: POSTGRES_INITDB_ARGS, value: "${flags}" }]`;
  expect(said(rule, postgres)).toHaveLength(count);
});

test('a Cluster that says nothing at all gets the default', () => {
  expect(said(rule, cluster('enableSuperuserAccess: false'))).toEqual(['info spec']);
});
