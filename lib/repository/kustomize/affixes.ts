import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';

/** What a kustomization puts before and after the names of its objects. */
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The affixes of a kustomization, or of a Flux Kustomization's spec; undefined when it has none.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/
 */
export function affixesOf(field: Field): Affixes | undefined {
  const prefix = field.at('namePrefix').text ?? '';
  const suffix = field.at('nameSuffix').text ?? '';
  return prefix === '' && suffix === '' ? undefined : { prefix, suffix };
}

/** A name with affixes around it, unless its kind is one of those that kustomize never renames. */
export function withAffixes(kind: string, name: string, { prefix, suffix }: Affixes): string {
  return neverRenamed.has(kind) ? name : prefix + name + suffix;
}

const neverRenamed = new Set(['APIService', 'CustomResourceDefinition', 'Namespace']);

/** Every name that an object has on its way through changes, the one it was written with first. */
export function namesOf(
  { object }: Manifest,
  all: readonly { readonly affixes: Affixes | undefined }[],
): readonly string[] {
  const names = [object.metadata?.name ?? ''];
  for (const { affixes } of all) {
    if (affixes !== undefined) {
      names.push(withAffixes(object.kind, names[names.length - 1] ?? '', affixes));
    }
  }
  return names;
}
