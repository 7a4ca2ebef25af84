import { concernsNamespace } from '../../../manifests/views/immich.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingServiceAccount: Rule = {
  id: 'missing-service-account',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A pod runs under a service account that does not exist.',
  why: 'Kubernetes creates no pod under a service account that does not exist. The Deployment itself is accepted, and the reason stands in the events of its ReplicaSet.',
  url: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
  examples: {
    good: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich-server, namespace: immich }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      serviceAccountName: immich-server
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
`,
    broken: {
      'serviceAccountName: immich-server': 'serviceAccountName: immich',
    },
  },
  check(inventory, report) {
    for (const { serviceAccount, namespace } of inventory.workloads) {
      if (
        serviceAccount !== undefined &&
        serviceAccount.text !== 'default' &&
        concernsNamespace(inventory, namespace)
      ) {
        resolve(inventory, report, {
          name: serviceAccount,
          apiGroup: '',
          kind: 'ServiceAccount',
          namespace,
          consequence: 'no pod is created',
        });
      }
    }
  },
};
