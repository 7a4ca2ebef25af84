import { concerns } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { mayBeRoot } from '../../views/pod-security.ts';

export const runsAsRoot: Rule = {
  id: 'runs-as-root',
  severity: 'error',
  whose: 'ours',
  meaning: 'A container of Immich runs as root, which it does unless it is told otherwise.',
  why: 'The images of Immich run as root unless the manifest says otherwise. Whoever breaks in through a crafted picture then owns every file on the mounted volumes, and has one step less to the node.',
  url: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  limits: 'Which user an image of your own runs as is not looked into.',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 1000 }
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
`,
    broken: {
      'securityContext: { runAsNonRoot: true, runAsUser: 1000 }': '',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      for (const container of concerns(inventory, workload) ? workload.containers : []) {
        if (mayBeRoot(workload, container)) {
          report(container.security.exists ? container.security : container.field.at('name'), {
            message: `Container ${quote(container.name)} runs as root; whoever breaks into it owns every file it mounts.`,
            fix: 'Write runAsNonRoot: true and a runAsUser in securityContext; the volumes must belong to that user.',
            ...(inventory.complete ? {} : { severity: 'info' }),
          });
        }
      }
    }
  },
};
