import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const user = (version: string, host = 'immich-db-rw') =>
  server(`env: [{ name: DB_HOSTNAME, value: ${host} }]`, '', version);

const extension = (image: string) =>
  cluster(`imageName: ghcr.io/cloudnative-pg/postgresql:18.4-standard-trixie
postgresql: { extensions: [{ name: vchord, image: { reference: "${image}" } }] }`);

const catalog = (image: string) => `apiVersion: postgresql.cnpg.io/v1
kind: ClusterImageCatalog
metadata: { name: vectorchord }
spec: { images: [{ major: 16, image: "other:16" }, { major: 17, image: "${image}" }] }`;

const plain = (image: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: immich }
spec: { template: { spec: { containers: [{ name: postgres, image: "${image}" }] } } }`;

describe('unsupported-vectorchord', () => {
  const OLD = 'ghcr.io/tensorchord/vchord-scratch:pg18-v0.5.3';

  test.each([
    ['v2.2.0', OLD, []],
    // v2.0 knows neither this VectorChord nor PostgreSQL 18, which is said once, of the image that has it.
    ['v2.0.1', OLD, ['error spec.postgresql.extensions.0.image.reference', 'warning spec.imageName']],
    ['v3.3.1', 'ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1', []],
    [
      'v2.2.0',
      'ghcr.io/tensorchord/vchord-scratch:pg18-v0.6.0',
      ['error spec.postgresql.extensions.0.image.reference'],
    ],
  ])('%s with the extension %s', (version, image, expected) => {
    expect(said('unsupported-vectorchord', documents(extension(image), user(version))).sort()).toEqual(
      expected,
    );
  });

  test.each([
    ['ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.4.3', 0],
    ['ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.5.0', 1],
  ])('%s in a catalog', (image, count) => {
    const database = cluster('imageCatalogRef: { kind: ClusterImageCatalog, name: vectorchord, major: 17 }');
    expect(said('unsupported-vectorchord', documents(catalog(image), database, user('v2.0.1')))).toHaveLength(
      count,
    );
  });

  test.each([
    ['v3.0.0', 'ghcr.io/tensorchord/pgvecto-rs:pg14-v0.2.0', 1],
    ['v3.0.0', 'docker.io/tensorchord/pgvecto-rs:pg14-v0.2.0@sha256:0', 1],
    ['v2.7.5', 'ghcr.io/tensorchord/pgvecto-rs:pg14-v0.2.0', 0],
    ['v3.0.0', 'ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0', 0],
    ['v2.0.1', 'ghcr.io/immich-app/postgres:16-vectorchord0.5.3', 1],
  ])('%s with %s as a plain workload', (version, image, count) => {
    const manifests = documents(plain(image), user(version, 'postgres'));
    expect(said('unsupported-vectorchord', manifests)).toHaveLength(count);
    // Nobody connects to it.
    expect(said('unsupported-vectorchord', documents(plain(image), user(version, 'other')))).toEqual([]);
  });

  test('pgvector by choice has nothing to do with the other extensions of the image', () => {
    const image = 'ghcr.io/tensorchord/cloudnative-pgvecto.rs:16-v0.3.0';
    const chosen = server(
      'env: [{ name: DB_HOSTNAME, value: immich-db-rw }, { name: DB_VECTOR_EXTENSION, value: pgvector }]',
    );
    expect(said('unsupported-vectorchord', documents(cluster(`imageName: ${image}`), chosen))).toEqual([]);
    expect(
      said('unsupported-vectorchord', documents(cluster(`imageName: ${image}`), user('v3.0.0'))),
    ).toEqual(['error spec.imageName']);
  });

  test("a database that is only likely Immich's is never an error", () => {
    const database = cluster('imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.5.0');
    expect(said('unsupported-vectorchord', documents(database, server('', '', 'v2.0.1')))).toEqual([
      'warning spec.imageName',
    ]);
  });
});
