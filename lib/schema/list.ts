import { quote } from '../text/quoting.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';

/** A list whose entries are all of one kind. */
export function list<T>(entry: Schema<T>): Schema<readonly T[]> {
  return {
    read: (value, at) => {
      if (!Array.isArray(value)) {
        return at.error(`${quote(value)} is not a list. Write [${exampleOf(entry, value, at)}].`);
      }
      const entries: unknown[] = value;
      const read = entries.map((item, index) => entry.read(item, at.in(index)));
      const usable = read.filter((item) => item !== undefined);
      return usable.length === read.length ? usable : undefined;
    },
    json: { type: 'array', items: entry.json },
  };
}

/** A list that is not empty. */
export function notEmpty<T>(schema: Schema<readonly T[]>): Schema<readonly T[]> {
  return {
    read: (value, at) => {
      const read = schema.read(value, at);
      return read?.length === 0
        ? at.error('The list is empty. Write at least one entry, or leave the key out.')
        : read;
    },
    json: { ...schema.json, minItems: 1 },
  };
}

/** What a list could hold: the value itself, where it only lacks its brackets. */
function exampleOf(entry: Schema<unknown>, value: unknown, at: Place): string {
  if (typeof value === 'string' && entry.read(value, at.unheard()) !== undefined) return quote(value);
  const [example] = entry.json.examples ?? [];
  return example === undefined ? 'one, two' : quote(example);
}

/** A mapping whose keys the user names, and whose values are all of one kind. */
export function record<T>(name: Schema<string>, entry: Schema<T>): Schema<{ readonly [name: string]: T }> {
  return {
    read: (value, at) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return at.error(`${quote(value)} is not a mapping. Write { name: value }.`);
      }
      const read: [string, T][] = [];
      for (const [key, item] of Object.entries(value)) {
        const usableName = name.read(key, at.key(key));
        const usable = entry.read(item, at.in(key));
        if (usableName === undefined || usable === undefined) at.leaveUnread(key);
        else read.push([usableName, usable]);
      }
      return Object.fromEntries(read);
    },
    json: { type: 'object', propertyNames: name.json, additionalProperties: entry.json },
  };
}
