export { quote } from '../text/quoting.ts';

/** What a parser of a value answers: the value, or a sentence that says what is wrong and what to write instead. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** The text was understood. */
export function understand<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/**
 * The text was refused. The message starts with the quoted bad value and has no file or path in front:
 * whoever knows where the value stands adds them.
 */
export function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** A list in words: `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
