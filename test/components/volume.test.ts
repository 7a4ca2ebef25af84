import { longhornSnapshots } from '../../lib/components/longhorn-snapshots.ts';
import { Volume } from '../../lib/components/volume.ts';
import { snapshotJobName } from '../../lib/kubernetes/longhorn-job.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

/** The files of the library of an installation. */
function libraryOf(text: string): string {
  const { volumes, namespace } = installationOf(text);
  const volume = new Checked(volumes.library);
  return built((chart) => new Volume(chart, 'library', { claim: 'immich-library', namespace, volume }));
}

const dynamic = 'storageClass: longhorn, size: 500Gi';

test('a claim of a storage class', () => {
  expect(libraryOf(home)).toMatchSnapshot();
});

test('a claim with recurring jobs of Longhorn, its own and others', () => {
  const longhorn =
    'storageClass: longhorn, size: 500Gi, accessMode: ReadWriteMany, longhorn: { snapshots: {}, jobs: [nightly], groups: [photos] }';
  expect(libraryOf(edited(home, [dynamic, longhorn]))).toMatchSnapshot();
});

test('a claim and a volume on NFS, bound to each other', () => {
  const text = libraryOf(tachtit);
  expect(text).toMatchSnapshot();
  const claim = objectIn(text, 'PersistentVolumeClaim');
  const persistent = objectIn(text, 'PersistentVolume');
  expect(persistent.spec.claimRef).toEqual({
    name: claim.metadata.name,
    namespace: claim.metadata.namespace,
  });
  expect(claim.spec.volumeName).toBe(persistent.metadata.name);
  expect(claim.spec.resources.requests.storage).toBe(persistent.spec.capacity.storage);
  expect(claim.spec.accessModes).toEqual(persistent.spec.accessModes);
  expect([claim.spec.storageClassName, persistent.spec.storageClassName]).toEqual(['', '']);
  expect(persistent.spec.persistentVolumeReclaimPolicy).toBe('Retain');
});

test('a claim that exists is left alone', () => {
  expect(libraryOf(edited(home, [dynamic, 'existingClaim: photos']))).toBe('');
});

test.each([home, tachtit])('every claim and volume of ours is kept by Flux, and guarded', (text) => {
  for (const document of libraryOf(text).split(/^---$/m)) {
    expect(document).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
    expect(document).toContain('immich-cdk8s/data: immich');
  }
});

describe('snapshots', () => {
  const { volumes, namespace } = installationOf(
    edited(home, [
      dynamic,
      'storageClass: longhorn, size: 500Gi, longhorn: { snapshots: { schedule: "30 2 * * 0", retain: 8 } }',
    ]),
  );
  const { library } = volumes;
  const snapshots = library.kind === 'dynamic' ? library.longhorn?.snapshots : undefined;
  if (snapshots === undefined) throw new Error('no snapshots');

  test('are a job of Longhorn, with its schedule in words', () => {
    expect(
      built((chart) => longhornSnapshots(chart, { namespace, claim: 'immich-library', snapshots })),
    ).toMatchSnapshot();
  });

  test('are called so that the claim finds them, and in at most 40 characters', () => {
    expect(snapshotJobName('immich', 'immich-library')).toBe('immich-immich-library');
    const long = snapshotJobName('a'.repeat(50), 'immich-library');
    expect(long).toMatch(/^a{31}-[0-9a-f]{8}$/);
    expect(snapshotJobName('a'.repeat(50), 'immich-models')).not.toBe(long);
  });
});
