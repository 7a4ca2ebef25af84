import type { Value } from '../manifests/manifest.ts';
import { inlineOf } from './scalar.ts';

/** A value between brackets and braces on one line; the keys of each mapping in the order of `keysOf`. */
export function flowOf(value: Value, keysOf: (value: Mapping) => readonly string[] = Object.keys): string {
  if (typeof value === 'string') return inlineOf(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const { open, parts, close } = flowParts(value, keysOf);
  return `${open}${parts.join(', ')}${close}`;
}

/**
 * The same on as few lines as `width` allows, broken between the outermost parts. Undefined where a part alone is wider,
 * or where a text of several lines is inside, which is read line by line.
 *
 * @param start What stands in front of it on its first line.
 * @param indent What stands in front of it on the others.
 */
export function flowLines(
  start: string,
  value: Mapping | readonly Value[],
  { indent, width, keysOf }: { indent: string; width: number; keysOf: (value: Mapping) => readonly string[] },
): readonly string[] | undefined {
  if (hasLines(value)) return undefined;
  const { open, parts, close } = flowParts(value, keysOf);
  const lines: string[] = [];
  let line = `${start} ${open}`;
  for (const [index, part] of parts.entries()) {
    const piece = `${part}${index === parts.length - 1 ? close : ','}`;
    if (index > 0 && line.length + 1 + piece.length > width) {
      lines.push(line);
      line = indent + piece;
    } else {
      line = index === 0 ? line + piece : `${line} ${piece}`;
    }
  }
  lines.push(parts.length === 0 ? line + close : line);
  return lines.every(({ length }) => length <= width) ? lines : undefined;
}

/** What a mapping or a list is on one line, in pieces between which a line may end. */
function flowParts(value: Mapping | readonly Value[], keysOf: (value: Mapping) => readonly string[]) {
  if (isSequence(value)) return { open: '[', parts: value.map((item) => flowOf(item, keysOf)), close: ']' };
  const parts = keysOf(value).flatMap((key) => {
    const inner = value[key];
    return inner === undefined ? [] : [`${inlineOf(key)}: ${flowOf(inner, keysOf)}`];
  });
  return parts.length === 0 ? { open: '{', parts, close: '}' } : { open: '{ ', parts, close: ' }' };
}

function hasLines(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLines);
}

export type Mapping = { readonly [field: string]: Value | undefined };

/** `Array.isArray` does not narrow readonly arrays: https://github.com/microsoft/TypeScript/issues/17002 */
export function isSequence(value: Mapping | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
