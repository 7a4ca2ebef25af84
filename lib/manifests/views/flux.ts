import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { Manifest } from '../manifest.ts';
import { reach } from './reach.ts';

/** The API group of Flux's Kustomization. */
export const flux = 'kustomize.toolkit.fluxcd.io';

/** The Flux Kustomizations of an inventory. */
export function fluxKustomizations(inventory: Inventory): readonly Field[] {
  return inventory.all(flux, 'Kustomization');
}

/**
 * The Flux Kustomization that applies a manifest, by the kustomizations that list it; undefined when none does. Of
 * several that share a file, it is the one that built the object, or else the one for its namespace.
 */
export function appliedBy(inventory: Inventory, manifest: Manifest): Field | undefined {
  const { flux } = reach(inventory, manifest);
  const namespace = manifest.object.metadata?.namespace;
  return (
    flux.find(
      (one) => (one.at('spec', 'targetNamespace').text ?? one.at('metadata', 'namespace').text) === namespace,
    ) ?? flux[0]
  );
}

/** Whether something that Flux is told about an object by label or annotation has this value. */
export function isTold(object: Field, key: string, value: string): boolean {
  return ['annotations', 'labels'].some(
    (list) => object.at('metadata', list, `${flux}/${key}`).text?.toLowerCase() === value,
  );
}

/** The path of a Flux Kustomization without the leading `./`. */
export function pathOf(kustomization: Field): string {
  return (kustomization.at('spec', 'path').text ?? '').replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
}

/** The name of a Flux Kustomization. */
export function nameOfKustomization(kustomization: Field): string {
  return kustomization.at('metadata', 'name').text ?? '';
}
