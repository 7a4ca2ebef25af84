import { variablesIn } from '../text/flux-variables.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';

/** A value as JSON has it. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Whatever YAML can say, for parts of objects that are not ours to describe. */
export const plainData: Schema<PlainValue> = { read: (value, at) => read(value, at, []), json: {} };

/** `around` is what the value is part of: by an alias a value of YAML can be part of itself. */
function read(value: unknown, at: Place, around: readonly object[]): PlainValue | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') {
    const [variable] = variablesIn(value).filter((name) => at.variables.names.includes(name));
    return variable === undefined
      ? value
      : at.error(`"\${${variable}}" is filled in in hosts and addresses, and not here. Write its value.`);
  }
  if (typeof value !== 'object') return at.error('This is nothing that Kubernetes could read. Remove it.');
  if (around.includes(value)) return at.error('This value is part of itself, by an alias. Write it out.');
  const inside = [...around, value];
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return items.flatMap((item, index) => read(item, at.in(index), inside) ?? []);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, read(item, at.in(key), inside) ?? null]),
  );
}
