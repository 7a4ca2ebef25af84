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

/** What the replacements of each kustomization set in the objects that it builds. */
export class ReplacementState implements Assignments {
  readonly #ways = new Map<Changes, Way[]>();
  readonly #states = new Map<Changes, ReadonlyMap<Manifest, readonly State[]>>();

  constructor(all: readonly Way[]) {
    for (const way of all) {
      for (const changes of new Set(way.chain)) {
        if (changes.replacements.length > 0) {
          const ways = this.#ways.get(changes);
          if (ways === undefined) {
            this.#ways.set(changes, [way]);
          } else {
            ways.push(way);
          }
        }
      }
    }
  }

  /** What is set in an object by the last of the changes so far. */
  assignments(manifest: Manifest, chain: readonly Changes[]): readonly Assignment[] {
    const last = chain[chain.length - 1];
    return last === undefined || last.replacements.length === 0
      ? []
      : (this.#of(last)
          .get(manifest)
          ?.find((state) => isSame(state, chain))?.assignments ?? []);
  }

  #of(changes: Changes): ReadonlyMap<Manifest, readonly State[]> {
    const known = this.#states.get(changes);
    if (known !== undefined) {
      return known;
    }
    const states = new Map<Manifest, State[]>();
    // While it is being filled it sets nothing, which ends circles.
    this.#states.set(changes, new Map());
    for (const { manifest, chain: whole } of this.#ways.get(changes) ?? []) {
      const chain = whole.slice(0, whole.indexOf(changes) + 1);
      const alike = states.get(manifest) ?? [];
      if (!alike.some((state) => isSame(state, chain))) {
        const before = applyChanges(
          manifest,
          [...chain.slice(0, -1), { ...changes, replacements: [] }],
          this,
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
    this.#states.set(changes, states);
    return states;
  }
}

interface State extends Way {
  readonly before: Manifest;
  object: KubernetesObject;
  readonly names: readonly string[];
  readonly assignments: Assignment[];
}

/** The largest value that is followed, so that values set into themselves do not fill the memory. */
const LONGEST = 20_000;

function replace(replacement: Field, states: readonly State[]): void {
  const source = replacement.at('source');
  const sources = states.filter(({ object, names }) => selects(source, object, names));
  const [from] = sources;
  const places =
    from === undefined ? [] : placesOf(from.object, stepsOf(source.at('fieldPath').text ?? NAME), false);
  const [place] = places;
  // Kustomize refuses to build when there is not exactly one.
  if (from === undefined || place === undefined || sources.length > 1 || places.length > 1) {
    return;
  }
  const value = partOf(new Field(from.before, [], from.object).get(...place), source.at('options'));
  if (value === undefined || JSON.stringify(value).length > LONGEST) {
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

const NAME = 'metadata.name';

function assign(state: State, target: Field, value: Value, origin: Origin): void {
  const options = target.at('options');
  const paths = target.at('fieldPaths').exists ? target.at('fieldPaths').texts : [NAME];
  for (const place of paths.flatMap((path) =>
    placesOf(state.object, stepsOf(path), options.get('create') === true),
  )) {
    const next = replaceIn(new Field(state.before, [], state.object).get(...place), value, options);
    if (next !== undefined && place.length > 1 && JSON.stringify(next).length <= LONGEST) {
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
