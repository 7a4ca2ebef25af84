import { type Origin, originOf } from '../../manifests/derived.ts';
import { Field, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { namesOf } from './affixes.ts';
import { partOf, placesOf, replaceIn, selects, stepsOf, withValue } from './replacement.ts';
import { type Assignment, type Assignments, applyChanges, type Changes } from './transformations.ts';

/** An object, and the changes on its way. */
export interface Way {
  readonly manifest: Manifest;
  readonly chain: readonly Changes[];
}

/**
 * What the replacements of each kustomization set in the objects that it builds. A component that several have is built with
 * the objects of each by itself.
 */
export class ReplacementState implements Assignments {
  readonly #ways = new PerBuild<Way[]>();
  readonly #states = new PerBuild<ReadonlyMap<Manifest, readonly State[]>>();

  constructor(all: readonly Way[]) {
    for (const way of all) {
      const build = way.chain.at(-1);
      for (const changes of new Set(way.chain)) {
        if (build !== undefined && changes.replacements.length > 0) {
          const ways = this.#ways.get(changes, build);
          if (ways === undefined) {
            this.#ways.set(changes, build, [way]);
          } else {
            ways.push(way);
          }
        }
      }
    }
  }

  /** What is set in an object by the last of the changes so far, in the build that ends with other changes. */
  assignments(manifest: Manifest, chain: readonly Changes[], build: Changes): readonly Assignment[] {
    const last = chain[chain.length - 1];
    return last === undefined || last.replacements.length === 0
      ? []
      : (this.#of(last, build)
          .get(manifest)
          ?.find((state) => isSame(state, chain))?.assignments ?? []);
  }

  #of(changes: Changes, build: Changes): ReadonlyMap<Manifest, readonly State[]> {
    const known = this.#states.get(changes, build);
    if (known !== undefined) {
      return known;
    }
    const states = new Map<Manifest, State[]>();
    // While it is being filled it sets nothing, which ends circles.
    this.#states.set(changes, build, new Map());
    for (const { manifest, chain: whole } of this.#ways.get(changes, build) ?? []) {
      const chain = whole.slice(0, whole.indexOf(changes) + 1);
      const alike = states.get(manifest) ?? [];
      if (!alike.some((state) => isSame(state, chain))) {
        const before = applyChanges(
          manifest,
          [...chain.slice(0, -1), { ...changes, replacements: [] }],
          this,
          build,
        );
        if (before === undefined) continue;
        const names = namesOf(manifest, chain);
        alike.push({ manifest, chain, before, object: before.object, names, assignments: [] });
        states.set(manifest, alike);
      }
    }
    for (const replacement of changes.replacements) {
      replace(replacement, [...states.values()].flat());
    }
    this.#states.set(changes, build, states);
    return states;
  }
}

/** Something for the changes of a kustomization in a build. */
class PerBuild<T> {
  readonly #all = new Map<Changes, Map<Changes, T>>();

  get(changes: Changes, build: Changes): T | undefined {
    return this.#all.get(changes)?.get(build);
  }

  set(changes: Changes, build: Changes, value: T): void {
    const builds = this.#all.get(changes) ?? new Map<Changes, T>();
    this.#all.set(changes, builds.set(build, value));
  }
}

interface State extends Way {
  readonly before: Manifest;
  object: KubernetesObject;
  readonly names: readonly string[];
  readonly assignments: Assignment[];
}

/** The largest value that is followed, so that values set into themselves do not fill the memory. */
const longest = 20_000;

function replace(replacement: Field, states: readonly State[]): void {
  const source = replacement.at('source');
  const sources = states.filter(({ object, names }) => selects(source, object, names));
  const [from] = sources;
  const places =
    from === undefined ? [] : placesOf(from.object, stepsOf(source.at('fieldPath').text ?? name), false);
  const [place] = places;
  // Kustomize refuses to build when there is not exactly one.
  if (from === undefined || place === undefined || sources.length > 1 || places.length > 1) {
    return;
  }
  const value = partOf(new Field(from.before, [], from.object).get(...place), source.at('options'));
  if (value === undefined || JSON.stringify(value).length > longest) {
    return;
  }
  const origin =
    from.assignments.findLast(({ path }) => path.join('\n') === place.join('\n'))?.origin ??
    originOf(from.before, place);
  for (const target of replacement.at('targets').items) {
    const rejects = target.at('reject').items;
    for (const state of states) {
      const isMeant = (selector: Field) => selects(selector, state.object, state.names);
      if (isMeant(target.at('select')) && !rejects.some(isMeant)) {
        assign(state, target, value, origin);
      }
    }
  }
}

const name = 'metadata.name';

function assign(state: State, target: Field, value: Value, origin: Origin): void {
  const options = target.at('options');
  const paths = target.at('fieldPaths').exists ? target.at('fieldPaths').texts : [name];
  for (const place of paths.flatMap((path) =>
    placesOf(state.object, stepsOf(path), options.get('create') === true),
  )) {
    const next = replaceIn(new Field(state.before, [], state.object).get(...place), value, options);
    if (next !== undefined && place.length > 1 && JSON.stringify(next).length <= longest) {
      const { apiVersion, kind } = state.object;
      const object = withValue(state.object, place, next);
      state.object = { ...(isMapping(object) ? object : {}), apiVersion, kind };
      const isPart = options.at('delimiter').exists;
      state.assignments.push({ path: place, value: next, origin: isPart ? undefined : origin });
    }
  }
}

function isSame(state: Way, chain: readonly Changes[]): boolean {
  return (
    state.chain.length === chain.length && state.chain.every((changes, index) => changes === chain[index])
  );
}
