import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { componentsOfFlux, type FluxPathsView, fluxPaths } from '../../manifests/views/flux-paths.ts';
import { folderOf, isRemote, joinPath } from '../../manifests/views/layer.ts';
import { changesOfFlux, changesOfKustomize } from './changes.ts';
import type { ReadText } from './patch.ts';
import type { Changes } from './transformations.ts';

/** The most ways by which one object is followed, and the most kustomizations above it. */
const mostWays = 100;
const highest = 16;

/** The kustomizations above a file, in the order in which they change it. */
export class Chains {
  readonly #kustomizations: ReadonlyMap<string, Field>;
  readonly #parents = new Map<string, string[]>();
  readonly #flux: FluxPathsView;
  readonly #read: ReadText;
  readonly #changes = new Map<string, Changes>();
  readonly #ofFlux = new Map<Field, Changes>();
  readonly #above = new Map<string, Changes[][]>();

  constructor(kustomizations: ReadonlyMap<string, Field>, manifests: readonly Manifest[], read: ReadText) {
    this.#kustomizations = kustomizations;
    this.#read = read;
    for (const [folder, field] of kustomizations) {
      for (const entry of ['resources', 'components', 'bases'].flatMap((list) => field.at(list).texts)) {
        const path = isRemote(entry) ? undefined : joinPath(folder, entry);
        if (path !== undefined) {
          this.#parents.set(path, [...(this.#parents.get(path) ?? []), folder]);
        }
      }
    }
    // Of objects that two overlays make in one namespace the first is kept: that of the trial is not what people live with.
    for (const [path, parents] of this.#parents) {
      this.#parents.set(path, [...parents.filter((one) => !isTrial(one)), ...parents.filter(isTrial)]);
    }
    this.#flux = fluxPaths(manifests);
  }

  /** The changes for a file, or for what a folder (with a slash at its end) generates: one list for each way. */
  above(at: string): readonly (readonly Changes[])[] {
    if (at.endsWith('/')) {
      return this.#fromFolder(at.slice(0, -1), 0);
    }
    const parents = this.#parents.get(at);
    return parents === undefined
      ? this.#unlisted(folderOf(at))
      : parents.slice(0, mostWays).flatMap((folder) => this.#fromFolder(folder, 0));
  }

  #fromFolder(folder: string, depth: number): Changes[][] {
    const known = this.#above.get(folder);
    if (known !== undefined) {
      return known;
    }
    // While a folder is being followed it has no way up, which ends circles.
    this.#above.set(folder, [[]]);
    const flux = this.#flux.folders.get(folder) ?? [];
    const added = this.#flux.components.get(folder) ?? [];
    const parents = depth < highest && flux.length === 0 ? (this.#parents.get(folder) ?? []) : [];
    // What a component changes stands among the changes of the kustomization that has it.
    const isPart =
      this.#kustomizations.get(folder)?.get('kind') === 'Component' &&
      flux.length === 0 &&
      parents.length > 0;
    const own = isPart ? [] : this.#own(folder, []);
    const ways = [
      ...flux.map((field) => this.#byFlux(field, folder)),
      ...added.map((one) => this.#byFlux(one.flux, one.folder)),
      ...parents
        .slice(0, mostWays)
        .flatMap((parent) => this.#fromFolder(parent, depth + 1).map((way) => [...own, ...way])),
      ...(flux.length + added.length + parents.length === 0
        ? this.#generated(folderOf(folder)).map((way) => [...own, ...way])
        : []),
    ];
    const all = ways.length === 0 ? [own] : ways.slice(0, mostWays);
    this.#above.set(folder, all);
    return all;
  }

  /**
   * A folder with a kustomization that no other lists: above it Flux writes one, where there is none up to its path.
   * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
   */
  #generated(folder: string): Changes[][] {
    for (let at = folder; !this.#kustomizations.has(at); at = folderOf(at)) {
      const flux = this.#flux.folders.get(at);
      if (flux !== undefined) return flux.slice(0, mostWays).map((field) => this.#byFlux(field, at));
      if (at === '') break;
    }
    return [];
  }

  /** A file that no kustomization lists: Flux applies it when there is none in its folder. */
  #unlisted(folder: string): Changes[][] {
    for (let at = folder; ; at = folderOf(at)) {
      const flux = this.#flux.folders.get(at);
      if (flux !== undefined) {
        return flux.slice(0, mostWays).map((field) => {
          // Without a kustomization of its own the folder gets one from Flux, to which the components are added.
          const hasOwn = this.#kustomizations.has(at);
          return hasOwn ? [this.#fluxChanges(field)] : this.#byFlux(field, at);
        });
      }
      if (at === '' || this.#kustomizations.has(at)) {
        return [[]];
      }
    }
  }

  /** What happens to everything in the folder of a Flux Kustomization, and in the components that it adds. */
  #byFlux(flux: Field, folder: string): Changes[] {
    return [...this.#own(folder, componentsOfFlux(flux, folder)), this.#fluxChanges(flux)];
  }

  /** The changes of a folder's kustomization: those of its components, and of others that Flux adds, then its own. */
  #own(folder: string, added: readonly string[], depth = 0): Changes[] {
    const field = this.#kustomizations.get(folder);
    const components = [
      ...(field === undefined ? [] : field.at('components').texts.filter((path) => !isRemote(path))).flatMap(
        (path) => joinPath(folder, path) ?? [],
      ),
      ...added,
    ];
    const own = field === undefined ? [] : [this.#changesOf(field, folder)];
    // Components have components of their own.
    return depth >= highest
      ? own
      : [...components.flatMap((path) => this.#own(path, [], depth + 1)), ...own].slice(0, mostWays);
  }

  #changesOf(field: Field, folder: string): Changes {
    const changes = this.#changes.get(folder) ?? changesOfKustomize(field, folder, this.#read);
    this.#changes.set(folder, changes);
    return changes;
  }

  #fluxChanges(flux: Field): Changes {
    const changes = this.#ofFlux.get(flux) ?? changesOfFlux(flux);
    this.#ofFlux.set(flux, changes);
    return changes;
  }
}

/** Whether a folder's name says that it is for trying things out. */
function isTrial(folder: string): boolean {
  return folder.split('/').some((step) => trials.test(step));
}

const trials = /^(dev|develop|development|stag(e|ing)|test|testing|sandbox|preview|local)$/i;
