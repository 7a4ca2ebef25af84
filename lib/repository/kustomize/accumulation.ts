import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { componentsOfFlux } from '../../manifests/views/flux-paths.ts';
import { isRemote, joinPath } from '../../manifests/views/layer.ts';
import { Accumulator } from './accumulator.ts';
import { type Changes, changesOfKustomize, withFlux } from './changes.ts';
import { generateObjects } from './generators.ts';
import type { ReadText } from './patch.ts';
import { type Resource, resourceOf } from './resource.ts';
import { transformed } from './transformations.ts';

/** How many kustomizations may stand above each other, and the most that is made of all, so that a hostile folder ends. */
const highest = 40;
const mostWork = 300_000;
const mostSteps = 50_000;

/**
 * What kustomizations make of what they list: resources, then what they generate, then components, which change all that is
 * there by then, then their own changes.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/target/kusttarget.go
 */
export class Accumulation {
  readonly #kustomizations: ReadonlyMap<string, Field>;
  readonly #files: ReadonlyMap<string, readonly Manifest[]>;
  readonly #isApart: (folder: string) => boolean;
  readonly #read: ReadText;
  readonly #changes = new Map<string, Changes>();
  readonly #known = new Map<string, readonly Resource[]>();
  readonly #open: string[] = [];
  readonly #built = new Set<string>();
  readonly #begun = new Set<Manifest>();
  #work = 0;
  #steps = 0;
  #cuts = 0;

  /** @param isApart Whether a folder is built by itself, although a kustomization lists it. */
  constructor(
    kustomizations: ReadonlyMap<string, Field>,
    files: ReadonlyMap<string, readonly Manifest[]>,
    isApart: (folder: string) => boolean,
    read: ReadText,
  ) {
    this.#kustomizations = kustomizations;
    this.#files = files;
    this.#isApart = isApart;
    this.#read = read;
  }

  /** Whether a folder is part of something that was built. */
  isBuilt(folder: string): boolean {
    return this.#built.has(folder);
  }

  /** Every manifest that a kustomization took up, of which patches may have deleted some. */
  get begun(): Iterable<Manifest> {
    return this.#begun;
  }

  /** What a folder gives to others that list it. */
  resources(folder: string): readonly Resource[] {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const cuts = this.#cuts;
    const resources = this.#target(folder, []);
    // What was left out to end a circle is not left out for others.
    if (this.#cuts === cuts || this.#open.length === 0) this.#known.set(folder, resources);
    return resources;
  }

  /** What Flux builds of a folder: by its kustomization, or by one that Flux writes for these resources. */
  ofFlux(flux: Field, folder: string, resources: readonly Resource[]): readonly Resource[] {
    const components = componentsOfFlux(flux, folder);
    if (this.#kustomizations.has(folder)) return this.#target(folder, [], { flux, components });
    return this.#transformed(this.#withComponents(resources, components), withFlux(undefined, flux));
  }

  #target(
    folder: string,
    before: readonly Resource[],
    added?: { readonly flux: Field; readonly components: readonly string[] },
  ): readonly Resource[] {
    const field = this.#kustomizations.get(folder);
    if (field === undefined) return before;
    if (this.#open.includes(folder) || this.#open.length >= highest || this.#steps++ > mostSteps) {
      this.#cuts++;
      return before;
    }
    this.#open.push(folder);
    this.#built.add(folder);
    const all = new Accumulator(before);
    for (const entry of [...field.at('resources').texts, ...field.at('bases').texts]) {
      all.add(this.#listed(folder, entry));
    }
    for (const one of generateObjects(field, this.#read)) all.absorb(one);
    const components = [
      ...field
        .at('components')
        .texts.flatMap((path) => (isRemote(path) ? [] : (joinPath(folder, path) ?? []))),
      ...(added?.components ?? []),
    ];
    const resources = this.#withComponents(all.resources, components);
    const own = this.#changesOf(field, folder);
    const result = this.#transformed(resources, added === undefined ? own : withFlux(own, added.flux));
    this.#open.pop();
    return result;
  }

  /** What an entry of `resources` gives: a file, or another folder with a kustomization. */
  #listed(folder: string, entry: string): readonly Resource[] {
    const path = isRemote(entry) ? undefined : joinPath(folder, entry);
    if (path === undefined) return [];
    const files = this.#files.get(path);
    if (files !== undefined) {
      for (const manifest of files) this.#begun.add(manifest);
      return files.map(resourceOf);
    }
    return this.#isApart(path) ? [] : this.resources(path);
  }

  #withComponents(before: readonly Resource[], components: readonly string[]): readonly Resource[] {
    let all = before;
    for (const component of components) {
      const isComponent = this.#kustomizations.get(component)?.get('kind') === 'Component';
      if (isComponent) {
        all = this.#target(component, all);
      } else {
        const both = new Accumulator(all);
        both.add(this.resources(component));
        all = both.resources;
      }
    }
    return all;
  }

  #transformed(resources: readonly Resource[], changes: Changes): readonly Resource[] {
    this.#work += resources.length;
    return this.#work > mostWork ? resources : transformed(resources, changes);
  }

  #changesOf(field: Field, folder: string): Changes {
    const changes = this.#changes.get(folder) ?? changesOfKustomize(field, folder, this.#read);
    this.#changes.set(folder, changes);
    return changes;
  }
}
