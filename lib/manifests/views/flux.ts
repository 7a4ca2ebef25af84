import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { Manifest } from '../manifest.ts';
import { folderOf } from './layer.ts';

/** The API group of Flux's Kustomization. */
export const FLUX = 'kustomize.toolkit.fluxcd.io';

/** The Flux Kustomizations of an inventory. */
export function fluxKustomizations(inventory: Inventory): readonly Field[] {
  return inventory.all(FLUX, 'Kustomization');
}

/**
 * The Flux Kustomization that applies a manifest: the one with the longest `path` above its file; undefined when
 * none does. The folder that was read may stand above or below the root of Flux's source, so a path fits when it
 * ends with the manifest's folder or one above it, or the other way about.
 */
export function appliedBy(inventory: Inventory, manifest: Manifest): Field | undefined {
  const byFolder = foldersOf(inventory);
  let folder = folderOf(manifest.file);
  for (;;) {
    const found = byFolder.get(folder);
    if (found !== undefined) {
      return found;
    }
    if (folder === '') {
      return undefined;
    }
    folder = folderOf(folder);
  }
}

/** Whether something that Flux is told about an object by label or annotation has this value. */
export function isTold(object: Field, key: string, value: string): boolean {
  return ['annotations', 'labels'].some(
    (list) => object.at('metadata', list, `${FLUX}/${key}`).text?.toLowerCase() === value,
  );
}

/** The path of a Flux Kustomization without the leading `./`. */
export function pathOf(kustomization: Field): string {
  return (kustomization.at('spec', 'path').text ?? '').replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
}

const FOLDERS = new WeakMap<Inventory, ReadonlyMap<string, Field>>();

function foldersOf(inventory: Inventory): ReadonlyMap<string, Field> {
  let folders = FOLDERS.get(inventory);
  if (folders === undefined) {
    folders = matchFolders(inventory);
    FOLDERS.set(inventory, folders);
  }
  return folders;
}

/** For each folder that a Flux Kustomization names, the Kustomization; folders by their name in what was read. */
function matchFolders(inventory: Inventory): ReadonlyMap<string, Field> {
  const folders = new Map<string, Field>();
  for (const kustomization of fluxKustomizations(inventory)) {
    const path = pathOf(kustomization);
    const steps = path.split('/');
    // The shortest cut from the left that is a folder here: "dist/home/app" is "home/app" when dist is read.
    const folder = steps
      .map((_, index) => steps.slice(index).join('/'))
      .find((candidate) => candidate !== '' && inventory.hasFile(candidate));
    if (folder !== undefined && !folders.has(folder)) {
      folders.set(folder, kustomization);
    }
  }
  return folders;
}

/** The name of a Flux Kustomization. */
export function nameOfKustomization(kustomization: Field): string {
  return kustomization.at('metadata', 'name').text ?? '';
}
