import { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { folderOf, isKustomizeFile, isRemote, joined } from '../../manifests/views/layer.ts';
import { affixesOf, namesOf } from './affixes.ts';
import { generateObjects } from './generators.ts';
import { patchesOf, patchFiles, type ReadText } from './patch.ts';
import { type Built, withReferences } from './references.ts';
import { replacementsOf } from './replacement.ts';
import { Replaced } from './replacement-state.ts';
import { applyChanges, type Changes } from './transformations.ts';

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
  const chains = new Chains(kustomizations, manifests, read);
  const patches = new Set([...kustomizations].flatMap(([folder, field]) => patchFiles(field, folder)));
  const all = [
    ...manifests.map((manifest) => ({ manifest, at: manifest.file })),
    ...[...kustomizations].flatMap(([folder, field]) =>
      generateObjects(field, read).map((manifest) => ({ manifest, at: `${folder}/` })),
    ),
  ];
  let left = MOST_OBJECTS;
  const followed = all.map(({ manifest, at }) => {
    const isObject = !isKustomizeFile(manifest) && !patches.has(manifest.file);
    const ways = isObject ? chains.above(at).slice(0, Math.max(1, left)) : [];
    left -= ways.length;
    return { manifest, ways };
  });
  const replaced = new Replaced(
    followed.flatMap(({ manifest, ways }) => ways.map((chain) => ({ manifest, chain }))),
  );
  const built = followed.flatMap(({ manifest, ways }): Built[] => {
    if (isKustomizeFile(manifest)) {
      return [{ manifest, build: undefined, names: [] }];
    }
    return distinct(
      ways.map((chain) => ({
        manifest: applyChanges(manifest, chain, replaced),
        // The changes that come last stand for the kustomization at the top.
        build: chain[chain.length - 1],
        names: namesOf(manifest, chain),
      })),
    );
  });
  return withReferences(built);
}

/** The most ways by which one object is followed, and the most kustomizations above it. */
const MOST_WAYS = 100;
const HIGHEST = 16;

/** The most objects that are made of a folder, so that a hostile one cannot fill the memory. */
const MOST_OBJECTS = 200_000;

/** The kustomizations above a file, in the order in which they change it. */
class Chains {
  readonly #kustomizations: ReadonlyMap<string, Field>;
  readonly #parents = new Map<string, string[]>();
  readonly #flux: ReadonlyMap<string, Field[]>;
  readonly #read: ReadText;
  readonly #changes = new Map<Field, Changes[]>();
  readonly #above = new Map<string, Changes[][]>();

  constructor(kustomizations: ReadonlyMap<string, Field>, manifests: readonly Manifest[], read: ReadText) {
    this.#kustomizations = kustomizations;
    this.#read = read;
    for (const [folder, field] of kustomizations) {
      for (const entry of ['resources', 'components', 'bases'].flatMap((list) => field.at(list).texts)) {
        const path = isRemote(entry) ? undefined : joined(folder, entry);
        if (path !== undefined) {
          this.#parents.set(path, [...(this.#parents.get(path) ?? []), folder]);
        }
      }
    }
    this.#flux = fluxByFolder(manifests);
  }

