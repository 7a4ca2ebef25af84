import { quote } from '../text/quoting.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';
import { unknownKey } from './wish.ts';

/** One key of a mapping: its schema, what it means, and what holds when it is not written. */
export interface Key<T> {
  /** Reads the key's value out of the mapping at `at`; undefined when it is not written, or wrong. */
  readonly read: (value: unknown, at: Place, name: string) => T | undefined;
  readonly presence: 'required' | 'optional' | 'defaulted';
  readonly json: JsonSchema;
}

/**
 * A key that must be written. `description` is one sentence, with the unit where there is one.
 *
 * Where there is a `standIn`, a wrong or missing value is reported and then read as that, so that the rest of the file
 * can still be checked. What is checked between keys must then ask whether its keys are faulty.
 */
export function required<T>(schema: Schema<T>, description: string, standIn?: unknown): Key<T> {
  return {
    read: (value, at, name) => {
      const read =
        value === undefined
          ? at.missing(name, `${quote(name)} is missing. ${description}`)
          : schema.read(value, at.in(name));
      if (read === undefined) at.leaveUnread(name);
      return read ?? (standIn === undefined ? undefined : schema.read(standIn, at.unheard()));
    },
    presence: 'required',
    json: { ...schema.json, description },
  };
}

/** A key that may be left out; then there is no value. */
export function optional<T>(schema: Schema<T>, description: string): Key<T | undefined> {
  return {
    read: (value, at, name) => {
      if (value === undefined) return undefined;
      const read = schema.read(value, at.in(name));
      if (read === undefined) at.leaveUnread(name);
      return read;
    },
    presence: 'optional',
    json: { ...schema.json, description },
  };
}

/**
 * A key that may be left out; then it means the same as if `standard` were written.
 *
 * A wrong value is reported and then read as `standard`, so that the rest of the file can still be checked.
 */
export function defaulting<T>(schema: Schema<T>, standard: unknown, description: string): Key<T> {
  return {
    read: (value, at, name) => {
      const place = at.in(name);
      if (value === undefined) return schema.read(standard, place);
      const read = schema.read(value, place);
      if (read === undefined) at.leaveUnread(name);
      return read ?? schema.read(standard, place);
    },
    presence: 'defaulted',
    json: { ...schema.json, description, default: standard },
  };
}

type Keys = { readonly [name: string]: Key<unknown> };

/** The object that a mapping of these keys is read as. */
type Fields<K extends Keys> = {
  readonly [name in keyof K]: K[name] extends Key<infer T> ? T : never;
};

/** A mapping of known keys. An unknown key is an error that says what to write instead, or the nearest known one. */
export function mapping<const K extends Keys>(keys: K): Schema<Fields<K>> {
  const names = Object.keys(keys);
  return {
    read: (value, at) => {
      if (!isObject(value)) {
        const needed = names.filter((name) => keys[name]?.presence === 'required');
        // What has to be there says most of what is meant.
        const some = [...needed, ...names.filter((name) => !needed.includes(name))].slice(0, 3).join(', ');
        const named = `${some}${names.length > 3 ? ' and so on' : ''}`;
        return at.error(
          value === null
            ? `This is empty. Write ${named} below it, or remove the key.`
            : `${quote(value)} is not a mapping. Write ${named} below it.`,
        );
      }
      for (const [name, item] of Object.entries(value)) {
        // In a construct's properties undefined means that the key is left out; a file cannot say it.
        if (item !== undefined && !Object.hasOwn(keys, name)) {
          at.keyError(name, unknownKey(name, item, names, at.wishes));
        }
      }
      const fields = Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [
          name,
          key.read(Object.hasOwn(value, name) ? value[name] : undefined, at, name),
        ]),
      );
      return isComplete(fields, keys) ? fields : undefined;
    },
    json: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.json])),
      required: Object.entries(keys).flatMap(([name, key]) => (key.presence === 'required' ? [name] : [])),
    },
  };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether every key that the mapping cannot do without was read. */
function isComplete<K extends Keys>(
  fields: { readonly [name: string]: unknown },
  keys: K,
): fields is Fields<K> {
  return Object.entries(keys).every(
    ([name, key]) => key.presence === 'optional' || fields[name] !== undefined,
  );
}
