import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { concerns } from '../../../manifests/views/immich.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import type { Rule } from '../../rule.ts';

export const rollingUpdateOnSingleNodeVolume: Rule = {
  id: 'rolling-update-on-single-node-volume',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'A Deployment starts its new pod before the old one lets go of a volume that only one node can mount.',
  why: 'A rolling update starts the new pod before it ends the old one, and a ReadWriteOnce volume can be mounted on one node at a time. When the new pod lands on another node, each waits for the other and the update never ends.',
  url: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
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
      const claim = singleNodeClaim(inventory, workload);
      const surge = workload.field.get('spec', 'strategy', 'rollingUpdate', 'maxSurge');
      const severity = inventory.complete ? {} : ({ severity: 'warning' } as const);
      if (claim !== undefined && workload.strategy === 'RollingUpdate' && surge !== 0 && surge !== '0') {
        report(workload.field.at('spec', 'strategy', 'type'), {
          message: `Claim "${claim}" can be mounted by one node only, so the new pod of a rolling update waits for ever for the old one when it lands on another node.`,
          fix: 'Write strategy: { type: Recreate }.',
          ...severity,
        });
      } else if (claim !== undefined && (workload.replicas ?? 1) > 1) {
        report(workload.field.at('spec', 'replicas'), {
          message: `Claim "${claim}" can be mounted by one node only, so pods on other nodes never start.`,
          fix: 'Write replicas: 1, or use a claim with ReadWriteMany.',
          ...severity,
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

function singleNodeClaim(inventory: Inventory, { volumes, namespace }: WorkloadView): string | undefined {
  return volumes
    .flatMap(({ claim }) => claim?.text ?? [])
    .find((name) => {
      const manifest = inventory.find('', 'PersistentVolumeClaim', namespace, name)?.manifest;
      const modes = manifest === undefined ? [] : Field.of(manifest).at('spec', 'accessModes').texts;
      return (
        modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
      );
    });
}
