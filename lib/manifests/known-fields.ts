import type { Field } from './field.ts';
import kinds from './known-fields.json' with { type: 'json' };

/**
 * The fields of a mapping, by name; `*` stands for any name. Where there are none, whatever stands there is accepted.
 * A list has the fields of its items.
 */
export interface Fields {
  readonly [name: string]: Fields;
}

/**
 * The fields that the definition of an object's kind knows, from `imports/`; undefined for kinds and versions that are
 * not there. `npm run docs` writes them.
 */
export function knownFields({ manifest: { object } }: Field): Fields | undefined {
  return knownKinds.get(`${object.apiVersion}/${object.kind}`);
}

const knownKinds: ReadonlyMap<string, Fields> = new Map(Object.entries<Fields>(kinds));
