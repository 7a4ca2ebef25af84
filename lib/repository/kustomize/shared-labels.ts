import { isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { setAt } from './field-spec.ts';

/**
 * The places at which kustomize wrote one label or annotation at once. It keeps them as one value, so that what changes it
 * at one place later, such as a patch of the label, changes it at all of them, selectors too.
 */
export interface SharedLabel {
  readonly key: string;
  readonly paths: readonly (readonly string[])[];
}

/** The object with each shared label that changed at one of its places changed at all. */
export function withShared(
  before: KubernetesObject,
  after: KubernetesObject,
  shared: readonly SharedLabel[],
): KubernetesObject {
  let result = after;
  for (const { key, paths } of shared) {
    const changed = paths.find((path) => {
      const now = labelAt(after, path, key);
      return now !== undefined && now !== labelAt(before, path, key);
    });
    const value = changed === undefined ? undefined : labelAt(after, changed, key);
    if (value === undefined) continue;
    for (const path of paths) {
      const next = setAt(result, path, false, (old) =>
        isMapping(old) && old[key] !== undefined && old[key] !== value ? { ...old, [key]: value } : old,
      );
      const { apiVersion, kind } = result;
      result = next === result || !isMapping(next) ? result : { ...next, apiVersion, kind };
    }
  }
  return result;
}

/** The label at a place; the first of several in a list. */
export function labelAt(value: Value | undefined, path: readonly string[], key: string): Value | undefined {
  if (isList(value)) {
    return value.map((item) => labelAt(item, path, key)).find((found) => found !== undefined);
  }
  if (!isMapping(value)) return undefined;
  const [step, ...rest] = path;
  return step === undefined ? value[key] : labelAt(value[step.replace(/\[\]$/, '')], rest, key);
}
