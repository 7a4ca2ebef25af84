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
    for (const { folder, mount, volume } of libraryMounts(inventory)) {
      const kind = ['emptyDir', 'ephemeral'].find((one) => volume.field.at(one).exists);
      if (kind !== undefined) {
        report(mount.field, {
          message: `Immich keeps photos in ${folder}, which is an ${kind === 'ephemeral' ? 'ephemeral volume' : kind}; they are deleted with the pod.`,
          fix: 'Mount a PersistentVolumeClaim there, or a folder of a network share.',
        });
      }
    }
  },
};
