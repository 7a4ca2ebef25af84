import type { Manifest } from './manifest.ts';

/** Whether pods come of an object: of itself, or of what an operator or a chart makes of it. */
export function makesPods({ object }: Manifest): boolean {
  return kinds.has(object.kind);
}

const kinds = new Set([
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'CronJob', 'Job', 'Pod', 'Rollout'],
  // Of Flux, of k3s, and of Argo CD.
  ...['HelmRelease', 'HelmChart', 'Application'],
  // Of operators: databases and queues that stand beside what uses them.
  ...['Cluster', 'Pooler', 'Dragonfly', 'Redis', 'RedisCluster', 'Valkey', 'MariaDB'],
]);
