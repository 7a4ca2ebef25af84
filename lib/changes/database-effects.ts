import type { Effect } from './effect.ts';
import { reloaded } from './reloaded-parameters.ts';

/** What happens when fields of a database change, and of what backs it up. In this order: the first that fits counts. */
export const databaseEffects: readonly Effect[] = [
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
    // https://github.com/cloudnative-pg/cloudnative-pg/blob/main/pkg/reconciler/instance/metadata.go
    kinds: ['Cluster'],
    ways: ['spec.inheritedMetadata'],
    grade: 'routine',
    topic: 'other',
    effect:
      'CloudNativePG writes it onto the pods and objects that are there, and nothing restarts; what only looks at new pods, such as the workload identity of Azure, sees it at their next start',
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
];
