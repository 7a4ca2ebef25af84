import { tachtit } from '../bases.ts';
import { changesOfEdits, changesOfManifests, object } from '../judged.ts';

/** What is told of an object, one of whose fields differs, and whether Kubernetes refuses it. */
function judged(kind: string, before: string, after: string, apiVersion = 'v1') {
  return changesOfManifests(
    [object(apiVersion, kind, 'namespace: photos', before)],
    [object(apiVersion, kind, 'namespace: photos', after)],
  ).map(({ grade, id, impossible = false }) => `${grade} ${id} ${impossible}`);
}

const rbac = 'rbac.authorization.k8s.io/v1';
const cnpg = 'postgresql.cnpg.io/v1';

test.each<[what: string, kind: string, before: string, after: string, apiVersion: string]>([
  ['a role', 'RoleBinding', 'roleRef: { name: one }', 'roleRef: { name: two }', rbac],
  ['a selector', 'Deployment', 'spec: { selector: { a: b } }', 'spec: { selector: { a: c } }', 'apps/v1'],
  ['pods of a Job', 'Job', 'spec: { template: { a: b } }', 'spec: { template: { a: c } }', 'batch/v1'],
  ['claims', 'StatefulSet', 'spec: { a: b }', 'spec: { a: b, volumeClaimTemplates: [{}] }', 'apps/v1'],
  ['a class', 'StorageClass', 'reclaimPolicy: Delete', 'reclaimPolicy: Retain', 'storage.k8s.io/v1'],
  ['a binding', 'StorageClass', '', 'volumeBindingMode: WaitForFirstConsumer', 'storage.k8s.io/v1'],
  ['a database', 'ScheduledBackup', 'spec: { cluster: { name: a } }', 'spec: { cluster: { name: b } }', cnpg],
  ['a user', 'Cluster', 'spec: { instances: 1 }', 'spec: { instances: 1, postgresUID: 1000 }', cnpg],
  ['a tablespace', 'Cluster', 'spec: { tablespaces: [{ name: a }] }', 'spec: { tablespaces: [] }', cnpg],
  ['a disk', 'PersistentVolume', 'spec: { csi: { a: b } }', 'spec: { nfs: { server: a, path: b } }', 'v1'],
  ['a mode', 'PersistentVolumeClaim', 'spec: { a: b }', 'spec: { a: b, volumeMode: Block }', 'v1'],
  ['a constant', 'ConfigMap', 'immutable: true, data: { a: b }', 'immutable: true, data: { a: c }', 'v1'],
  ['a type', 'Secret', 'type: Opaque', 'type: kubernetes.io/tls', 'v1'],
])('%s cannot be changed', (_what, kind, before, after, apiVersion) => {
  const told = judged(kind, before, after, apiVersion);
  expect(told.some((one) => /^refused .* true$/.test(one))).toBe(true);
});

test.each<[what: string, kind: string, before: string, after: string, apiVersion: string]>([
  ['subjects', 'RoleBinding', 'subjects: [a]', 'subjects: [b]', rbac],
  ['what is so anyway', 'StorageClass', '', 'reclaimPolicy: Delete', 'storage.k8s.io/v1'],
  ['a user that is so anyway', 'Cluster', 'spec: { a: b }', 'spec: { a: b, postgresUID: 26 }', cnpg],
  [
    'one more tablespace',
    'Cluster',
    'spec: { tablespaces: [] }',
    'spec: { tablespaces: [{ name: a }] }',
    cnpg,
  ],
  ['a map', 'ConfigMap', 'data: { a: b }', 'data: { a: c }', 'v1'],
  ['a map that becomes constant', 'ConfigMap', 'data: { a: b }', 'immutable: true, data: { a: b }', 'v1'],
  ['a class that may be there', 'PersistentVolumeClaim', '', 'spec: { storageClassName: fast }', 'v1'],
  ['an address that is given', 'Service', 'spec: { a: b }', 'spec: { a: b, clusterIP: 10.0.0.1 }', 'v1'],
])('%s can', (_what, kind, before, after, apiVersion) => {
  expect(judged(kind, before, after, apiVersion).filter((one) => one.endsWith('true'))).toEqual([]);
});

test('nothing in a Secret is told, whatever its keys are called', () => {
  const secret = (path: string) =>
    object('v1', 'Secret', 'namespace: photos', `immutable: true, data: { server: aHVudGVy, path: ${path} }`);
  expect(JSON.stringify(changesOfManifests([secret('b25l')], [secret('dHdv')]))).not.toMatch(
    /aHVudGVy|b25l|dHdv/,
  );
});

test('CloudNativePG upgrades to no version before 16', () => {
  const image: [string, string] = ['16.9-0.4.3', '14.18-0.4.3'];
  const [change] = changesOfEdits(
    tachtit.replace(...image),
    ['14.18-0.4.3', '15.13-0.4.3'],
    ['    instances: 2\n', '    instances: 2\n    lineage: v1\n'],
  );
  expect(change).toMatchObject({ grade: 'refused', impossible: true });
  expect(change?.sentence).toContain('CloudNativePG upgrades only to PostgreSQL 16 or newer');
  expect(change?.steps[0]).toContain('upgrade to 16 or newer');
});
