import { type Derived, derive } from '../../manifests/derived.ts';
import { Field, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { folderOf, isKustomizeFile } from '../../manifests/views/layer.ts';
import { substitute } from '../substitution.ts';
import { buildsOf } from './builds.ts';
import { type Finish, finishOf } from './changes.ts';
import { labelled } from './metadata.ts';
import { patchFiles, type ReadText } from './patch.ts';
import { withReferences } from './references.ts';
import { keyOf, type Resource } from './resource.ts';

/**
 * The manifests as they are applied: in the namespace, with the images, patches and variables that the
 * kustomizations and Flux Kustomizations above them give, and with the objects that kustomizations generate.
 * A manifest that several of them apply to several namespaces comes several times.
 */
export function buildKustomizations(manifests: readonly Manifest[], read: ReadText): Manifest[] {
  const kustomizations = new Map<string, Field>();
  for (const manifest of manifests) {
    if (isKustomizeFile(manifest)) {
      kustomizations.set(folderOf(manifest.file), Field.of(manifest));
    }
  }
  const patches = new Set([...kustomizations].flatMap(([folder, field]) => patchFiles(field, folder)));
  const built = new Map<Manifest, Map<string, Manifest>>();
  const taken = new Set<Manifest>();
  let left = mostObjects;
  for (const { flux, resources, applied } of buildsOf(kustomizations, manifests, patches, read)) {
    const finish = flux === undefined ? undefined : finishOf(flux);
    for (const one of applied) taken.add(one);
    for (const { source } of resources) taken.add(source);
    for (const resource of withReferences(resources)) {
      if (isLocal(resource.object)) continue;
      const all = built.get(resource.source) ?? new Map<string, Manifest>();
      if (all.size > 0 && left <= 0) continue;
      left--;
      const manifest = manifestOf(resource, finish);
      const key = keyOf(manifest.object);
      if (!all.has(key)) built.set(resource.source, all.set(key, manifest));
    }
  }
  const isLeft = (manifest: Manifest) => !taken.has(manifest) && !patches.has(manifest.file);
  const written = manifests.flatMap((manifest) => {
    const all = isKustomizeFile(manifest) ? undefined : built.get(manifest);
    if (all !== undefined) return [...all.values()];
    return isKustomizeFile(manifest) || isLeft(manifest) ? [manifest] : [];
  });
  const sources = new Set(manifests);
  return [
    ...written,
    ...[...built].flatMap(([source, all]) => (sources.has(source) ? [] : [...all.values()])),
  ];
}

/** The most objects that are made of a folder, so that a hostile one cannot fill the memory. */
const mostObjects = 200_000;

/** Whether an object is only there for those who edit it, so that kustomize gives it to nobody. */
function isLocal({ metadata }: KubernetesObject): boolean {
  return metadata?.annotations?.['config.kubernetes.io/local-config'] === 'true';
}

/** A resource as it is applied; the manifest itself when nothing changed. */
function manifestOf({ source, object, origin, unknown }: Resource, finish: Finish | undefined): Manifest {
  const finished = finish === undefined ? object : finishedBy(finish, object);
  if (finished === source.object && unknown === undefined) return source;
  const derived: Derived = derive(source, finished, origin);
  return {
    ...derived,
    ...(finish === undefined ? {} : { flux: finish.flux }),
    ...(unknown === undefined ? {} : { unknown }),
  };
}

function finishedBy({ metadata, variables }: Finish, object: KubernetesObject): KubernetesObject {
  const whole = metadata.reduce((one, { pairs, places }) => labelled(one, pairs, places), object);
  const value: Value = substitute<Value>(whole, variables);
  const { apiVersion, kind } = whole;
  return isMapping(value) && value !== whole ? { ...value, apiVersion, kind } : whole;
}
