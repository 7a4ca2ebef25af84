import { apiGroupOf } from '../manifests/api-group.ts';
import { Field } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { isKustomizeFile } from '../manifests/views/layer.ts';
import { type Difference, differences } from './difference.ts';
import type { State } from './state.ts';

/** An object in two states that is not the same in both, or in one of them alone. */
export interface Pair {
  readonly cluster: string;
  readonly apiGroup: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly before: Field | undefined;
  readonly after: Field | undefined;
  readonly differences: readonly Difference[];
}

/** What has another name in the later state without being another thing. */
export interface Renames {
  readonly clusters: ReadonlyMap<string, string>;
  readonly namespaces: ReadonlyMap<string, string>;
}

/** The objects that differ between two states. Files of kustomize follow from the others, and are left out. */
export function pairsOf(before: State, after: State, renames: Renames): Pair[] {
  const kept = new Set([...after.clusters.values()].flat());
  const earlier = new Map<string, { cluster: string; field: Field }>();
  const later = new Map<string, { cluster: string; field: Field }>();
  const shared = new Set<Manifest>();
  for (const [cluster, manifests] of before.clusters) {
    const now = renames.clusters.get(cluster) ?? cluster;
    for (const manifest of manifests) {
      if (isKustomizeFile(manifest)) continue;
      if (now === cluster && kept.has(manifest)) shared.add(manifest);
      else {
        earlier.set(identityOf(now, manifest, renames.namespaces), {
          cluster: now,
          field: Field.of(manifest),
        });
      }
    }
  }
  for (const [cluster, manifests] of after.clusters) {
    for (const manifest of manifests) {
      if (isKustomizeFile(manifest) || shared.has(manifest)) continue;
      later.set(identityOf(cluster, manifest), { cluster, field: Field.of(manifest) });
    }
  }
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((identity) => {
    const [one, other] = [earlier.get(identity), later.get(identity)];
    const shown = other ?? one;
    if (shown === undefined) return [];
    const found =
      one === undefined || other === undefined ? [] : differences(one.field.value, other.field.value);
    if (one !== undefined && other !== undefined && found.length === 0) return [];
    return [pairOf(shown.cluster, shown.field, one?.field, other?.field, found)];
  });
}

/** An object as people name it: `Cluster immich/immich-db`. */
export function objectName({ kind, namespace, name }: Pick<Pair, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The object of a manifest as people name it. */
export function nameOfManifest({ object: { kind, metadata } }: Manifest): string {
  return objectName({ kind, namespace: metadata?.namespace, name: metadata?.name ?? '' });
}

function pairOf(
  cluster: string,
  shown: Field,
  before: Field | undefined,
  after: Field | undefined,
  found: readonly Difference[],
): Pair {
  const { object } = shown.manifest;
  return {
    cluster,
    apiGroup: apiGroupOf(object.apiVersion),
    kind: object.kind,
    name: textOf(object.metadata?.name) ?? '',
    namespace: textOf(object.metadata?.namespace),
    before,
    after,
    differences: found,
  };
}

function identityOf(cluster: string, { object }: Manifest, namespaces?: ReadonlyMap<string, string>): string {
  const namespace = textOf(object.metadata?.namespace) ?? '';
  const name = textOf(object.metadata?.name) ?? '';
  const renamed = (one: string) => namespaces?.get(one) ?? one;
  return JSON.stringify([
    cluster,
    apiGroupOf(object.apiVersion),
    object.kind,
    renamed(namespace),
    object.kind === 'Namespace' ? renamed(name) : clusterWide(object.kind, name, namespaces),
  ]);
}

/** Our names of objects without a namespace have the namespace in them. */
function clusterWide(kind: string, name: string, namespaces?: ReadonlyMap<string, string>): string {
  if (namespaces === undefined || !withNamespace.has(kind)) return name;
  for (const [before, after] of namespaces) {
    if (kind === 'PersistentVolume' && name.startsWith(`${before}-`)) {
      return `${after}${name.slice(before.length)}`;
    }
    if (kind !== 'PersistentVolume' && name.endsWith(`-${before}`)) {
      return `${name.slice(0, -before.length)}${after}`;
    }
  }
  return name;
}

const withNamespace = new Set([
  'PersistentVolume',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

/** Somebody else's manifest may have anything in the place of a name. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
