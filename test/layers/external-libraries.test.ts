import { planOf } from '../../lib/plan/plan.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfEdits } from '../changes/judged.ts';
import { installationOf } from '../components/built.ts';
import { edited, errorsIn, home } from '../installation/example.ts';

type Seen = ReturnType<typeof JSON.parse>;

const withLibraries = (libraries: string, base = home) =>
  edited(base, ['  models:', `  externalLibraries:\n    ${libraries}\n  models:`]);

const nfs = 'family: { nfs: { server: nas.example.net, path: /export/photos }, path: /mnt/family }';
const smb = 'scans: { smb: { server: nas.example.net, share: scans, secret: nas }, path: /mnt/scans }';

function objectsOf(text: string): Seen[] {
  const { clusters, problems, findings } = synthesize(new Map([['installations/home.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  return JSON.parse(
    JSON.stringify(clusters.flatMap(({ manifests }) => manifests.map(({ object }) => object))),
  );
}

const find = (objects: Seen[], kind: string, name: string) =>
  objects.find((one) => one.kind === kind && one.metadata.name === name);

test('an export is mounted read-only, at the same place in the API and in the worker', () => {
  const shared = edited(home, ['size: 500Gi,', 'size: 500Gi, accessMode: ReadWriteMany,']);
  const text = edited(withLibraries(nfs, shared), [
    'route:',
    'server: { microservices: { separate: true } }\nroute:',
  ]);
  const objects = objectsOf(text);
  for (const name of ['immich-server', 'immich-microservices']) {
    const pod = find(objects, 'Deployment', name).spec.template.spec;
    expect(pod.containers[0].volumeMounts).toContainEqual({
      name: 'external-family',
      mountPath: '/mnt/family',
      readOnly: true,
    });
    expect(pod.volumes).toContainEqual({
      name: 'external-family',
      persistentVolumeClaim: { claimName: 'immich-external-family', readOnly: true },
    });
  }
  const volume = find(objects, 'PersistentVolume', 'immich-immich-external-family');
  expect(volume.spec).toMatchObject({
    accessModes: ['ReadOnlyMany'],
    persistentVolumeReclaimPolicy: 'Retain',
    nfs: { server: 'nas.example.net', path: '/export/photos', readOnly: true },
    mountOptions: ['ro', 'nfsvers=4.1', 'noatime'],
  });
  expect(JSON.stringify(find(objects, 'Deployment', 'immich-machine-learning'))).not.toContain('/mnt/family');
});

test('a share goes by the CSI driver, with a login that must exist', () => {
  const text = withLibraries(smb);
  const volume = find(objectsOf(text), 'PersistentVolume', 'immich-immich-external-scans');
  expect(volume.spec).toMatchObject({
    mountOptions: ['ro', 'uid=1000', 'gid=1000', 'noserverino'],
    csi: {
      driver: 'smb.csi.k8s.io',
      volumeHandle: 'immich-immich-external-scans',
      volumeAttributes: { source: '//nas.example.net/scans' },
      nodeStageSecretRef: { name: 'nas', namespace: 'immich' },
    },
  });
  expect(planOf(installationOf(text)).secrets).toContainEqual(
    expect.objectContaining({ namespace: 'immich', name: 'nas', keys: ['username', 'password'] }),
  );
});

test('no backup has them', () => {
  expect(planOf(installationOf(withLibraries(nfs))).volumeBackups).toEqual(
    planOf(installationOf(home)).volumeBackups,
  );
});

test.each([
  ['in the media location', nfs.replace('/mnt/family', '/data/family'), 'would hide or stand in /data'],
  [
    'that is the library itself',
    'it: { existingClaim: immich-library, path: /mnt/it }',
    'volumes.library too',
  ],
  ['inside of another', `${nfs}\n    ${smb.replace('/mnt/scans', '/mnt/family/scans')}`, 'hide each other'],
])('one %s is an error', (_what, libraries, message) => {
  expect(errorsIn(withLibraries(libraries))).toEqual([expect.stringContaining(message)]);
});

test('one in the place of a further volume of the server is an error, and beside it is none', () => {
  const text = (path: string) =>
    edited(withLibraries(nfs), [
      'route:',
      `server: { volumes: { more: { existingClaim: more, path: ${path} } } }\nroute:`,
    ]);
  expect(errorsIn(text('/mnt/family/more'))).toEqual([expect.stringContaining('server.volumes.more hide')]);
  expect(errorsIn(text('/mnt/more'))).toEqual([]);
});

test('a claim that one node can mount has Immich run in one place, one pod after the other', () => {
  const shared = edited(home, ['size: 500Gi,', 'size: 500Gi, accessMode: ReadWriteMany,']);
  const strategy = (libraries: string) =>
    find(objectsOf(withLibraries(libraries, shared)), 'Deployment', 'immich-server').spec.strategy.type;
  expect(strategy('it: { existingClaim: it, path: /mnt/it }')).toBe('Recreate');
  expect(strategy('it: { existingClaim: it, accessMode: ReadOnlyMany, path: /mnt/it }')).toBe(
    find(objectsOf(shared), 'Deployment', 'immich-server').spec.strategy.type,
  );
});

test('another claim, and one that goes, need somebody; none is taken for the photos', () => {
  const told = (text: string, from: string, to: string) =>
    changesOfEdits(text, [from, to])
      .filter(({ grade }) => grade !== 'routine')
      .map(({ grade, id }) => `${grade} ${id}`);
  const existing = withLibraries('it: { existingClaim: one, path: /mnt/it }');
  expect(told(existing, 'existingClaim: one', 'existingClaim: other')).toEqual([
    'steps home:Deployment/immich-server:claim:one->other',
    'steps home:Deployment/immich-server:need:PersistentVolumeClaim/other',
  ]);
  expect(told(withLibraries(nfs), `  externalLibraries:\n    ${nfs}\n`, '')).toEqual([
    'steps home:volumes.externalLibraries:unmount:/mnt/family->nothing',
  ]);
});
