import type { Value } from '../../manifests/manifest.ts';
import type { ChangedPair } from '../comparison.ts';

/** A field that Kubernetes refuses to change once the object is there. */
export interface ImmutableField {
  readonly way: string;
  /** What it is where the manifest does not say it. */
  readonly usual?: Value;
}

/** Those of an object, beside what is said of claims, volumes and the storage of databases. */
export function immutableFields({ apiGroup, kind, before, after }: ChangedPair): readonly ImmutableField[] {
  return [
    ...(known[`${apiGroup}/${kind}`] ?? []),
    ...(depending[`${apiGroup}/${kind}`]?.(before, after) ?? []),
  ];
}

// Each is said in the reference of its kind, https://kubernetes.io/docs/reference/kubernetes-api/, or in a validation of
// its CRD (`self == oldSelf`); the end-to-end tests change every one of them on a real API server.
const known: { readonly [kind: string]: readonly ImmutableField[] } = {
  '/PersistentVolume': [{ way: 'spec.volumeMode', usual: 'Filesystem' }],
  '/PersistentVolumeClaim': [
    { way: 'spec.volumeMode', usual: 'Filesystem' },
    { way: 'spec.selector' },
    { way: 'spec.dataSource' },
  ],
  '/Secret': [{ way: 'type', usual: 'Opaque' }],
  'apps/DaemonSet': [{ way: 'spec.selector' }],
  'apps/Deployment': [{ way: 'spec.selector' }],
  'apps/ReplicaSet': [{ way: 'spec.selector' }],
  'apps/StatefulSet': [
    { way: 'spec.selector' },
    { way: 'spec.serviceName' },
    { way: 'spec.volumeClaimTemplates' },
    { way: 'spec.podManagementPolicy', usual: 'OrderedReady' },
  ],
  'batch/Job': [
    { way: 'spec.template' },
    { way: 'spec.selector' },
    { way: 'spec.completionMode', usual: 'NonIndexed' },
  ],
  'networking.k8s.io/IngressClass': [{ way: 'spec.controller' }],
  'node.k8s.io/RuntimeClass': [{ way: 'handler' }],
  'postgresql.cnpg.io/Backup': [{ way: 'spec' }],
  'postgresql.cnpg.io/Cluster': [
    { way: 'spec.postgresUID', usual: 26 },
    { way: 'spec.postgresGID', usual: 26 },
  ],
  'postgresql.cnpg.io/Database': [
    ...['cluster', 'name', 'encoding', 'locale', 'localeProvider', 'localeCollate', 'localeCType'],
    ...['icuLocale', 'icuRules', 'builtinLocale', 'collationVersion', 'template'],
  ].map((field) => ({ way: `spec.${field}` })),
  'postgresql.cnpg.io/Pooler': [{ way: 'spec.cluster' }],
  'postgresql.cnpg.io/ScheduledBackup': [{ way: 'spec.cluster' }],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [{ way: 'roleRef' }],
  'rbac.authorization.k8s.io/RoleBinding': [{ way: 'roleRef' }],
  'scheduling.k8s.io/PriorityClass': [
    { way: 'value' },
    { way: 'preemptionPolicy', usual: 'PreemptLowerPriority' },
  ],
  'storage.k8s.io/StorageClass': [
    { way: 'provisioner' },
    { way: 'parameters' },
    { way: 'reclaimPolicy', usual: 'Delete' },
    { way: 'volumeBindingMode', usual: 'Immediate' },
  ],
};

type Depending = (before: ChangedPair['before'], after: ChangedPair['after']) => readonly ImmutableField[];

/** Fields that are immutable only because of another one. */
const depending: { readonly [kind: string]: Depending } = {
  '/ConfigMap': contents,
  '/Secret': contents,
  // An address that is not said is given by the cluster, and stays.
  '/Service': (before, after) =>
    [before, after].every((field) => field.at('spec', 'clusterIP').exists) ? [{ way: 'spec.clusterIP' }] : [],
};

// https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable
function contents(before: ChangedPair['before']): readonly ImmutableField[] {
  return before.get('immutable') === true
    ? ['data', 'binaryData', 'stringData', 'immutable'].map((way) => ({ way }))
    : [];
}
