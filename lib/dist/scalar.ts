/** How long a line of dist is, where a text can be broken. */
export const longest = 100;

/**
 * A string, number, boolean or null as YAML.
 *
 * A string stands without quotes only where every reader takes it for that string: YAML 1.1 (the Go library
 * behind kubectl, kustomize and Flux) reads more words and digits as something else than YAML 1.2 does. So
 * strings are plain by a list of what is safe, not quoted by a list of what is dangerous.
 *
 * @param indent The white space in front of the lines of a block scalar.
 * @param width How long its lines are.
 */
export function scalarOf(value: string | number | boolean | null, indent: string, width = longest): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isText(value)) {
    if (value.includes('\n')) return literal(value, indent);
    if (value.length > width && isFoldable(value)) return foldBlock(value, indent, width);
  }
  return isPlain(value) ? value : quoteScalar(value);
}

/** A key of a mapping as YAML: like a value, but always on one line. */
export function keyOf(key: string): string {
  return isPlain(key) ? key : quoteScalar(key);
}

/** A text as YAML on one line that may stand between braces, where a question mark ends it for some readers. */
export function inlineOf(text: string): string {
  return /[,?[\]{}]/.test(text) ? quoteScalar(text) : keyOf(text);
}

/** Breaks a line that is too long at its spaces so that no line is wider than `width`, unless a word is. */
export function wrap(line: string, width: number): string[] {
  return line.length <= width ? [line] : pack(line.split(' '), width);
}

/** Lines of as many pieces as `width` has room for, unless a piece alone is wider. */
export function pack(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces) {
    if (current !== '' && current.length + 1 + piece.length > width) {
      lines.push(current);
      current = piece;
    } else {
      current = current === '' ? piece : `${current} ${piece}`;
    }
  }
  return [...lines, current];
}

// What follows is about strings only.

/** Letters, digits, a path or a flag, then anything printable in ASCII. */
const plainCharacters = /^(?:-{0,2}[A-Za-z_/]|\.{1,2}\/|\d)[ -~]*$/;

/** What ends a plain string early: a key's colon, a comment, a space at the end. */
const plainEnd = /:(?: |$)| #| $/;

/** https://yaml.org/type/bool.html and null.html, which YAML 1.2 has shortened. */
const word = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** Numbers in all bases, base 60 (`12:30:45`), dates, times, and schedules, which look better in quotes; `-e0` is one in YAML 1.1. */
const numeric = /^-?[\deE][-\d+.:_eEtTzZ */,]*$|^0[xXoObB]/;

function isPlain(value: string): boolean {
  return plainCharacters.test(value) && !plainEnd.test(value) && !word.test(value) && !numeric.test(value);
}

/** Whether a block scalar shows the string truly: no control characters, nothing that an editor trims. */
function isText(value: string): boolean {
  return (
    /^[^\s]/.test(value) &&
    !/[^\n\t -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[ \t]\n|[ \t]$|\n\n$/.test(value)
  );
}

/** Whether lines can be joined again by single spaces. */
function isFoldable(value: string): boolean {
  return value.includes(' ') && !/ {2}|\t/.test(value);
}

function literal(value: string, indent: string): string {
  const keepsEnd = value.endsWith('\n');
  const lines = (keepsEnd ? value.slice(0, -1) : value).split('\n');
  return block(keepsEnd ? '|' : '|-', lines, indent);
}

function foldBlock(value: string, indent: string, width: number): string {
  return block('>-', wrap(value, Math.max(60, width - indent.length)), indent);
}

function block(indicator: string, lines: readonly string[], indent: string): string {
  return [indicator, ...lines.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

/** JSON's quoting is YAML's, apart from characters that YAML 1.1 takes for line breaks or refuses. */
function quoteScalar(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