  /** The changes for a file, or for what a folder (with a slash at its end) generates: one list for each way. */
  above(at: string): readonly (readonly Changes[])[] {
    if (at.endsWith('/')) {
      return this.#fromFolder(at.slice(0, -1), 0);
    }
    const parents = this.#parents.get(at);
    return parents === undefined
      ? this.#unlisted(folderOf(at))
      : parents.slice(0, MOST_WAYS).flatMap((folder) => this.#fromFolder(folder, 0));
  }

  #fromFolder(folder: string, depth: number): Changes[][] {
    const known = this.#above.get(folder);
    if (known !== undefined) {
      return known;
    }
    // While a folder is being followed it has no way up, which ends circles.
    this.#above.set(folder, [[]]);
    const kustomization = this.#kustomizations.get(folder);
    const flux = this.#flux.get(folder);
    const parents = depth < HIGHEST ? (this.#parents.get(folder) ?? []) : [];
    // What a component changes stands among the changes of the kustomization that has it.
    const isPart = kustomization?.get('kind') === 'Component' && flux === undefined && parents.length > 0;
    const own = isPart ? [] : this.#of(kustomization, folder);
    const up =
      flux !== undefined
        ? flux.map((field) => this.#of(field, folder))
        : parents.slice(0, MOST_WAYS).flatMap((parent) => this.#fromFolder(parent, depth + 1));
    const ways = (up.length === 0 ? [[]] : up).slice(0, MOST_WAYS).map((way) => [...own, ...way]);
    this.#above.set(folder, ways);
    return ways;
  }

  /** A file that no kustomization lists: Flux applies it when there is none in its folder. */
  #unlisted(folder: string): Changes[][] {
    for (let at = folder; ; at = folderOf(at)) {
      const flux = this.#flux.get(at);
      if (flux !== undefined) {
        return flux.slice(0, MOST_WAYS).map((field) => this.#of(field, at));
      }
      if (at === '' || this.#kustomizations.has(at)) {
        return [[]];
      }
    }
  }

  #of(field: Field | undefined, folder: string): Changes[] {
    if (field === undefined) {
      return [];
    }
    let changes = this.#changes.get(field);
    if (changes === undefined) {
      changes = isKustomizeFile(field.manifest) ? this.#ofKustomize(field, folder) : [this.#ofFlux(field)];
      this.#changes.set(field, changes);
    }
    return changes;
  }

  #ofKustomize(field: Field, folder: string): Changes[] {
    const components = field.at('components').texts.flatMap((path) => {
      const at = isRemote(path) ? undefined : joined(folder, path);
      const component = at === undefined ? undefined : this.#kustomizations.get(at);
      return component === undefined || at === undefined ? [] : [this.#single(component, at)];
    });
    return [...components, this.#single(field, folder)];
  }

  #single(field: Field, folder: string): Changes {
    return {
      namespace: field.at('namespace').text,
      affixes: affixesOf(field),
      images: field.at('images').items,
      patches: patchesOf(field, folder, this.#read),
      replacements: replacementsOf(field, folder, this.#read),
      variables: undefined,
    };
  }

  #ofFlux(field: Field): Changes {
    const spec = field.at('spec');
    return {
      namespace: spec.at('targetNamespace').text,
      affixes: affixesOf(spec),
      images: spec.at('images').items,
      patches: patchesOf(spec, '', () => undefined),
      replacements: [],
      variables: new Map(
        spec
          .at('postBuild', 'substitute')
          .entries.flatMap(([name, { value }]) =>
            typeof value === 'object' || value === undefined ? [] : [[name, String(value)]],
          ),
      ),
    };
  }
}

/** The Flux Kustomizations by the folder they apply, as it is called in what was read. */
function fluxByFolder(manifests: readonly Manifest[]): Map<string, Field[]> {
  const folders = new Set<string>();
  for (const { file } of manifests) {
    for (let at = folderOf(file); at !== '' && !folders.has(at); at = folderOf(at)) {
      folders.add(at);
    }
  }
  const found = new Map<string, Field[]>();
  for (const manifest of manifests) {
    const { apiVersion, kind } = manifest.object;
    if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
      const field = Field.of(manifest);
      const steps = (field.at('spec', 'path').text ?? '')
        .split('/')
        .filter((step) => step !== '' && step !== '.');
      const folder = steps.map((_, index) => steps.slice(index).join('/')).find((path) => folders.has(path));
      const components = field
        .at('spec', 'components')
        .texts.flatMap((path) => (folder === undefined ? [] : (joined(folder, path) ?? [])));
      for (const at of folder === undefined ? [] : [folder, ...components]) {
        found.set(at, [...(found.get(at) ?? []), field]);
      }
    }
  }
  return found;
}

/** Without those that differ in nothing that tells objects apart. */
function distinct(all: readonly Built[]): Built[] {
  const seen = new Map<string, Built>();
  for (const built of all) {
    const { kind, metadata } = built.manifest.object;
    const id = `${kind}/${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
    if (!seen.has(id)) {
      seen.set(id, built);
    }
  }
  return [...seen.values()];
}
