import { isList, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';
import type { MergeShape } from './merge-keys.ts';

/** Told of what a merge does: paths are those afterwards, before, and in the patch. */
export interface MergeNotes {
  wrote(at: Path, from: Path): void;
  moved(at: Path, before: Path): void;
}

/** A place that is merged: its path afterwards, before, and in the patch. */
interface Place {
  readonly at: Path;
  readonly was: Path;
  readonly from: Path;
}

/**
 * Merges a patch as kustomize merges strategically: mappings by their keys, lists by the fields that tell their items apart
 * where the kind has such, other lists as a whole. `null` and `$patch: delete` remove, `$patch: replace` replaces.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/yaml/merge2/merge2.go
 */
export function merge(
  target: Value | undefined,
  patch: Value | undefined,
  shape: MergeShape | undefined,
  notes: MergeNotes,
  place: Place = { at: [], was: [], from: [] },
): Value | undefined {
  if (isMapping(patch)) {
    if (patch['$patch'] === 'delete') return undefined;
    if (isMapping(target) && patch['$patch'] !== 'replace') {
      return mergeMappings(target, patch, shape, notes, place);
    }
  }
  if (isList(patch) && isList(target) && shape?.keys !== undefined) {
    const directive = directiveOf(patch);
    if (directive === 'delete') return undefined;
    if (directive === undefined) return mergeLists(target, patch, shape, shape.keys, notes, place);
  }
  notes.wrote(place.at, place.from);
  return withoutDirectives(patch, shape);
}

type Mapping = { readonly [field: string]: Value | undefined };

function mergeMappings(
  target: Mapping,
  patch: Mapping,
  shape: MergeShape | undefined,
  notes: MergeNotes,
  { at, was, from }: Place,
): Value {
  const merged: Record<string, Value | undefined> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch') continue;
    const next =
      value === null
        ? undefined
        : merge(merged[key], value, shape?.fields?.[key], notes, {
            at: [...at, key],
            was: [...was, key],
            from: [...from, key],
          });
    if (next === undefined) {
      delete merged[key];
    } else {
      merged[key] = next;
    }
  }
  return merged;
}

/**
 * The items of the patch come first, then those that it does not name. Where items are told apart by two fields, those that
 * were there keep their places, and one that says less of itself, or more, than the patch does is not patched at all.
 */
function mergeLists(
  target: readonly Value[],
  patch: readonly Value[],
  shape: MergeShape,
  keys: readonly string[],
  notes: MergeNotes,
  { at, was, from }: Place,
): Value {
  const used = keys.filter((key) =>
    [...target, ...patch].some((item) => isMapping(item) && item[key] !== undefined),
  );
  const items = patch.filter((item, index) => patch.findIndex((one) => isSame(one, item, used)) === index);
  const olds = items.map((item) => target.findIndex((one) => isSame(one, item, used)));
  const isNew = (index: number) => olds[index] === -1;
  const isDropped = (item: Value, index: number) =>
    used.length > 1 && isNew(index) && target.some((one) => isAlike(one, item, used));
  const entries = items.flatMap((item, index) =>
    isDropped(item, index) ? [] : { item, old: olds[index] ?? -1 },
  );
  const rest = target.flatMap((_, old) => (olds.includes(old) ? [] : { item: undefined, old }));
  const all =
    used.length > 1
      ? [
          ...entries.filter(({ old }) => old < 0),
          ...target.map((_, old) => entries.find((one) => one.old === old) ?? { item: undefined, old }),
        ]
      : [...entries, ...rest];
  const merged: Value[] = [];
  for (const { item, old } of all) {
    const place = { at: [...at, merged.length], was: [...was, old] };
    // Kustomize forgets an item that is to be replaced alone.
    const isKept = item === undefined || (old >= 0 && isMapping(item) && item['$patch'] === 'replace');
    const next = isKept
      ? target[old]
      : merge(target[old], item, { fields: shape.fields ?? {} }, notes, {
          ...place,
          from: [...from, patch.indexOf(item)],
        });
    if (next === undefined) continue;
    if (old >= 0 && (old !== merged.length || !isKept)) notes.moved(place.at, place.was);
    merged.push(next);
  }
  return merged;
}

/** Whether two items are the same one. */
function isSame(one: Value, other: Value, keys: readonly string[]): boolean {
  if (!isMapping(one) || !isMapping(other)) return keys.length === 0 && one === other;
  return keys.length > 0 && keys.every((key) => String(one[key] ?? '') === String(other[key] ?? ''));
}

/** Whether two items may be the same one, if what only one of them says holds for both. */
function isAlike(one: Value, other: Value, keys: readonly string[]): boolean {
  if (!isMapping(one) || !isMapping(other)) return false;
  const common = keys.filter((key) => one[key] !== undefined && other[key] !== undefined);
  return common.length > 0 && common.every((key) => String(one[key]) === String(other[key]));
}

/** What an item with nothing but `$patch` says of the whole list. */
function directiveOf(list: readonly Value[]): Value | undefined {
  const item = list.find((one) => isMapping(one) && Object.keys(one).join() === '$patch');
  return isMapping(item) ? item['$patch'] : undefined;
}

/** What stands there where nothing stood before. */
function withoutDirectives(value: Value | undefined, shape: MergeShape | undefined): Value | undefined {
  if (isList(value)) {
    return shape?.keys === undefined
      ? value
      : value
          .filter((item) => !isMapping(item) || Object.keys(item).join() !== '$patch')
          .flatMap((item) => withoutDirectives(item, { fields: shape.fields ?? {} }) ?? []);
  }
  if (!isMapping(value)) return value;
  if (value['$patch'] === 'delete') return undefined;
  const entries = Object.entries(value).flatMap(([key, below]): [string, Value][] => {
    const next =
      key === '$patch' || below === null ? undefined : withoutDirectives(below, shape?.fields?.[key]);
    return next === undefined ? [] : [[key, next]];
  });
  return Object.fromEntries(entries);
}
