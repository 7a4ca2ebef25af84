import { concerns } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const missingVolume: Rule = {
  id: 'missing-volume',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A container mounts a volume that its pod does not have.',
  why: 'Kubernetes refuses a pod that mounts a volume which it does not declare. Flux then applies nothing of this Kustomization, not even what is right.',
  url: 'https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
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
          volumeMounts: [{ name: library, mountPath: /data }]
      volumes:
        - name: library
          persistentVolumeClaim: { claimName: immich-library }
`,
    broken: {
      '- name: library': '- name: photos',
    },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads) {
      if (!concerns(inventory, workload)) {
        continue;
      }
      const names = new Set(workload.volumes.map(({ name }) => name));
      for (const { mounts } of workload.containers) {
        for (const { volume, field } of mounts) {
          if (!names.has(volume)) {
            report(field.at('name'), {
              message: `The pod has no volume ${quote(volume)}; Kubernetes refuses it.`,
              fix: names.size === 0 ? 'Add the volume.' : `Write one of ${[...names].join(', ')}.`,
            });
          }
        }
      }
    }
  },
};
