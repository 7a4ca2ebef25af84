import type { Grade, Topic } from './change.ts';
import { reloaded } from './reloaded-parameters.ts';

/** What happens when fields of an object change that no kind of change speaks of. */
export interface Effect {
  /** The kinds of object. */
  readonly kinds: readonly string[];
  /** Ways that begin so. */
  readonly ways: readonly string[];
  readonly grade: Grade;
  readonly topic: Topic;
  /** Said after the object and its fields. */
  readonly effect: string;
}

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
  {
    kinds: ['CronJob'],
    ways: ['spec.'],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts from its next run on',
  },
  {
    kinds: ['Cluster'],
    ways: reloaded.map((name) => `spec.postgresql.parameters.${name}`),
    grade: 'routine',
    topic: 'service',
    effect: 'PostgreSQL reads it anew, and nothing restarts',
  },
  {
    kinds: ['Cluster'],
    ways: ['spec.postgresql.synchronous'],
    grade: 'steps',
    topic: 'data',
    effect:
      'whether a commit waits for a replica; without it the last moments before the loss of a primary are lost with it, and where it is required nothing is written while no replica answers. PostgreSQL reads it anew, and nothing restarts',
  },
  {
    kinds: ['Cluster'],
    ways: [
      'spec.resources',
      'spec.postgresql',
      'spec.affinity',
      'spec.certificates',
      'spec.imagePullSecrets',
      'spec.priorityClassName',
      'spec.topologySpreadConstraints',
      'spec.env',
      'spec.plugins',
    ],
    grade: 'restarting',
    topic: 'service',
    effect:
      'the instances of the database restart one after the other where a setting needs it, and Immich loses its connection for seconds',
  },
  {
    kinds: ['Cluster'],
    ways: ['spec.storage.size', 'spec.walStorage.size'],
    grade: 'routine',
    topic: 'data',
    effect: 'its volumes grow, where the storage class allows it',
  },
  {
    kinds: ['Cluster'],
    ways: [
      'spec.monitoring',
      'spec.primaryUpdate',
      'spec.enablePDB',
      'spec.logLevel',
      'spec.storage.resizeInUseVolumes',
    ],
    grade: 'routine',
    topic: 'other',
    effect: 'nothing restarts',
  },
  {
    kinds: ['Cluster'],
    ways: ['spec.backup.barmanObjectStore.wal', 'spec.backup.barmanObjectStore.data'],
    grade: 'routine',
    topic: 'data',
    effect: 'what is archived from now on goes so; nothing restarts, and a restore reads both',
  },
  {
    kinds: ['ScheduledBackup'],
    ways: ['spec.immediate'],
    grade: 'routine',
    topic: 'other',
    effect: 'CloudNativePG looks at it once, when the object is new',
  },
  {
    kinds: ['ScheduledBackup'],
    ways: ['spec.backupOwnerReference'],
    grade: 'routine',
    topic: 'other',
    effect: 'it counts for the Backup objects that are made from now on; files in the store belong to nobody',
  },
  {
    kinds: ['ObjectStore'],
    ways: ['spec.instanceSidecarConfiguration', 'spec.configuration.wal', 'spec.configuration.data'],
    grade: 'restarting',
    topic: 'service',
    effect: 'what archives beside each instance of the database may restart them, one after the other',
  },
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
