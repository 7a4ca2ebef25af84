import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';
import { unknownKey, type Wish, wishFor } from './wish.ts';

/**
 * One of several mappings, told apart by the key that only it has: `{ storageClass, size }`, `{ nfs, size }`.
 *
 * The names of the alternatives are those keys; each alternative is the schema of the whole mapping.
 */
export function variants<T>(alternatives: { readonly [key: string]: Schema<T> }): Schema<T> {
  const known = Object.values(alternatives).flatMap(keysOf);
  const choice = { names: Object.keys(alternatives), known: [...new Set(known)] };
  return {
    read: (value, at) => {
      const mapping = mappingIn(choice, value, at);
      if (mapping === undefined) return undefined;
      const chosen = onlyKeyOf(choice, mapping, at);
      if (chosen !== undefined) return alternatives[chosen]?.read(value, at);
      // No alternative is read that could tell of them.
      for (const [key, written] of unknownIn(choice, mapping)) {
        at.keyError(key, unknownKey(key, written, choice.known, at.wishes));
      }
      return undefined;
    },
    json: { oneOf: Object.values(alternatives).map((alternative) => alternative.json) },
  };
}

/** A mapping in which exactly one of `names` is written. */
export function exactlyOneOf<T>(names: readonly string[], schema: Schema<T>): Schema<T> {
  const choice = { names, known: keysOf(schema) };
  return {
    read: (value, at) => {
      const mapping = mappingIn(choice, value, at);
      if (mapping === undefined) return undefined;
      onlyKeyOf(choice, mapping, at);
      return schema.read(value, at);
    },
    json: { ...schema.json, allOf: [{ oneOf: names.map((name) => ({ required: [name] })) }] },
  };
}

/**
 * What `other` reads where the mapping has its key `name`, and what `usual` reads everywhere else. Keys that only
 * `usual` has exclude `name`.
 */
export function unlessKey<A, B>(name: string, other: Schema<A>, usual: Schema<B>): Schema<A | B> {
  const otherKeys = keysOf(other);
  const usualKeys = keysOf(usual).filter((key) => !otherKeys.includes(key));
  return {
    read: (value, at) => {
      if (typeof value !== 'object' || value === null || !writtenKeys(value).includes(name)) {
        return usual.read(value, at);
      }
      const excluded = writtenKeys(value).filter((key) => usualKeys.includes(key));
      for (const key of excluded) {
        at.keyError(key, `${quote(name)} and ${quote(key)} exclude each other. Keep one of them.`);
      }
      const rest = Object.entries(value).filter(([key]) => !excluded.includes(key));
      return other.read(Object.fromEntries(rest), at);
    },
    json: { oneOf: [usual.json, other.json] },
  };
}

/** A single word, or what `schema` reads. */
export function wordOr<const W extends string, T>(word: W, schema: Schema<T>): Schema<W | T> {
  return {
    read: (value, at) => (value === word ? word : schema.read(value, at)),
    json: { oneOf: [{ const: word }, schema.json] },
  };
}

/** A mapping of which exactly one key must be written. */
interface Choice {
  /** The keys of which one is written. */
  readonly names: readonly string[];
  /** All keys that may stand there. */
  readonly known: readonly string[];
}

function mappingIn({ names }: Choice, value: unknown, at: Place): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : at.error(`${quote(value)} is not a mapping. Write one of ${names.join(', ')} below it.`);
}

function onlyKeyOf(choice: Choice, mapping: object, at: Place): string | undefined {
  const { names } = choice;
  const written = writtenKeys(mapping);
  const [chosen, second] = names.filter((name) => written.includes(name));
  if (second !== undefined) {
    return at.keyError(second, `${quote(chosen)} and ${quote(second)} exclude each other. Keep one of them.`);
  }
  if (
    chosen === undefined &&
    !unknownIn(choice, mapping).some((entry) => isMeantFor(choice, entry, at.wishes))
  ) {
    return at.error(`One of ${names.join(', ')} is missing. Write exactly one of them.`);
  }
  return chosen;
}

function unknownIn({ known }: Choice, mapping: object): [key: string, value: unknown][] {
  return writtenIn(mapping).filter(([key]) => !known.includes(key));
}

/** In a construct's properties undefined means that the key is left out; a file cannot say it. */
function writtenIn(mapping: object): [key: string, value: unknown][] {
  return Object.entries(mapping).filter(([, value]) => value !== undefined);
}

function writtenKeys(mapping: object): string[] {
  return writtenIn(mapping).map(([key]) => key);
}

/** Whether an unknown key is one of the choice by another name, of which enough is said where it stands. */
function isMeantFor(
  { names, known }: Choice,
  [key, value]: readonly [key: string, value: unknown],
  wishes: readonly Wish[],
): boolean {
  const wish = wishFor(key, value, wishes);
  const meant = wish === undefined ? nearest(key, known) : /^\w+/.exec(wish.write ?? '')?.[0];
  return names.some((name) => name === meant);
}

function keysOf({ json }: Schema<unknown>): string[] {
  const ways = [json, ...(json.oneOf ?? [])];
  return [...new Set(ways.flatMap(({ properties = {} }) => Object.keys(properties)))];
}
