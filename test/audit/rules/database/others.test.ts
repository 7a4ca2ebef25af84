import { cluster, documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const connected = server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]');
const own = cluster('bootstrap: { initdb: { owner: immich } }');

/** A database of another application beside Immich's. */
const other = (spec: string) => documents(connected, own, cluster(spec, 'chat'));

test('extensions in the database of another application are not missing in that of Immich', () => {
  const spec = 'bootstrap: { initdb: { owner: chat, postInitSQL: [CREATE EXTENSION vector] } }';
  expect(said('extension-in-wrong-database', other(spec))).toEqual([]);
  expect(said('extension-in-wrong-database', other(spec.replace('chat', 'immich')))).toHaveLength(1);
});

test('another application may use VectorChord as it likes', () => {
  const spec =
    'imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1\npostgresql: { parameters: { a: b } }';
  expect(said('vectorchord-not-preloaded', other(spec))).toEqual([]);
  expect(said('vectorchord-not-preloaded', cluster(spec))).toHaveLength(1);
});

test('health expressions of other databases are not judged', () => {
  const flux = (path: string) => `# ${path}.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${path}, namespace: flux-system }
spec:
  path: ./${path}
  healthCheckExprs:
    - apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      failed: status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'False')
      current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')`;
  const all = documents(
    flux('photos'),
    flux('chat'),
    `# photos/all.yaml\n${connected}`,
    `# photos/db.yaml\n${own}`,
    `# chat/db.yaml\n${cluster('', 'chat')}`,
  );
  expect(said('health-expression', all)).toEqual(['warning spec.healthCheckExprs.0.failed']);
  expect(said('missing-retry-interval', all)).toEqual(['info spec.interval']);
});
