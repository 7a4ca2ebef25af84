import { Field } from '../field.ts';
import type { Manifest } from '../manifest.ts';

/** A folder with its own `kustomization.yaml`: what one Flux Kustomization applies. */
export interface LayerView {
  /** The folder, relative to what is read or written; '' for that folder itself. */
  readonly folder: string;
  readonly kustomization: Manifest;
  /** The objects in its folder and those below, without those of folders that are layers themselves. */
  readonly manifests: readonly Manifest[];
  /** The objects of the files that it lists itself. */
  readonly listed: readonly Manifest[];
}

/** Whether a manifest is a file of kustomize, which is never applied itself. */
export function isKustomizeFile({ object }: Manifest): boolean {
  return object.apiVersion.startsWith('kustomize.config.k8s.io/');
}

/** The folder of a file; '' at the top. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '' : file.slice(0, slash);
}

/** A path of a kustomization, seen from the top; undefined when it leads out of what is read. */
export function joinPath(folder: string, path: string): string | undefined {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) {
        return undefined;
      }
    } else if (step !== '' && step !== '.') {
      steps.push(step);
    }
  }
  return steps.join('/');
}

/** Whether an entry of `resources` is fetched from elsewhere: a URL, or a repository. */
export function isRemote(entry: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^github\.com\/|\?ref=/.test(entry);
}

/** The layers among manifests, in the order of their files. */
export function layersOf(manifests: readonly Manifest[]): LayerView[] {
  const layers = new Map<string, { kustomization: Manifest; manifests: Manifest[]; listed: Manifest[] }>();
  const listings = new Map<string, Set<string>>();
  for (const manifest of manifests) {
    if (isKustomizeFile(manifest)) {
      const folder = folderOf(manifest.file);
      layers.set(folder, { kustomization: manifest, manifests: [], listed: [] });
      const entries = Field.of(manifest).at('resources').texts;
      listings.set(folder, new Set(entries.flatMap((entry) => joinPath(folder, entry) ?? [])));
    }
  }
  for (const manifest of manifests) {
    const folder = nearest(layers, folderOf(manifest.file));
    const layer = folder === undefined ? undefined : layers.get(folder);
    if (folder !== undefined && layer !== undefined && !isKustomizeFile(manifest)) {
      layer.manifests.push(manifest);
      if (listings.get(folder)?.has(manifest.file)) {
        layer.listed.push(manifest);
      }
    }
  }
  return [...layers].map(([folder, layer]) => ({ folder, ...layer }));
}

function nearest(layers: ReadonlyMap<string, unknown>, folder: string): string | undefined {
  let at = folder;
  while (!layers.has(at) && at !== '') {
    at = folderOf(at);
  }
  return layers.has(at) ? at : undefined;
}
