import type { Path } from '../text/path.ts';
import { isMapping } from './field.ts';
import table from './field-types.json' with { type: 'json' };
import type { KubernetesObject, Value } from './manifest.ts';

/** `either` is a number or a text; `any` is not known, or everything. A number is a mapping of the table. */
type FieldType = string | number | readonly [FieldType] | { readonly '*': FieldType };

interface Table {
  readonly kinds: { readonly [kind: string]: FieldType };
  readonly mappings: readonly { readonly [field: string]: FieldType }[];
}

/** A value of another type than its field has. */
export interface WrongType {
  readonly path: Path;
  readonly value: Value;
  /** What should stand there, such as `a text`. */
  readonly wanted: string;
}

/**
 * The first value in which an object differs from what it was and that is of another type than its field has by the
 * definition of its kind, from `imports/` and Kubernetes' own; undefined also for kinds that are not there.
 */
export function wrongTypeIn(before: KubernetesObject, after: KubernetesObject): WrongType | undefined {
  const { kinds } = read();
  const type = kinds[`${after.apiVersion}/${after.kind}`];
  return type === undefined ? undefined : difference(type, before, after, []);
}

let known: Table | undefined;

function read(): Table {
  const parsed: Table = known ?? JSON.parse(table);
  known = parsed;
  return parsed;
}

function difference(
  type: FieldType,
  before: Value | undefined,
  after: Value | undefined,
  path: Path,
): WrongType | undefined {
  // What is null is not there.
  if (after === undefined || after === null || type === 'any') return undefined;
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const wanted = wantedInstead(type, after);
  if (wanted !== undefined) return { path, value: after, wanted };
  const inside = Array.isArray(after) ? [...after.entries()] : isMapping(after) ? Object.entries(after) : [];
  for (const [step, value] of inside) {
    const found = difference(typeBelow(type, step), childOf(before, step), value, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeBelow(type: FieldType, step: string | number): FieldType {
  if (typeof type === 'number') return read().mappings[type]?.[step] ?? 'any';
  if (typeof type === 'string') return 'any';
  return isListType(type) ? type[0] : type['*'];
}

function childOf(value: Value | undefined, step: string | number): Value | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === String(step))?.[1];
}

function wantedInstead(type: FieldType, value: Value): string | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? undefined : 'a text';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer':
      return Number.isInteger(value) ? undefined : 'a whole number';
    case 'number':
      return typeof value === 'number' ? undefined : 'a number';
    case 'either':
      return typeof value === 'number' || typeof value === 'string' ? undefined : 'a number or a text';
    default:
      if (typeof type === 'string') return undefined;
      if (typeof type !== 'number' && isListType(type)) return Array.isArray(value) ? undefined : 'a list';
      return isMapping(value) ? undefined : 'a mapping';
  }
}

function isListType(type: readonly [FieldType] | { readonly '*': FieldType }): type is readonly [FieldType] {
  return Array.isArray(type);
}
