import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';
import { type Parsed, refuse, understand } from '../values/parsed.ts';
import { isList, isMapping } from './field.ts';
import type { Value } from './manifest.ts';

/** An operation of a JSON patch. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: string;
  readonly value?: Value | undefined;
}

/** The value after an operation, or why it cannot be done. https://www.rfc-editor.org/rfc/rfc6902 */
export function operate(target: Value, operation: Operation): Parsed<Value> {
  const steps = operation.path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return operateAt(target, steps, operation, '');
}

/**
 * A value with a patch merged into it: mappings by their keys, everything else as a whole, and null removes what must be
 * there. https://www.rfc-editor.org/rfc/rfc7386
 */
export function merge(target: Value | undefined, patch: Value, at = ''): Parsed<Value> {
  if (!isMapping(patch)) return understand(patch);
  const merged: { [field: string]: Value | undefined } = isMapping(target) ? { ...target } : {};
  for (const [key, value = null] of Object.entries(patch)) {
    const path = `${at}/${key}`;
    if (key.startsWith('$')) {
      return refuse(`${quote(path)} is no part of an object. Write null to remove one.`);
    }
    if (value === null) {
      if (merged[key] === undefined) {
        return refuse(`There is nothing at ${path} to remove.${keysText(merged, key)}`);
      }
      delete merged[key];
      continue;
    }
    const inside = merge(merged[key], value, path);
    if (!inside.ok) return inside;
    merged[key] = inside.value;
  }
  return understand(merged);
}

function operateAt(target: Value, steps: readonly string[], operation: Operation, at: string): Parsed<Value> {
  const [step, ...rest] = steps;
  if (step === undefined) return understand(target);
  if (isList(target)) return operateInList(target, { step, rest }, operation, at);
  if (!isMapping(target)) return refuse(`${operation.path} leads nowhere: ${at || '/'} is a single value.`);
  const inside = Object.hasOwn(target, step) ? target[step] : undefined;
  if (inside === undefined && (rest.length > 0 || operation.op !== 'add')) {
    return refuse(
      `${operation.path} leads nowhere: there is no ${quote(step)} at ${at || '/'}.${keysText(target, step)}`,
    );
  }
  if (rest.length > 0) {
    const changed = operateAt(inside ?? null, rest, operation, `${at}/${step}`);
    return changed.ok ? understand({ ...target, [step]: changed.value }) : changed;
  }
  if (operation.op === 'test') return test(inside, operation, target);
  const { [step]: _, ...others } = target;
  return understand(operation.op === 'remove' ? others : { ...others, [step]: operation.value ?? null });
}

function operateInList(
  target: readonly Value[],
  { step, rest }: { readonly step: string; readonly rest: readonly string[] },
  operation: Operation,
  at: string,
): Parsed<Value> {
  const isAdded = operation.op === 'add' && rest.length === 0;
  const index = step === '-' && isAdded ? target.length : /^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : -1;
  const inside = target[index];
  if (index < 0 || (inside === undefined && !(isAdded && index <= target.length))) {
    return refuse(
      `${operation.path} leads nowhere: ${at} is a list of ${target.length}, counted from 0, and ${quote(step)} is none of them.`,
    );
  }
  const before = target.slice(0, index);
  if (isAdded) return understand([...before, operation.value ?? null, ...target.slice(index)]);
  const after = target.slice(index + 1);
  if (rest.length > 0) {
    const changed = operateAt(inside ?? null, rest, operation, `${at}/${step}`);
    return changed.ok ? understand([...before, changed.value, ...after]) : changed;
  }
  if (operation.op === 'test') return test(inside, operation, target);
  return understand([...before, ...(operation.op === 'remove' ? [] : [operation.value ?? null]), ...after]);
}

function test(found: Value | undefined, { path, value }: Operation, target: Value): Parsed<Value> {
  return isEqual(found, value)
    ? understand(target)
    : refuse(
        `${path} is another value than the patch asks for. Look at it in dist, and patch what is there.`,
      );
}

/** Whether two values are the same, in whatever order their keys are. */
function isEqual(one: Value | undefined, other: Value | undefined): boolean {
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  }
  if (isMapping(one) && isMapping(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => isEqual(one[key], other[key]));
  }
  return one === other;
}

function keysText(mapping: { readonly [field: string]: Value | undefined }, wanted: string): string {
  const keys = Object.keys(mapping);
  const meant = nearest(wanted, keys);
  if (meant !== undefined) return ` Did you mean ${quote(meant)}?`;
  return keys.length === 0 || keys.length > 12 ? '' : ` It has ${keys.sort().join(', ')}.`;
}
