import type { Path } from '../text/path.ts';

/** A part of a value that somebody looked at. */
export interface Look {
  readonly path: Path;
  /** Whether all of it was seen, and not only that it is there. */
  readonly isWhole: boolean;
}

/** A value that notes what is looked at in it, of mappings and lists inside of it, too. */
export function watch<T extends object>(
  value: T,
): { readonly watched: T; readonly looks: () => readonly Look[] } {
  const noted = new Map<string, Look>();
  const watchers = new Map<string, object>();
  const note = (path: Path, isWhole: boolean) => {
    const id = JSON.stringify(path);
    if (isWhole || !noted.has(id)) noted.set(id, { path, isWhole });
  };
  // One for each place, so that what is the same stays the same.
  const watcherOf = (inside: object, path: Path): object => {
    const id = JSON.stringify(path);
    const known = watchers.get(id) ?? watcherAt(inside, path);
    watchers.set(id, known);
    return known;
  };
  const watcherAt = <V extends object>(inside: V, path: Path): V =>
    new Proxy(inside, {
      get: (target, key): unknown => {
        const found: unknown = Reflect.get(target, key);
        // Methods of lists are called on the watcher, and what they look at is noted then.
        if (typeof key === 'symbol' || (found !== undefined && !Object.hasOwn(target, key))) return found;
        if (Array.isArray(target) && key === 'length') {
          note(path, true);
          return found;
        }
        const steps = [...path, Array.isArray(target) ? Number(key) : key];
        note(steps, !isPlain(found));
        return isPlain(found) ? watcherOf(found, steps) : found;
      },
      ownKeys: (target) => {
        note(path, true);
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor: (target, key) => {
        if (typeof key === 'string' && !Array.isArray(target)) note([...path, key], false);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
  return { watched: watcherAt(value, []), looks: () => [...noted.values()] };
}

/** A list or a mapping, whose parts can be looked at one by one. */
function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
  );
}
