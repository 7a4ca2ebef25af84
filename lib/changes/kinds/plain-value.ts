import { type Field, isMapping } from '../../manifests/field.ts';

/** Whether a value can be told in a few words, and holds nothing that may be secret. */
export function isPlain(field: Field): boolean {
  return wordsOf(field) !== undefined;
}

/** A value in words: a share as `server:path`, a volume by its size, a list by its items; else the way to it. */
export function plain(field: Field): string {
  return wordsOf(field) ?? field.path.join('.');
}

function wordsOf(field: Field): string | undefined {
  const { value, path } = field;
  if (value === undefined) return 'nothing';
  // What a Secret holds is never told, whatever its keys are called.
  if (path.includes('template') || ['data', 'binaryData', 'stringData'].includes(String(path[0]))) {
    return undefined;
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (field.items.length > 0) {
    return field.texts.length === field.items.length ? field.texts.join(', ') : undefined;
  }
  if (!isMapping(value)) return undefined;
  const at = (key: string) => field.at(key).text;
  const named =
    pairOf(at('server'), at('path')) ??
    pairOf(at('driver'), at('volumeHandle')) ??
    pairOf(at('kind'), at('name'), ' ') ??
    at('path') ??
    at('size') ??
    at('name');
  return named;
}

function pairOf(one: string | undefined, other: string | undefined, between = ':'): string | undefined {
  return one === undefined || other === undefined ? undefined : `${one}${between}${other}`;
}
