import type { Field } from './field.ts';

/** The name of an object; empty where it has none. */
export function nameOf(object: Field): string {
  return object.at('metadata', 'name').text ?? '';
}
