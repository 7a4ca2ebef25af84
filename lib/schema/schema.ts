import type { JsonSchema } from './json-schema.ts';
import type { Place } from './place.ts';

/**
 * What one value of a file may be: how it is read, and how an editor and the reference are told.
 *
 * Everything about a key (type, default, description, check) stands once, in a schema; types, JSON Schema and the
 * reference page are derived from it.
 */
export interface Schema<T> {
  /** Reads plain data. Reports every problem to `at`, and returns undefined when there is no usable value. */
  readonly read: (value: unknown, at: Place) => T | undefined;
  /** The same as a JSON Schema, for editors. */
  readonly json: JsonSchema;
}

/** The type of the values that a schema reads. */
export type Read<S> = S extends Schema<infer T> ? T : never;

/** A schema whose values are checked once more, or turned into another type, after they were read. */
export function refine<A, B>(schema: Schema<A>, change: (value: A, at: Place) => B | undefined): Schema<B> {
  return {
    read: (value, at) => {
      const read = schema.read(value, at);
      return read === undefined ? undefined : change(read, at);
    },
    json: schema.json,
  };
}
