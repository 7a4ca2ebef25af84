import { type Derived, derive, type Origin, Origins, originOf } from '../../manifests/derived.ts';
import { type Field, isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { isClusterWide } from '../../manifests/scope.ts';
import type { Path } from '../../text/path.ts';
import { substitute } from '../substitution.ts';
import { type Affixes, namesOf, withAffixes } from './affixes.ts';
import { withImages } from './images.ts';
import { applyOperations, merge } from './merge.ts';
import { type AddedMetadata, withMetadata } from './metadata.ts';
import type { Patch } from './patch.ts';
import { type Replacement, withValue } from './replacement.ts';

/** What a kustomization, or a Flux Kustomization, does to the objects it applies. */
export interface Changes {
  readonly namespace: string | undefined;
  /** What is put before and after names. */
  readonly affixes: Affixes | undefined;
  /** The labels and annotations that are put on everything. */
  readonly metadata: readonly AddedMetadata[];
  readonly images: readonly Field[];
  /** How many pods workloads get, by their names. */
  readonly replicas: readonly Field[];
  readonly patches: readonly Patch[];
  readonly replacements: readonly Replacement[];
  /** The variables that Flux fills in; undefined for kustomize, which has none. */
  readonly variables: ReadonlyMap<string, string> | undefined;
  /** The Flux Kustomization whose changes these are; undefined for kustomize. */
  readonly flux: Manifest | undefined;
}

/** A value that a replacement sets in an object. */
export interface Assignment {
  readonly path: Path;
  readonly value: Value;
  /** Where the value was written; undefined when only a part of it is new. */
  readonly origin: Origin | undefined;
}

/** What replacements set in an object, by the last of the changes so far, in the build that ends with `build`. */
export interface Assignments {
  assignments(manifest: Manifest, chain: readonly Changes[], build: Changes): readonly Assignment[];
}

/**
 * A manifest after all changes, in their order; the manifest itself when they change nothing, undefined when one deletes it.
 *
 * @param build The last changes of the whole build, where `all` are only the first of them.
 */
export function applyChanges(
  manifest: Manifest,
  all: readonly Changes[],
  replaced: Assignments,
  build = all.at(-1),
): Manifest | undefined {
  const origins = new Origins();
  let value: Value | undefined = manifest.object;
  all.forEach((changes, index) => {
    const names = namesOf(manifest, all.slice(0, index));
    value = applyPatches(value, changes.patches, origins, names);
    value = withReplicas(value, changes.replicas, names, origins);
    value = withImages(value, changes.images, origins);
    value = inNamespace(value, changes.namespace);
    value = addAffixes(value, changes.affixes);
    value = withMetadata(value, changes.metadata);
    if (changes.replacements.length > 0 && build !== undefined) {
      const chain = all.slice(0, index + 1);
      for (const { path, value: to, origin } of replaced.assignments(manifest, chain, build)) {
        value = withValue(value, path, to);
        if (origin !== undefined) {
          origins.note(path, origin);
        }
      }
    }
    value = changes.variables === undefined ? value : substitute(value, changes.variables);
  });
  if (value === manifest.object) return manifest;
  if (value === undefined) return undefined;
  if (!isObject(value)) return manifest;
  const derived = derive(manifest, value, (path) => origins.find(path) ?? originOf(manifest, path));
  const flux = all.at(-1)?.flux;
  return flux === undefined ? derived : builtBy(flux, derived);
}

function builtBy(flux: Manifest, derived: Derived): Derived {
  return { ...derived, flux };
}

function applyPatches(
  value: Value | undefined,
  patches: readonly Patch[],
  origins: Origins,
  names: readonly string[],
): Value | undefined {
  let result = value;
  for (const patch of patches) {
    if (isObject(result) && matches(patch, result, names)) {
      const note = (path: Path, from: Path) => origins.note(path, patch.origin(from));
      result =
        patch.operations === undefined
          ? merge(result, withoutIdentity(patch.value), note)
          : applyOperations(result, patch.operations, note);
    }
  }
  return result;
}

/** A patch may call its object by any name that it had so far. */
function matches(patch: Patch, object: KubernetesObject, names: readonly string[]): boolean {
  return (
    patch.matches(object) ||
    names.some((name) => name !== object.metadata?.name && patch.matches(withName(object, name)))
  );
}

function addAffixes(value: Value | undefined, affixes: Affixes | undefined): Value | undefined {
  const name = isObject(value) ? value.metadata?.name : undefined;
  return affixes === undefined || !isObject(value) || name === undefined
    ? value
    : withName(value, withAffixes(value.kind, name, affixes));
}

function withName(object: KubernetesObject, name: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name } };
}

/** A patch names its object, but may target another one: names and kinds are never patched. */
function withoutIdentity(patch: Value | undefined): Value | undefined {
  if (!isMapping(patch)) {
    return patch;
  }
  const { apiVersion: _, kind: __, metadata, ...rest } = patch;
  if (!isMapping(metadata)) {
    return rest;
  }
  const { name: ___, namespace: ____, ...others } = metadata;
  return { ...rest, metadata: others };
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/ */
function withReplicas(
  value: Value | undefined,
  replicas: readonly Field[],
  names: readonly string[],
  origins: Origins,
): Value | undefined {
  if (!isObject(value) || !scaled.has(value.kind)) return value;
  const entry = replicas.find((one) => names.includes(one.at('name').text ?? ''));
  const count = entry?.at('count');
  if (count?.value === undefined) return value;
  const path = ['spec', 'replicas'];
  origins.note(path, originOf(count.manifest, count.path));
  return withValue(value, path, count.value);
}

const scaled = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

/**
 * An object in the namespace of a kustomization, which renames a Namespace and takes the account `default` of a
 * binding along: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/
 */
function inNamespace(value: Value | undefined, namespace: string | undefined): Value | undefined {
  if (namespace === undefined || !isObject(value)) return value;
  if (value.apiVersion === 'v1' && value.kind === 'Namespace') return withName(value, namespace);
  const object = bindings.has(value.kind) ? withSubjectsIn(value, namespace) : value;
  return isClusterWide(value.apiVersion, value.kind) ? object : withNamespace(object, namespace);
}

const bindings = new Set(['ClusterRoleBinding', 'RoleBinding']);

function withSubjectsIn(binding: KubernetesObject, namespace: string): KubernetesObject {
  const { subjects } = binding;
  return isList(subjects)
    ? {
        ...binding,
        subjects: subjects.map((subject) =>
          isMapping(subject) && subject['name'] === 'default' ? { ...subject, namespace } : subject,
        ),
      }
    : binding;
}

function withNamespace(value: KubernetesObject, namespace: string): KubernetesObject {
  return value.metadata?.namespace === namespace
    ? value
    : { ...value, metadata: { ...value.metadata, namespace } };
}

function isObject(value: Value | undefined): value is KubernetesObject {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}
