import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { plainPostgres } from '../../views/plain-postgres.ts';

export const twoOnOneVolume: Rule = {
  id: 'two-on-one-volume',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'Two PostgreSQL run on the same files, during an update or all the time.',
  why: 'The lock by which PostgreSQL keeps a second one off its files does not reach from one container to another. A Deployment that updates by rolling starts the new one while the old one still writes, and a folder of the node or a volume on the same node lets it: pages are overwritten, and the damage shows weeks later.',
  url: 'https://kubernetes.io/docs/tasks/run-application/run-single-instance-stateful-application/#updating',
  limits: 'Where only one node can mount the volume, an update that lands on another node waits instead.',
  examples: {
    good: documents(`apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-postgres, namespace: immich }
spec:
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app: immich-postgres } }
    spec:
      containers:
        - name: postgres
          image: ghcr.io/immich-app/postgres:14-vectorchord0.4.3
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
      volumes: [{ name: data, hostPath: { path: /srv/immich/postgres } }]`),
    broken: { 'strategy: { type: Recreate }': 'strategy: { type: RollingUpdate }' },
  },
  check(inventory, report) {
    for (const { workload, volumes } of plainPostgres(inventory)) {
      // What is gone with the pod is not shared.
      const shared = volumes.filter(
        ({ field }) => !field.at('emptyDir').exists && !field.at('ephemeral').exists,
      );
      if (workload.kind !== 'Deployment' || shared.length === 0) continue;
      const surge = workload.field.get('spec', 'strategy', 'rollingUpdate', 'maxSurge');
      if ((workload.replicas ?? 1) > 1) {
        report(workload.field.at('spec', 'replicas'), {
          message: `${workload.replicas} pods run PostgreSQL on the same files; they overwrite each other's pages.`,
          fix: 'Write replicas: 1 and strategy: { type: Recreate }.',
        });
      } else if (workload.strategy === 'RollingUpdate' && ![0, '0', '0%'].some((none) => none === surge)) {
        report(workload.field.at('spec', 'strategy', 'type'), {
          message:
            'A rolling update starts the new PostgreSQL on the files of the old one before that has ended; both write, and pages are lost.',
          fix: 'Write strategy: { type: Recreate }.',
        });
      }
    }
  },
};
