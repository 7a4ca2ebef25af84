import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { concerns } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const rollingUpdateOnSingleNodeVolume: Rule = {
  id: 'rolling-update-on-single-node-volume',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'A Deployment starts its new pod before the old one lets go of a volume that only one node can mount.',
  why: 'A rolling update starts the new pod before it ends the old one, and a ReadWriteOnce volume can be mounted on one node at a time. When the new pod lands on another node, each waits for the other and the update never ends.',
  url: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  limits: 'On a cluster of one node, and wherever the scheduler picks the same node again, nothing waits.',
  examples: {
    good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: immich-library, namespace: immich }
spec: { accessModes: [ReadWriteOnce], storageClassName: longhorn, resources: { requests: { storage: 500Gi } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  strategy: { type: Recreate }
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
      volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]
`,
    broken: {
      'strategy: { type: Recreate }': '',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      if (workload.kind !== 'Deployment' || !concerns(inventory, workload) || staysOnNode(workload)) {
        continue;
      }
      const single = singleNodeClaim(inventory, workload);
      const surge = workload.field.get('spec', 'strategy', 'rollingUpdate', 'maxSurge');
      const severity = inventory.complete ? {} : ({ severity: 'warning' } as const);
      if (single === undefined) {
        continue;
      }
      const { claim, isForOnePod } = single;
      if (workload.strategy === 'RollingUpdate' && surge !== 0 && surge !== '0' && surge !== '0%') {
        report(workload.field.at('spec', 'strategy', 'type'), {
          message: isForOnePod
            ? `Claim ${quote(claim)} can be mounted by one pod only, so the new pod of a rolling update waits for ever for the old one.`
            : `Claim ${quote(claim)} can be mounted by one node only, so the new pod of a rolling update waits for ever for the old one when it lands on another node.`,
          fix: 'Write strategy: { type: Recreate }.',
          ...(isForOnePod ? {} : severity),
        });
      } else if ((workload.replicas ?? 1) > 1) {
        report(workload.field.at('spec', 'replicas'), {
          message: isForOnePod
            ? `Claim ${quote(claim)} can be mounted by one pod only, so the others never start.`
            : `Claim ${quote(claim)} can be mounted by one node only, so pods on other nodes never start.`,
          fix: 'Write replicas: 1, or use a claim with ReadWriteMany.',
          ...(isForOnePod ? {} : severity),
        });
      }
    }
  },
};

/** Whether the new pod lands on the node of the old one. */
function staysOnNode({ pod }: WorkloadView): boolean {
  return (
    pod.at('nodeName').exists ||
    pod.at('nodeSelector', 'kubernetes.io/hostname').exists ||
    pod.at('affinity', 'podAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').items.length > 0
  );
}

interface SingleNodeClaim {
  readonly claim: string;
  readonly isForOnePod: boolean;
}

/**
 * A claim whose volume is known to be attached to one node at a time. Folders of a node come to the same node again,
 * and network shares are mounted everywhere, whatever the claim says.
 */
function singleNodeClaim(
  inventory: Inventory,
  { volumes, namespace }: WorkloadView,
): SingleNodeClaim | undefined {
  for (const claim of volumes.flatMap((one) => one.claim?.text ?? [])) {
    const manifest = inventory.find('', 'PersistentVolumeClaim', namespace, claim)?.manifest;
    const field = manifest === undefined ? undefined : Field.of(manifest);
    const modes = field?.at('spec', 'accessModes').texts ?? [];
    if (field !== undefined && modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOncePod')) {
      return { claim, isForOnePod: true };
    }
    const isSingle =
      field !== undefined &&
      modes.length > 0 &&
      modes.every((mode) => mode.startsWith('ReadWriteOnce')) &&
      (inventory.complete || isAttached(inventory, field));
    if (isSingle) {
      return { claim, isForOnePod: false };
    }
  }
  return undefined;
}

/** Whether a claim is known to be one of block storage, which is attached to a node. */
function isAttached(inventory: Inventory, claim: Field): boolean {
  const name = claim.at('spec', 'storageClassName').text;
  if (claim.at('spec', 'volumeName').exists || name === undefined || name === '') {
    return false;
  }
  const manifest = inventory.find('storage.k8s.io', 'StorageClass', undefined, name)?.manifest;
  const provisioner = manifest === undefined ? undefined : Field.of(manifest).at('provisioner').text;
  return block.test(provisioner ?? name);
}

/** Provisioners of block storage, and what people call their classes. */
const block =
  /longhorn|\brbd\b|ceph-?block|-block$|\bebs\b|\bgp[23]\b|openebs-(mayastor|jiva|cstor)|mayastor|linstor|iscsi|disk\.csi|pd\.csi|hcloud/i;
