import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const flux = `# ks.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: photos, namespace: flux-system }
spec: { path: ./app, prune: true, force: true }`;
const mounted = server(
  'volumeMounts: [{ name: library, mountPath: /data }]',
  'volumes: [{ name: library, persistentVolumeClaim: { claimName: photos } }]',
);
const claim = (spec: string) => `# app/claim.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }
spec: ${spec}`;
const volume = (spec: string) => `# app/volume.yaml
apiVersion: v1
kind: PersistentVolume
metadata: { name: photos }
spec: ${spec}`;
const storageClass = (policy: string) => `# class.yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: driver.longhorn.io
reclaimPolicy: ${policy}`;

const found = ['warning metadata.name'];

describe.each([
  ['a claim of a class', [claim('{ storageClassName: fast }')], true],
  ['a claim of a class that deletes', [claim('{ storageClassName: fast }'), storageClass('Delete')], true],
  ['a claim of a class that retains', [claim('{ storageClassName: fast }'), storageClass('Retain')], false],
  ['a claim of a volume made by hand elsewhere', [claim('{ volumeName: nas }')], false],
  ['a claim of no class', [claim('{ storageClassName: "" }')], false],
  [
    'a claim of a volume that is deleted',
    [
      claim('{ volumeName: photos }'),
      volume('{ persistentVolumeReclaimPolicy: Delete, csi: { driver: a } }'),
    ],
    true,
  ],
  [
    'a claim of a retained volume',
    [claim('{ volumeName: photos }'), volume('{ csi: { driver: a } }')],
    false,
  ],
  [
    'a claim that a volume asks for',
    [claim('{}'), volume('{ claimRef: { name: photos, namespace: immich }, nfs: { server: nas, path: / } }')],
    false,
  ],
  [
    'a network share, whatever its policy',
    [
      claim('{ volumeName: photos }'),
      volume('{ persistentVolumeReclaimPolicy: Delete, nfs: { server: nas, path: / } }'),
    ],
    false,
  ],
])('%s', (_, objects, isLost) => {
  const all = documents(flux, `# app/server.yaml\n${mounted}`, ...objects);
  test('is deleted with its data, or not', () => {
    const said1 = said('data-without-prune-protection', all);
    expect([...new Set(said1)]).toEqual(isLost ? found : []);
    expect(said('force-on-data', all)).toEqual(isLost ? ['warning spec.force'] : []);
  });
});

test('the claim of another application is not ours to judge, nor is force on it', () => {
  const other = claim('{ storageClassName: fast }').replaceAll('photos', 'music');
  const all = documents(flux, `# app/server.yaml\n${mounted}`, other);
  expect(said('data-without-prune-protection', all)).toEqual([]);
  expect(said('force-on-data', all)).toEqual([]);
  expect(said('data-without-prune-protection', all, { complete: true })).toEqual(['error metadata.name']);
});

test('a Kustomization that does not list the claim does not delete it', () => {
  const list = `# app/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [server.yaml]`;
  const all = documents(flux, list, `# app/server.yaml\n${mounted}`, claim('{ storageClassName: fast }'));
  expect(said('data-without-prune-protection', all)).toEqual([]);
});

test('a database that is only likely that of Immich holds data too, one of somebody else does not', () => {
  const database = (name: string) => `# app/database.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: ${name}, namespace: databases }
spec: { instances: 1 }`;
  const tell = (name: string) =>
    said(
      'data-without-prune-protection',
      documents(flux, database(name), `# app/server.yaml\n${server('')}`),
    );
  expect(tell('immich-16')).toEqual(found);
  expect(tell('chat')).toEqual([]);
});
