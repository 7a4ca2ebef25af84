import { apiGroupOf } from '../manifests/api-group.ts';
import { isList, isMapping } from '../manifests/field.ts';
import type { KubernetesObject, Value } from '../manifests/manifest.ts';

/**
 * What no patch may change of an object, by the way it is called: what the object is, what keeps it from deletion, and
 * where data is kept, backed up and restored from.
 */
export function protectedValuesOf(object: KubernetesObject): ReadonlyMap<string, Value | undefined> {
  const { apiVersion, kind, metadata } = object;
  const spec = object['spec'];
  const values = new Map<string, Value | undefined>([
    ['apiVersion', apiVersion],
    ['kind', kind],
    ['metadata.name', metadata?.name],
    ['metadata.namespace', metadata?.namespace],
    ['metadata.finalizers', metadata?.['finalizers']],
    ['metadata.ownerReferences', metadata?.['ownerReferences']],
  ]);
  for (const [name, value] of Object.entries(metadata?.annotations ?? {})) {
    if (guarding.test(name)) values.set(`metadata.annotations["${name}"]`, value);
  }
  for (const field of fieldsOf(apiGroupOf(apiVersion), kind, isMapping(spec) ? Object.keys(spec) : [])) {
    values.set(`spec.${field}`, isMapping(spec) ? spec[field] : undefined);
  }
  for (const [name, value] of mountsOf(podOf(object))) values.set(name, value);
  return values;
}

/** By these Flux, Argo CD and CloudNativePG know what not to delete, and what not to check. */
const guarding =
  /^((kustomize\.toolkit|reconcile)\.fluxcd\.io|argocd\.argoproj\.io|helm\.sh|([a-z]+\.)?cnpg\.io)\//;

/** What Flux may be told otherwise: when it looks, and what it waits for. Everything else decides what is applied and deleted. */
const openOfFlux = ['interval', 'retryInterval', 'timeout', 'suspend', 'dependsOn', 'wait'];

/** What of a database says where its data is, was, and goes. */
const closedOfCluster = [
  'bootstrap',
  'imageName',
  'imageCatalogRef',
  'plugins',
  'backup',
  'externalClusters',
  'replica',
  'storage',
  'walStorage',
  'tablespaces',
];

/** Kinds of which all is about data. */
const closed = new Set([
  '/PersistentVolume',
  '/PersistentVolumeClaim',
  'postgresql.cnpg.io/Database',
  'postgresql.cnpg.io/ScheduledBackup',
  'postgresql.cnpg.io/Backup',
  'barmancloud.cnpg.io/ObjectStore',
  'volsync.backube/ReplicationSource',
  'volsync.backube/ReplicationDestination',
  'longhorn.io/RecurringJob',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
]);

function fieldsOf(group: string, kind: string, present: readonly string[]): readonly string[] {
  if (closed.has(`${group}/${kind}`)) return present;
  if (group === 'postgresql.cnpg.io' && kind === 'Cluster') return closedOfCluster;
  if (group === 'kustomize.toolkit.fluxcd.io') return present.filter((field) => !openOfFlux.includes(field));
  return [];
}

/** Where the pods keep files that stay, with whatever is mounted inside of that, and where Immich looks for photos. */
function* mountsOf(pod: Value | undefined): Iterable<[string, Value | undefined]> {
  if (!isMapping(pod)) return;
  const volumes = mappingsIn(pod['volumes']).filter(
    (volume) => volume['persistentVolumeClaim'] !== undefined,
  );
  const kept = new Set(volumes.map(({ name }) => name));
  for (const volume of volumes) yield [`volume ${String(volume['name'])}`, volume];
  for (const list of ['initContainers', 'containers']) {
    for (const container of mappingsIn(pod[list])) {
      const name = String(container['name']);
      const mounts = mappingsIn(container['volumeMounts']);
      const places = mounts
        .filter((mount) => kept.has(mount['name']))
        .map(({ mountPath }) => `${String(mountPath)}/`);
      const inside = mounts.filter(({ mountPath }) =>
        places.some((place) => `${String(mountPath)}/`.startsWith(place)),
      );
      if (inside.length > 0) yield [`volumeMounts of the container ${name}`, inside];
      for (const variable of mappingsIn(container['env'])) {
        if (variable['name'] === 'IMMICH_MEDIA_LOCATION') {
          yield [`IMMICH_MEDIA_LOCATION of the container ${name}`, variable];
        }
      }
    }
  }
}

function podOf({ kind, ...object }: KubernetesObject): Value | undefined {
  const spec = kind === 'CronJob' ? at(object['spec'], 'jobTemplate', 'spec') : object['spec'];
  return at(spec, 'template', 'spec');
}

function at(value: Value | undefined, ...steps: readonly string[]): Value | undefined {
  return steps.reduce((inside, step) => (isMapping(inside) ? inside[step] : undefined), value);
}

function mappingsIn(value: Value | undefined): readonly { readonly [field: string]: Value | undefined }[] {
  return isList(value) ? value.filter(isMapping) : [];
}
