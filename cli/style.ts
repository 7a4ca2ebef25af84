import type { WriteStream } from 'node:tty';
import type { Severity } from '../lib/text/severity.ts';
import { plain, type Style } from '../lib/text/style.ts';

/** Where a text goes: a terminal has columns, a file or a pipe has none. */
export type Output = Pick<Partial<WriteStream>, 'isTTY' | 'columns'>;

/** How a text looks there: without colours where its reader wants none, and folded on a terminal alone. */
export function styleFor(output: Output, noColor: boolean): Style {
  if (output.isTTY !== true) return plain;
  const { columns = 0 } = output;
  const width = columns < narrowest ? plain.width : Math.min(columns, widest);
  return hasColor(noColor) ? coloredStyle(width) : { ...plain, width };
}

/** How a text looks on a terminal with colours. */
export function coloredStyle(width: number): Style {
  return {
    title: (text) => paint(text, '1'),
    quiet: (text) => paint(text, '2'),
    file: (text) => paint(text, '4'),
    severity: (word, severity) => paint(word, codes[severity]),
    width,
  };
}

/** Beyond it, lines are hard to read. */
const widest = 120;

/** Below it, what is folded is no easier to read than what the terminal itself breaks. */
const narrowest = 40;

/** https://no-color.org */
function hasColor(noColor: boolean): boolean {
  return !noColor && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}

/**
 * Red and magenta can be read on a dark background and on a light one, which yellow and cyan cannot. What is no more than
 * worth knowing has no colour.
 */
const codes: Readonly<Record<Severity, string>> = { error: '1;31', warning: '1;35', info: '' };

function paint(text: string, code: string): string {
  return code === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
}
