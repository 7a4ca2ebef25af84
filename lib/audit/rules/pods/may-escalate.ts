import { concerns } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const mayEscalate: Rule = {
  id: 'may-escalate',
  severity: 'error',
  whose: 'ours',
  meaning: 'A container of Immich may gain more privileges than it starts with.',
  why: 'Unless it is forbidden, a process can gain more rights than its container began with, for instance by a setuid program; a privileged one owns its node from the start. Immich needs neither, and it parses files that come from the internet.',
  url: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          securityContext: { allowPrivilegeEscalation: false }
`,
    broken: {
      'allowPrivilegeEscalation: false': 'privileged: true',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      for (const { security, name, field } of concerns(inventory, workload) ? workload.containers : []) {
        const isPrivileged = security.get('privileged') === true;
        if (isPrivileged || security.get('allowPrivilegeEscalation') !== false) {
          const place = isPrivileged ? security.at('privileged') : security.at('allowPrivilegeEscalation');
          report(security.exists ? place : field.at('name'), {
            message: isPrivileged
              ? `Container ${quote(name)} is privileged: it can do anything on its node.`
              : `Container ${quote(name)} may gain privileges, for instance by a setuid program.`,
            fix: 'Write securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }.',
            ...(inventory.complete ? {} : { severity: isPrivileged ? 'warning' : 'info' }),
          });
        }
      }
    }
  },
};
