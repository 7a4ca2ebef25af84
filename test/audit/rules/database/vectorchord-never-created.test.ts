import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const login = (variables: string, version = 'v3.3.1') =>
  server(`env: [{ name: DB_HOSTNAME, value: immich-db-rw }, ${variables}]`, '', version);

const bySecret = '{ name: DB_USERNAME, valueFrom: { secretKeyRef: { name: immich-db-app, key: username } } }';

const database = (initdb: string, more = '') =>
  cluster(`imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
bootstrap: { initdb: { database: immich, owner: immich${initdb} } }
${more}`);

const bothCreated =
  ', postInitApplicationSQL: [create extension vchord cascade, create extension earthdistance]';

const extensions = (names: string) => `apiVersion: postgresql.cnpg.io/v1
kind: Database
metadata: { name: immich, namespace: immich }
spec: { name: immich, owner: immich, cluster: { name: immich-db }, extensions: [${names}] }`;

const script = (text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: sql, namespace: immich }
data: { init.sql: "${text}" }`;

const byScript = ', postInitApplicationSQLRefs: { configMapRefs: [{ name: sql, key: init.sql }] }';

const job = `apiVersion: batch/v1
kind: Job
metadata: { name: extensions, namespace: immich }
spec:
  template:
    spec:
      containers: [{ name: psql, image: postgres:17, envFrom: [{ secretRef: { name: immich-db-superuser } }] }]`;

describe('vectorchord-never-created', () => {
  test.each([
    ['by nobody', [database(''), login(bySecret)], 1],
    [
      'by nobody, with the name of the owner',
      [database(''), login('{ name: DB_USERNAME, value: immich }')],
      1,
    ],
    [
      'by nobody, with the owner that there is by default',
      [database('').replace(', owner: immich', ''), login('{ name: DB_USERNAME, value: immich }')],
      1,
    ],
    [
      'by a container beside the server',
      [
        database(''),
        server(
          `env: [{ name: DB_HOSTNAME, value: immich-db-rw }, ${bySecret}]`,
          'initContainers: [{ name: init, image: postgres:18, command: [psql, -c, CREATE EXTENSION vchord CASCADE] }]',
        ),
      ],
      0,
    ],
    [
      'by nobody, with an image from a catalog',
      [
        cluster(`imageCatalogRef: { kind: ImageCatalog, name: pg, major: 17 }
bootstrap: { initdb: { database: immich } }`),
        `apiVersion: postgresql.cnpg.io/v1
kind: ImageCatalog
metadata: { name: pg, namespace: immich }
spec: { images: [{ major: 17, image: "ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1" }] }`,
        login(bySecret),
      ],
      1,
    ],
    ['by SQL', [database(bothCreated), login(bySecret)], 0],
    ['only VectorChord', [database(bothCreated.replace('earthdistance', 'cube')), login(bySecret)], 1],
    [
      'by a Database',
      [database(''), login(bySecret), extensions('{ name: vchord }, { name: earthdistance }')],
      0,
    ],
    [
      'removed by a Database',
      [
        database(''),
        login(bySecret),
        extensions('{ name: vchord, ensure: absent }, { name: earthdistance }'),
      ],
      1,
    ],
    [
      'by a script',
      [
        database(byScript),
        login(bySecret),
        script('create extension vchord cascade; create extension earthdistance'),
      ],
      0,
    ],
    ['by a script that does something else', [database(byScript), login(bySecret), script('select 1')], 1],
    ['by a script that is not here', [database(byScript), login(bySecret)], 0],
    ['by an import', [database(', import: { type: microservice }'), login(bySecret)], 0],
    ['by a job', [database(''), login(bySecret), job], 0],
    ['by a superuser', [database(''), login('{ name: DB_USERNAME, value: postgres }')], 0],
    ['by a login that is not known', [database(''), login('{ name: TZ, value: UTC }')], 0],
    [
      'by a role that is a superuser',
      [database('', 'managed: { roles: [{ name: immich, superuser: true }] }'), login(bySecret)],
      0,
    ],
    ['for a version of before', [database(''), login(bySecret, 'v1.132.3')], 0],
    ['for pgvector', [database(''), login(`${bySecret}, { name: DB_VECTOR_EXTENSION, value: pgvector }`)], 0],
  ])('created %s', (_, manifests, count) => {
    expect(said('vectorchord-never-created', documents(...manifests))).toHaveLength(count);
  });
});
