import type { Patch } from '../installation/patches.ts';
import { isMapping } from '../manifests/field.ts';
import { type WrongType, wrongTypeIn } from '../manifests/field-types.ts';
import { merge, operate } from '../manifests/json-patch.ts';
import type { KubernetesObject, Manifest, Value } from '../manifests/manifest.ts';
import { valueAt } from '../text/data-path.ts';
import { nearest } from '../text/nearest.ts';
import type { Path } from '../text/path.ts';
import { pathText, quote } from '../text/quoting.ts';
import { enumerate } from '../values/parsed.ts';
import { protectedValuesOf } from './protected-values.ts';

/** Something wrong with a key of an installation file that only the objects show. */
export interface LateProblem {
  readonly path: Path;
  readonly message: string;
}

/** Manifests as patches change them, and what is wrong with those. One that cannot be applied changes nothing. */
export function patchManifests(
  manifests: readonly Manifest[],
  patches: readonly Patch[],
): { readonly manifests: readonly Manifest[]; readonly problems: readonly LateProblem[] } {
  const problems: LateProblem[] = [];
  const patched = patches.reduce<readonly Manifest[]>((before, patch, index) => {
    const matching = before.filter(({ object }) => isMeant(patch, object));
    if (matching.length === 0) {
      problems.push({ path: ['patches', index, 'target'], message: noneText(patch, before) });
    }
    return before.map((manifest) => {
      if (!matching.includes(manifest)) return manifest;
      const applied = applyPatch(manifest, patch, index);
      if ('message' in applied) problems.push(applied);
      return 'message' in applied ? manifest : applied;
    });
  }, manifests);
  return { manifests: patched, problems };
}

function isMeant({ target }: Patch, { kind, metadata }: KubernetesObject): boolean {
  return (
    metadata !== undefined &&
    kind === target.kind &&
    metadata.name === target.name &&
    (target.namespace === undefined || metadata.namespace === target.namespace)
  );
}

function applyPatch(manifest: Manifest, { patch }: Patch, index: number): Manifest | LateProblem {
  const { object } = manifest;
  const path = ['patches', index, 'patch'];
  let value: Value = object;
  if (patch.kind === 'merge') {
    const merged = merge(value, patch.value);
    if (!merged.ok) return { path, message: merged.message };
    value = merged.value;
    const wrong = isObject(value) ? wrongTypeIn(object, value) : undefined;
    if (wrong !== undefined) return { path: [...path, ...wrong.path], message: wrongTypeText(object, wrong) };
  } else {
    for (const [step, operation] of patch.operations.entries()) {
      const changed = operate(value, operation);
      if (!changed.ok) return { path: [...path, step, 'path'], message: changed.message };
      const wrong =
        isObject(value) && isObject(changed.value) ? wrongTypeIn(value, changed.value) : undefined;
      if (wrong !== undefined) {
        return { path: [...path, step, 'value'], message: wrongTypeText(object, wrong) };
      }
      value = changed.value;
    }
  }
  if (!isObject(value)) {
    return { path, message: 'What is left is no object of Kubernetes: kind and apiVersion must stay.' };
  }
  const touched = touchedProtection(object, value);
  if (touched.length > 0) {
    return {
      path,
      message: `${nameOf(object)}: ${enumerate(touched)} ${touched.length === 1 ? 'is' : 'are'} protected: it says what the object is, keeps data from deletion, or says where data is kept and backed up. Write the key that it comes from, or leave it as it is.`,
    };
  }
  return {
    ...manifest,
    object: value,
    comments: [
      ...manifest.comments.filter(({ path }) => path.length === 0 || isSameAt(object, value, path)),
      { path: [], text: `patches[${index}] of the installation file changes this object.` },
    ],
  };
}

function isSameAt(before: KubernetesObject, after: KubernetesObject, path: Path): boolean {
  const [one, other] = [valueAt(before, path), valueAt(after, path)];
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function touchedProtection(before: KubernetesObject, after: KubernetesObject): string[] {
  const [old, now] = [protectedValuesOf(before), protectedValuesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)),
  );
}

function isObject(value: Value): value is KubernetesObject {
  return (
    isMapping(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isMapping(value['metadata'])
  );
}

function noneText({ target }: Patch, manifests: readonly Manifest[]): string {
  const objects = manifests.filter(({ object }) => object.metadata !== undefined).map(({ object }) => object);
  const called = `${target.kind} ${target.namespace === undefined ? '' : `${target.namespace}/`}${target.name}`;
  const names = objects
    .filter(({ kind }) => kind === target.kind)
    .map(({ metadata }) => metadata?.name ?? '');
  if (names.length > 0) {
    const meant = nearest(target.name, names);
    return `${quote(called)} is no object of this installation. ${meant === undefined ? `There is ${enumerate([...new Set(names)].sort())}.` : `Did you mean ${quote(meant)}?`}`;
  }
  const kind = nearest(target.kind, [...new Set(objects.map((object) => object.kind))]);
  return `${quote(called)} is no object of this installation, which has none of that kind.${kind === undefined ? ' Look into dist for those that there are.' : ` Did you mean ${kind}?`}`;
}

function wrongTypeText(object: KubernetesObject, { path, value, wanted }: WrongType): string {
  const stands = `${nameOf(object)}: ${pathText(path)} takes ${wanted}, and here is ${typeof value === 'object' ? (isMapping(value) ? 'a mapping' : 'a list') : quote(value)}.`;
  const instead =
    wanted === 'a text' && typeof value !== 'object'
      ? JSON.stringify(String(value))
      : wanted === 'a whole number' && typeof value === 'string' && /^-?\d+$/.test(value)
        ? value
        : wanted === 'true or false' && (value === 'true' || value === 'false')
          ? value
          : undefined;
  return `${stands} ${instead === undefined ? 'Kubernetes refuses the object with it.' : `Write ${instead}.`}`;
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata?.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata?.name ?? ''}`;
}
