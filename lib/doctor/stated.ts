import { isList, isMapping } from '../manifests/field.ts';
import type { Value } from '../manifests/manifest.ts';
import { parseQuantity } from '../values/quantity.ts';

/**
 * The part of a living value that a stated one speaks of: what the API server and operators add is left out, and what
 * they write in another way is written as it was stated. So the two are the same unless somebody changed what was stated.
 */
export function asFarAsStated(stated: Value | undefined, living: Value | undefined): Value | undefined {
  if (stated === undefined || meansTheSame(stated, living)) return stated;
  if (isMapping(stated) && isMapping(living)) {
    return Object.fromEntries(
      Object.entries(stated).map(([key, value]) => [key, asFarAsStated(value, ownOf(living, key))]),
    );
  }
  if (isList(stated) && isList(living)) return listAsFarAsStated(stated, living);
  return living;
}

/** Items with names are found by them, wherever they stand, and those that others added do not count. */
function listAsFarAsStated(stated: readonly Value[], living: readonly Value[]): readonly Value[] {
  const names = stated.map(nameIn);
  if (stated.length > 0 && names.every((name) => name !== undefined)) {
    return names.flatMap((name, index) => {
      const item = living.find((one) => nameIn(one) === name);
      const trimmed = item === undefined ? undefined : asFarAsStated(stated[index], item);
      return trimmed === undefined ? [] : [trimmed];
    });
  }
  return living.map((item, index) => asFarAsStated(stated[index], item) ?? item);
}

function nameIn(item: Value): string | undefined {
  const name = isMapping(item) ? ownOf(item, 'name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function ownOf(mapping: { readonly [field: string]: Value | undefined }, key: string): Value | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** Whether the API server only writes it in another way. */
function meansTheSame(stated: Value, living: Value | undefined): boolean {
  if (stated === living) return true;
  // What says nothing is left out when it is stored: `ingress: []`, `readOnly: false`.
  if (living === undefined || living === null) return isHollow(stated);
  if (typeof stated === 'string' && typeof living === 'string' && stated.includes('$')) {
    return filledIn(stated).test(living);
  }
  return isScalar(stated) && isScalar(living) && amountOf(stated) === amountOf(living);
}

/** What Flux may make of a text when it fills in variables, whose values are not ours to know, and takes doubled dollars for one. */
function filledIn(text: string): RegExp {
  const pattern = text
    .split(/(\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$\$)/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      return part === '$$' ? '\\$\\$?' : '.*';
    })
    .join('');
  return new RegExp(`^${pattern}$`, 's');
}

function isHollow(value: Value): boolean {
  if (isList(value)) return value.length === 0;
  if (isMapping(value)) return Object.values(value).every((one) => one === undefined || isHollow(one));
  return value === null || value === false || value === '' || value === 0;
}

function isScalar(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** `500m` is stored as it is, `1000m` as `1`, `1024Mi` as `1Gi`, and a number in a quantity as a text. */
function amountOf(value: string | number): string | number {
  const quantity = parseQuantity(String(value));
  return quantity.ok ? quantity.value.amount : value;
}
