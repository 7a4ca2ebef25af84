import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { isRestricted } from './pod-security.ts';

export const inlineNfs: Rule = {
  id: 'inline-nfs',
  severity: 'error',
  whose: 'ours',
  meaning: 'A pod mounts NFS directly, which its namespace does not admit.',
  why: 'Pod Security "restricted" allows only certain types of volumes, and NFS is not one of them. The Deployment is accepted and its pods are not, so Immich is not there and the reason stands only in the events of the ReplicaSet.',
  url: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
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
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
      volumes:
        - name: library
          persistentVolumeClaim: { claimName: immich-library }
`,
    broken: {
      'persistentVolumeClaim: { claimName: immich-library':
        'nfs: { server: nas.example.net, path: /export/immich',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      for (const { name, field } of workload.volumes) {
        if (field.at('nfs').exists && isRestricted(inventory, workload)) {
          report(field.at('nfs'), {
            message: `Volume ${quote(name)} mounts NFS directly; namespace ${quote(workload.namespace)} enforces Pod Security "restricted", so the pod is never created.`,
            fix: 'Write a PersistentVolume for the share, a claim bound to it, and mount the claim.',
          });
        }
      }
    }
  },
};
