import { documents, server } from '../../../../lib/audit/examples.ts';
import type { InventoryOptions } from '../../../../lib/manifests/inventory.ts';
import { said } from '../said.ts';

describe('a reference that dangles', () => {
  const claim = (name: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: immich }`;
  const pod = server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: library } }]');
  const where = 'spec.template.spec.volumes.0.persistentVolumeClaim.claimName';

  test.each<[string, string[], InventoryOptions, string[]]>([
    ['where everything is known', [pod], { complete: true }, [`error ${where}`]],
    [
      'that is declared',
      [pod],
      { complete: true, externals: [{ kind: 'PersistentVolumeClaim', name: 'library' }] },
      [],
    ],
    ['where nothing like it is known', [pod], {}, []],
    ['of which there are others beside it', [pod, claim('models')], {}, [`warning ${where}`]],
    [
      'of which there are others elsewhere',
      [pod, `# other/c.yaml\n${claim('models')}`],
      {},
      [`info ${where}`],
    ],
    ['that is a slip of the pen', [pod, `# other/c.yaml\n${claim('libary')}`], {}, [`warning ${where}`]],
    ['among names that are not known', [pod, claim('"\u0024{APP}"')], {}, []],
    [
      'with a name that is not known',
      [server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: "\u0024{APP}" } }]'), claim('a')],
      {},
      [],
    ],
  ])('%s', (_, texts, options, expected) => {
    expect(said('missing-claim', documents(...texts), options)).toEqual(expected);
  });
});

test('the volume of a claim that a provisioner has made', () => {
  const claim = (volume: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: library, namespace: immich }
spec: { volumeName: ${volume} }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: other }`;
  const tell = (volume: string) => said('missing-claim', documents(server(''), claim(volume)));
  expect(tell('pvc-c2c6f329-d39d-4fc5-b8da-6746c48269b4')).toEqual([]);
  expect(tell('nas')).toEqual(['warning spec.volumeName']);
});

test('the claim of a backup', () => {
  const source = `apiVersion: volsync.backube/v1alpha1
kind: ReplicationSource
metadata: { name: immich-library, namespace: immich }
spec: { sourcePVC: library, restic: { repository: restic } }`;
  const other = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }`;
  expect(said('missing-claim', documents(server(''), source, other))).toEqual(['warning spec.sourcePVC']);
  expect(
    said('missing-claim', documents(server(''), source.replace('immich-library', 'wiki'), other)),
  ).toEqual([]);
  expect(
    said('missing-claim', documents(server(''), source, other.replace('name: photos', 'name: library'))),
  ).toEqual([]);
});
