import { Field } from '../field.ts';
import type { Manifest } from '../manifest.ts';
import { folderOf, isRemote, joinPath } from './layer.ts';

/** What Flux Kustomizations apply, by folders as they are called in what was read. */
export interface FluxPathsView {
  /** Those whose path is a folder. */
  readonly folders: ReadonlyMap<string, readonly Field[]>;
  /** Those that add a folder as a component, with the folder of their path. */
  readonly components: ReadonlyMap<string, readonly FluxComponentView[]>;
}

/** A component that a Flux Kustomization adds to the kustomization of its path. */
export interface FluxComponentView {
  readonly flux: Field;
  readonly folder: string;
}

/** Finds the folders of all Flux Kustomizations among manifests. */
export function fluxPaths(manifests: readonly Manifest[]): FluxPathsView {
  const known = foldersOf(manifests);
  const folders = new Map<string, Field[]>();
  const components = new Map<string, FluxComponentView[]>();
  for (const manifest of manifests) {
    const { apiVersion, kind } = manifest.object;
    if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
      const flux = Field.of(manifest);
      const folder = folderNamed(flux.at('spec', 'path').text ?? '', known);
      if (folder !== undefined) {
        folders.set(folder, [...(folders.get(folder) ?? []), flux]);
        for (const at of componentsOfFlux(flux, folder)) {
          components.set(at, [...(components.get(at) ?? []), { flux, folder }]);
        }
      }
    }
  }
  return { folders, components };
}

/** Every folder that holds a manifest, or a folder with one; the top is not among them. */
export function foldersOf(manifests: readonly Manifest[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { file } of manifests) {
    for (let at = folderOf(file); at !== '' && !known.has(at); at = folderOf(at)) {
      known.add(at);
    }
  }
  return known;
}

/**
 * What a path in a repository is called here: the folder that was read may stand below the top of the repository.
 * Undefined when it is none of the folders.
 */
export function folderNamed(path: string, known: ReadonlySet<string>): string | undefined {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return steps.map((_, index) => steps.slice(index).join('/')).find((one) => known.has(one));
}

/** The folders that a Flux Kustomization adds as components; their paths are relative to its own. */
export function componentsOfFlux(flux: Field, folder: string): string[] {
  return flux
    .at('spec', 'components')
    .texts.flatMap((path) => (isRemote(path) ? [] : (joinPath(folder, path) ?? [])));
}
