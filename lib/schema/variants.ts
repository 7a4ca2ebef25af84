import { quoted } from '../text/quoting.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';

/**
 * One of several mappings, told apart by the key that only it has: `{ storageClass, size }`, `{ nfs, size }`.
 *
 * The names of the alternatives are those keys; each alternative is the schema of the whole mapping.
 */
export function variants<T>(alternatives: { readonly [key: string]: Schema<T> }): Schema<T> {
  const names = Object.keys(alternatives);
  return {
    read: (value, at) => {
      const chosen = onlyKeyOf(names, value, at);
      return chosen === undefined ? undefined : alternatives[chosen]?.read(value, at);
    },
    json: { oneOf: Object.values(alternatives).map((alternative) => alternative.json) },
  };
}

/** A mapping in which exactly one of `names` is written. */
export function exactlyOneOf<T>(names: readonly string[], schema: Schema<T>): Schema<T> {
  return {
    read: (value, at) => {
      onlyKeyOf(names, value, at);
      return schema.read(value, at);
    },
    json: schema.json,
  };
}

function onlyKeyOf(names: readonly string[], value: unknown, at: Place): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return at.error(`${quoted(value)} is not a mapping. Write one with one of ${names.join(', ')}.`);
  }
  const written = new Map<string, unknown>(Object.entries(value));
  const [chosen, second] = names.filter((name) => written.get(name) !== undefined);
  if (chosen === undefined) {
    return at.error(`One of ${names.join(', ')} is missing. Write exactly one of them.`);
  }
  if (second !== undefined) {
    return at.keyError(second, `"${chosen}" and "${second}" exclude each other. Keep one of them.`);
  }
  return chosen;
}

/** A single word, or what `schema` reads. */
export function wordOr<const W extends string, T>(word: W, schema: Schema<T>): Schema<W | T> {
  return {
    read: (value, at) => (value === word ? word : schema.read(value, at)),
    json: { oneOf: [{ const: word }, schema.json] },
  };
}
