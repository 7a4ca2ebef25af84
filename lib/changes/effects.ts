import { databaseEffects } from './database-effects.ts';
import type { Effect } from './effect.ts';

const pods = ['Deployment', 'StatefulSet', 'DaemonSet'];
const restart = 'its pods restart, which takes about a minute';

/** In this order: the first that fits counts. What fits none is not known, and never routine. */
export const effects: readonly Effect[] = [
  {
    kinds: ['PersistentVolumeClaim'],
    ways: ['metadata.labels.recurring-job'],
    grade: 'steps',
    topic: 'data',
    effect: 'by these labels Longhorn knows which jobs make snapshots and backups of it',
  },
  {
    kinds: pods,
    ways: ['runAsUser', 'runAsGroup', 'fsGroup'].map((one) => `spec.template.spec.securityContext.${one}`),
    grade: 'steps',
    topic: 'data',
    effect:
      'its pods run as somebody else, and files that are there still belong to the one before: where the storage does not change their group, as network shares do not, nothing can be written',
  },
  {
    kinds: pods,
    ways: ['spec.template.spec.containers[server].env[IMMICH_ALLOW_SETUP]'],
    grade: 'steps',
    topic: 'service',
    effect:
      'where it is true and the database is empty, whoever reaches Immich first becomes its administrator or restores a dump; its pods restart',
  },
  {
    kinds: pods,
    ways: ['spec.template.'],
    grade: 'restarting',
    topic: 'service',
    effect: restart,
  },
  {
    kinds: pods,
    ways: ['spec.replicas'],
    grade: 'restarting',
    topic: 'service',
    effect: 'there are more or fewer of its pods',
  },
  {
    kinds: pods,
    ways: [
      'spec.strategy',
      'spec.revisionHistoryLimit',
      'spec.progressDeadlineSeconds',
      'spec.minReadySeconds',
    ],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts from the next restart on',
  },
  {
    kinds: ['PodDisruptionBudget'],
    ways: ['spec.'],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts from the next drain of a node on',
  },
  // https://volsync.readthedocs.io/en/stable/usage/restic/index.html
  {
    kinds: ['ReplicationSource'],
    ways: ['spec.restic.copyMethod'],
    grade: 'steps',
    topic: 'data',
    effect:
      'a backup is read from a snapshot or a clone where the storage can make them, and with Direct from the volume itself, while its files change',
  },
  {
    kinds: ['ReplicationSource'],
    ways: ['spec.restic.cache', 'spec.restic.pruneIntervalDays', 'spec.restic.volumeSnapshotClassName'],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts from its next run on',
  },
  {
    kinds: ['CronJob'],
    ways: ['spec.'],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts from its next run on',
  },
  ...databaseEffects,
  {
    kinds: ['PersistentVolumeClaim'],
    ways: ['spec.resources.requests.storage'],
    grade: 'routine',
    topic: 'data',
    effect: 'it grows, where the storage class allows it',
  },
  {
    kinds: ['PersistentVolume'],
    ways: ['spec.capacity', 'spec.mountOptions'],
    grade: 'routine',
    topic: 'data',
    effect: 'it counts from the next mount on',
  },
  {
    kinds: ['Kustomization'],
    ways: [
      'spec.interval',
      'spec.retryInterval',
      'spec.timeout',
      'spec.healthCheck',
      'spec.dependsOn',
      'spec.wait',
    ],
    grade: 'routine',
    topic: 'other',
    effect: 'Flux waits and looks otherwise; no object changes by it',
  },
  {
    kinds: ['PodMonitor', 'ServiceMonitor', 'PrometheusRule'],
    ways: ['spec.'],
    grade: 'routine',
    topic: 'other',
    effect: 'Prometheus reads it anew',
  },
  {
    kinds: ['Ingress', 'IngressRoute', 'HTTPRoute'],
    ways: [
      'metadata.annotations.external-dns',
      'metadata.annotations.gethomepage.dev',
      'metadata.annotations.hajimari.io',
    ],
    grade: 'routine',
    topic: 'other',
    effect: 'what names or lists the route reads it anew; what the route does stays the same',
  },
  {
    kinds: ['Ingress', 'IngressRoute', 'HTTPRoute'],
    ways: ['metadata.annotations.'],
    grade: 'steps',
    topic: 'traffic',
    effect: 'the controller acts by it: who is let in, how, and how much at once',
  },
  {
    kinds: ['Service'],
    ways: ['metadata.annotations.'],
    grade: 'steps',
    topic: 'traffic',
    effect:
      'load balancers and operators act by it: it can make the Service reached from elsewhere, past the route',
  },
  {
    kinds: ['Service'],
    ways: ['spec.type', 'spec.loadBalancer', 'spec.externalIPs'],
    grade: 'steps',
    topic: 'traffic',
    effect: 'who can reach it changes: what is open here is past the route, its certificate and its login',
  },
  {
    kinds: ['Service'],
    ways: ['spec.'],
    grade: 'restarting',
    topic: 'traffic',
    effect: 'connections through it are broken once',
  },
  {
    kinds: ['ConfigMap', 'GrafanaDashboard'],
    ways: ['data.immich-dashboard.json', 'spec.'],
    grade: 'routine',
    topic: 'other',
    effect: 'Grafana reads it anew',
  },
  {
    kinds: ['ConfigMap'],
    ways: ['data'],
    grade: 'restarting',
    topic: 'service',
    effect: 'it counts once the pods that read it have restarted',
  },
];
