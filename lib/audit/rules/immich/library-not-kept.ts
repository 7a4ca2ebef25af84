import type { Inventory } from '../../../manifests/inventory.ts';
import { folderOf } from '../../../manifests/views/layer.ts';
import { reach } from '../../../manifests/views/reach.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { libraryMounts } from '../../views/library-mount.ts';

export const libraryNotKept: Rule = {
  id: 'library-not-kept',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Photos are kept on a volume that goes with its pod.',
  why: 'An emptyDir and an ephemeral volume are made for one pod and deleted with it: at the next version, the next change of the Deployment, the next drained node. What was uploaded is gone then, while the database still lists it.',
  url: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  examples: {
    good: documents(
      server(
        'volumeMounts: [{ name: library, mountPath: /data }]',
        'volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]',
      ),
    ),
    broken: { 'persistentVolumeClaim: { claimName: immich-library }': 'emptyDir: {}' },
  },
  check(inventory, report) {
    for (const { server, folder, mount, volume } of libraryMounts(inventory)) {
      const kind = ['emptyDir', 'ephemeral'].find((one) => volume.field.at(one).exists);
      if (kind !== undefined) {
        report(mount.field, {
          message: `Immich keeps photos in ${folder}, which is an ${kind === 'ephemeral' ? 'ephemeral volume' : kind}; they are deleted with the pod.`,
          fix: 'Mount a PersistentVolumeClaim there, or a folder of a network share.',
          // Whoever builds upon a base may put another volume in its place.
          ...(isBase(inventory, server.workload) ? { severity: 'warning' } : {}),
        });
      }
    }
  },
};

/** Whether a kustomization has components beside it, of which nobody knows who takes them. */
function isBase(inventory: Inventory, { manifest }: WorkloadView): boolean {
  const folder = folderOf(manifest.file);
  return (
    reach(inventory, manifest).flux.length === 0 &&
    inventory.manifests.some(
      ({ file, object }) => object.kind === 'Component' && file.startsWith(`${folder}/`),
    )
  );
}
