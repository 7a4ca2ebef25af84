import { concerns } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const barePod: Rule = {
  id: 'bare-pod',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A pod of Immich belongs to nothing that starts it again.',
  why: 'A pod without a Deployment or StatefulSet stays on its node for life: when the node is drained or lost, it is gone, and nothing makes another. Nearly nothing of it can be changed either, so that the next version of Immich is refused.',
  url: 'https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods',
  examples: {
    good: documents(`apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]`),
    broken: {
      [`apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:`]: `apiVersion: v1
kind: Pod
metadata: { name: immich-server, namespace: immich }
spec:
      containers:`,
    },
  },
  check(inventory, report) {
    for (const { kind, name, field, pod } of inventory.workloads.filter((one) => concerns(inventory, one))) {
      // What runs once is meant to end.
      const policy = pod.at('restartPolicy').text ?? 'Always';
      if (kind === 'Pod' && policy === 'Always') {
        report(field.at('kind'), {
          message: `Pod ${quote(name)} is not started again when its node goes, and cannot be changed to another version.`,
          fix: 'Write a Deployment with this as its template.',
        });
      }
    }
  },
};
