import { isDerived, originOf } from '../derived.ts';
import { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import type { Manifest } from '../manifest.ts';
import { type FluxPathsView, fluxPaths, foldersOf } from './flux-paths.ts';
import { folderOf, isKustomizeFile, isRemote, joinPath } from './layer.ts';
import { applicationsByFolder, isReadable, isRoot } from './roots.ts';

/** By what an object is applied. */
export interface ReachView {
  /** Whether anything applies it, as far as that can be told: true where nobody knows. */
  readonly isApplied: boolean;
  /** The Flux Kustomizations that apply it. */
  readonly flux: readonly Field[];
  /** The Applications of Argo CD that apply it. */
  readonly applications: readonly Field[];
}

/**
 * By what a manifest is applied: from its file up through the kustomizations that list it, and what they are listed
 * by, to the Flux Kustomizations and Applications whose path that is. A file that its folder's kustomization does not
 * list, as when the entry is a comment, is applied by nobody.
 */
export function reach(inventory: Inventory, manifest: Manifest): ReachView {
  const found = reachIn(inventory).ofFile(manifest.file);
  const builder = isDerived(manifest) && manifest.flux !== undefined ? writtenAs(manifest.flux) : undefined;
  if (builder === undefined || found.flux.length === 0) {
    return found;
  }
  // A file that several share, such as a component, is another object for each.
  const own = found.flux.filter((one) => writtenAs(one.manifest) === builder);
  return { isApplied: own.length > 0, flux: own, applications: [] };
}

/** The manifest that stands in a file. */
function writtenAs(manifest: Manifest): Manifest {
  return originOf(manifest, []).manifest;
}

/** By what the kustomization of a folder is applied, which stands in no list of its own. */
export function reachOfFolder(inventory: Inventory, folder: string): ReachView {
  return reachIn(inventory).ofFolder(folder);
}

function reachIn(inventory: Inventory): Reach {
  const found = reaches.get(inventory) ?? new Reach(inventory.manifests);
  reaches.set(inventory, found);
  return found;
}

const reaches = new WeakMap<Inventory, Reach>();

const nobody: ReachView = { isApplied: false, flux: [], applications: [] };
const somebody: ReachView = { isApplied: true, flux: [], applications: [] };

class Reach {
  readonly #kustomizations = new Map<string, Field>();
  readonly #listers = new Map<string, string[]>();
  readonly #flux: FluxPathsView;
  readonly #applications: ReadonlyMap<string, readonly Field[]>;
  /** Components that nothing here has: what they are parts of is put together elsewhere. */
  readonly #loose: readonly string[];
  /** The files that `flux bootstrap` applies itself, whether or not something lists them. */
  readonly #bootstrapped: ReadonlySet<string>;
  /** The files of Flux Kustomizations and Applications: with nothing above them, people apply them by hand. */
  readonly #roots: ReadonlySet<string>;
  /** Whether every way up is known, so that what none of them leads to is applied by nobody. */
  readonly #isClosed: boolean;
  readonly #files = new Map<string, ReachView>();
  readonly #folders = new Map<string, ReachView>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests.filter(isKustomizeFile)) {
      const field = Field.of(manifest);
      const folder = folderOf(manifest.file);
      this.#kustomizations.set(folder, field);
      for (const entry of ['resources', 'components', 'bases'].flatMap((list) => field.at(list).texts)) {
        const path = isRemote(entry) ? undefined : joinPath(folder, entry);
        if (path !== undefined) {
          this.#listers.set(path, [...(this.#listers.get(path) ?? []), folder]);
        }
      }
    }
    this.#flux = fluxPaths(manifests);
    this.#loose = [...this.#kustomizations].flatMap(([folder, field]) =>
      field.get('kind') === 'Component' && !this.#listers.has(folder) && !this.#flux.components.has(folder)
        ? [folder]
        : [],
    );
    const roots = manifests.filter(isRoot);
    this.#bootstrapped = new Set(
      [...this.#flux.folders].flatMap(([folder, all]) =>
        all.flatMap((flux) => (isBootstrap(flux, folder) ? [flux.manifest.file] : [])),
      ),
    );
    const known = foldersOf(manifests);
    this.#applications = applicationsByFolder(
      roots.filter(({ object }) => object.kind === 'Application'),
      known,
    );
    this.#roots = new Set(roots.map(({ file }) => file));
    this.#isClosed =
      this.#flux.folders.size + this.#applications.size > 0 && roots.every((root) => isReadable(root));
  }

  ofFile(file: string): ReachView {
    const known = this.#files.get(file);
    if (known !== undefined) {
      return known;
    }
    // What leads to itself is where it all begins: the Kustomization of Flux's own folder.
    this.#files.set(file, somebody);
    if (this.#bootstrapped.has(file)) {
      return somebody;
    }
    const listers = this.#listers.get(file);
    const found = listers === undefined ? this.#unlisted(file, folderOf(file)) : this.#byAny(listers);
    this.#files.set(file, found);
    return found;
  }

  ofFolder(folder: string): ReachView {
    const known = this.#folders.get(folder);
    if (known !== undefined) {
      return known;
    }
    this.#folders.set(folder, nobody);
    const flux = [
      ...(this.#flux.folders.get(folder) ?? []),
      ...(this.#flux.components.get(folder) ?? []).map((one) => one.flux),
    ];
    const listers = this.#listers.get(folder) ?? [];
    const ways = [
      ...(flux.length > 0 ? [this.#byFlux(flux)] : []),
      ...(this.#applications.has(folder) ? [this.#byApplications(folder)] : []),
      ...(listers.length > 0 ? [this.#byAny(listers)] : []),
    ];
    const found =
      ways.length > 0
        ? together(ways)
        : folder === ''
          ? this.#atTheTop(folder)
          : this.#unlisted(folder, folderOf(folder));
    this.#folders.set(folder, found);
    return found;
  }

  #byAny(folders: readonly string[]): ReachView {
    return together(folders.map((folder) => this.ofFolder(folder)));
  }

  #byFlux(all: readonly Field[]): ReachView {
    const applied = all.filter(({ manifest }) => this.ofFile(manifest.file).isApplied);
    return { isApplied: applied.length > 0, flux: applied, applications: [] };
  }

  #byApplications(folder: string): ReachView {
    return { isApplied: true, flux: [], applications: this.#applications.get(folder) ?? [] };
  }

  /** A file or folder that nothing lists: Flux and Argo CD apply all of a folder that has no kustomization. */
  #unlisted(path: string, from: string): ReachView {
    for (let at = from; at !== ''; at = folderOf(at)) {
      if (this.#kustomizations.has(at)) {
        return nobody;
      }
      const flux = this.#flux.folders.get(at);
      if (flux !== undefined) {
        return this.#byFlux(flux);
      }
      // Argo CD looks into the folders below only where it is told to.
      if (this.#applications.has(at)) {
        return isPutAway(path.slice(at.length)) ? nobody : this.#byApplications(at);
      }
    }
    return this.#atTheTop(path);
  }

  /** What nothing stands above: the beginning of everything, or what was put away. */
  #atTheTop(path: string): ReachView {
    const isBeginning = () => [...this.#roots].some((file) => file === path || file.startsWith(`${path}/`));
    const isBase = this.#loose.some((folder) => folder.startsWith(`${path}/`));
    return isPutAway(path) || templates.test(`${path}/`) || isBase || (this.#isClosed && !isBeginning())
      ? nobody
      : somebody;
  }
}

function together(ways: readonly ReachView[]): ReachView {
  return {
    isApplied: ways.some(({ isApplied }) => isApplied),
    flux: [...new Set(ways.flatMap(({ flux }) => flux))],
    applications: [...new Set(ways.flatMap(({ applications }) => applications))],
  };
}

function isPutAway(path: string): boolean {
  return path.split('/').some((step) => putAway.test(step));
}

/** Folders whose names say that they are not applied. */
const putAway = /^[._-]?(archived?|attic|deprecated|disabled|unused|devenv|examples?)$/i;

/** The folder of a chart, which is applied where an Application leads to the chart. */
const templates = /(^|\/)templates?\//i;

/** Whether a Kustomization is the one of `flux bootstrap`, which applies the folder that it stands in. */
function isBootstrap({ manifest: { file, object } }: Field, folder: string): boolean {
  return (
    file.startsWith(`${folder}/`) &&
    (object.metadata?.name === 'flux-system' || file.split('/').at(-1) === 'gotk-sync.yaml')
  );
}
