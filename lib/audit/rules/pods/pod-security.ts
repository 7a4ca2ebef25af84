import type { Inventory } from '../../../manifests/inventory.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { violations } from '../../views/pod-security.ts';

export const podSecurity: Rule = {
  id: 'pod-security',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A pod is not what its namespace admits, so it is never created.',
  why: 'A namespace that enforces "restricted" refuses pods that do not state every setting it asks for. The Deployment is accepted all the same, so nothing runs and only the events of its ReplicaSet say why.',
  url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  limits: 'A webhook that changes pods before they are admitted is not known.',
  examples: {
    good: `
apiVersion: v1
kind: Namespace
metadata:
  name: immich
  labels: { pod-security.kubernetes.io/enforce: restricted }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`,
    broken: {
      'runAsUser: 1000, seccompProfile: { type: RuntimeDefault }': 'runAsUser: 1000',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      if (isRestricted(inventory, workload)) {
        for (const { field, what, fix } of violations(workload)) {
          report(field, {
            message: `${what}; namespace ${quote(workload.namespace)} enforces Pod Security "restricted", so the pod is never created.`,
            fix,
          });
        }
      }
    }
  },
};

/** Whether the namespace of a workload enforces the level "restricted". */
export function isRestricted(inventory: Inventory, { namespace }: WorkloadView): boolean {
  const labels = inventory.namespace(namespace)?.at('metadata', 'labels').labels ?? {};
  return labels['pod-security.kubernetes.io/enforce'] === 'restricted';
}
