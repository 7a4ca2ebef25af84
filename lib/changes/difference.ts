import { isList, isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';

/** A field that is not the same in two objects. */
export interface Difference {
  /** The way as people say it, items of lists by their names: `spec.containers[server].image`. */
  readonly way: string;
  /** The way in the later object; in the earlier one when the field is gone. */
  readonly path: Path;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** Every field in which two values differ, as deep as both are of one shape. Items of lists are matched by `name`. */
export function differences(before: Value | undefined, after: Value | undefined): Difference[] {
  const found: Difference[] = [];
  compare(before, after, '', [], found);
  return found;
}

/** Whether two values are the same, whatever the order of their keys. */
export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return one === other || differences(one, other).length === 0;
}

function compare(
  before: Value | undefined,
  after: Value | undefined,
  way: string,
  path: Path,
  found: Difference[],
): void {
  if (before === after) return;
  const [earlier, later] = openWays.has(way) ? [before ?? {}, after ?? {}] : [before, after];
  if (isMapping(earlier) && isMapping(later)) {
    for (const key of new Set([...Object.keys(earlier), ...Object.keys(later)])) {
      compare(own(earlier, key), own(later, key), way === '' ? key : `${way}.${key}`, [...path, key], found);
    }
  } else if (isList(before) && isList(after)) {
    compareLists(before, after, way, path, found);
  } else {
    found.push({ way, path, before, after });
  }
}

/** Mappings of which each entry counts by itself, also where all of them come or go. */
const openWays: ReadonlySet<string> = new Set(['metadata.annotations', 'metadata.labels']);

function compareLists(
  before: readonly Value[],
  after: readonly Value[],
  way: string,
  path: Path,
  found: Difference[],
): void {
  const [earlier, later] = [byName(before), byName(after)];
  if (earlier !== undefined && later !== undefined) {
    for (const name of new Set([...earlier.keys(), ...later.keys()])) {
      const [one, other] = [earlier.get(name), later.get(name)];
      const index = other?.index ?? one?.index ?? 0;
      compare(one?.item, other?.item, `${way}[${name}]`, [...path, index], found);
    }
    return;
  }
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    compare(before[index], after[index], `${way}[${index}]`, [...path, index], found);
  }
}

/** The items of a list by their names; undefined when it is not such a list. */
function byName(list: readonly Value[]): Map<string, { item: Value; index: number }> | undefined {
  const items = new Map<string, { item: Value; index: number }>();
  for (const [index, item] of list.entries()) {
    const name = isMapping(item) ? own(item, 'name') : undefined;
    if (typeof name !== 'string' || items.has(name)) return undefined;
    items.set(name, { item, index });
  }
  return items;
}

function own(mapping: { readonly [field: string]: Value | undefined }, key: string): Value | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
