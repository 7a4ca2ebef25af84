import type { Field } from '../../../manifests/field.ts';
import { nameOf } from '../../../manifests/name.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { folderOf } from '../../../manifests/views/layer.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingClaim: Rule = {
  id: 'missing-claim',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A pod or a backup names a claim, or a claim a volume, that does not exist.',
  why: 'A pod that mounts a claim that does not exist stays Pending, and so does a claim that names a missing volume; a backup of such a claim is never made. Kubernetes waits without an error, and Immich simply is not there.',
  url: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  examples: {
    good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: immich-library, namespace: immich }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 500Gi } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts: [{ name: library, mountPath: /data }]
      volumes:
        - name: library
          persistentVolumeClaim: { claimName: immich-library }
`,
    broken: {
      'claimName: immich-library': 'claimName: immich-libary',
    },
  },
  check(inventory, report) {
    for (const { namespace, volumes } of inventory.workloads) {
      for (const { claim } of volumes) {
        if (claim !== undefined && concernsNamespace(inventory, namespace)) {
          resolve(inventory, report, {
            name: claim,
            apiGroup: '',
            kind: 'PersistentVolumeClaim',
            namespace,
            consequence: 'the pod stays Pending',
          });
        }
      }
    }
    for (const source of inventory.all('volsync.backube', 'ReplicationSource')) {
      const namespace = source.at('metadata', 'namespace').text;
      // Others back up their own claims in a namespace that they share with Immich.
      if (concernsNamespace(inventory, namespace) && (inventory.complete || isImmichs(source))) {
        resolve(inventory, report, {
          name: source.at('spec', 'sourcePVC'),
          apiGroup: '',
          kind: 'PersistentVolumeClaim',
          namespace,
          consequence: 'nothing is ever backed up',
        });
      }
    }
    for (const claim of inventory.all('', 'PersistentVolumeClaim')) {
      const volume = claim.at('spec', 'volumeName');
      if (
        concernsNamespace(inventory, claim.at('metadata', 'namespace').text) &&
        !provisioned.test(volume.text ?? '')
      ) {
        resolve(inventory, report, {
          name: volume,
          apiGroup: '',
          kind: 'PersistentVolume',
          namespace: undefined,
          consequence: 'the claim stays Pending',
        });
      }
    }
  },
};

/** Whether a name or a folder says that an object is Immich's. */
function isImmichs(object: Field): boolean {
  return /immich/.test(`${nameOf(object)} ${folderOf(object.manifest.file)}`);
}

/**
 * What a provisioner calls the volume that it makes for a claim; such a claim was written down after that.
 * https://github.com/kubernetes-sigs/sig-storage-lib-external-provisioner/blob/master/controller/controller.go
 */
const provisioned = /^pvc-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
