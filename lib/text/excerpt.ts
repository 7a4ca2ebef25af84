import type { Redact } from './redaction.ts';
import { mayBeSecret } from './secret.ts';
import { type Shown, show } from './shown.ts';
import type { Style } from './style.ts';

/** A line of a text, with the place in it that something is said about. */
export interface Excerpt {
  readonly line: Shown;
  /** Counted from 1. */
  readonly column: number;
}

/**
 * What may be shown of a line of a file: a secret is hidden by its shape, and everything after a name that says that one
 * follows. Undefined where there is nothing to show.
 */
export function excerptOf(line: string | undefined, column: number, redact: Redact): Excerpt | undefined {
  if (line === undefined || line.trim() === '') return undefined;
  const open = line.replace(named, (all, name: string, value: string) =>
    mayBeSecret(name, value) ? all.slice(0, all.length - value.length).padEnd(all.length, '…') : all,
  );
  const before = redact(open.slice(0, column - 1));
  return { line: show(`${before}${redact(open.slice(column - 1))}`), column: before.length + 1 };
}

/**
 * A line and a caret under the value at a column. The end of a line that is too wide is left out, so that the caret stays
 * under its value; where not even that can be shown, there is nothing.
 */
export function excerptLines({ line, column }: Excerpt, { quiet, title, width }: Style): string[] {
  const room = Math.min(width - margin.length, widest);
  const shown = line.length <= room ? line : `${line.slice(0, room - 1)}…`;
  const before = line.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const carets = Math.min(widthAt(line, column), shown.length - before.length);
  if (carets < 1) return [];
  return [`${quiet(margin)}${shown}`, `${quiet(margin)}${before}${title('^'.repeat(carets))}`];
}

/** What stands in front of a line of a file. */
const margin = '    | ';

/** The widest line that is shown where there is room for any. */
const widest = 160;

/** How many columns the value at a column takes: up to the end of its quotes, or of its plain text. */
function widthAt(line: string, column: number): number {
  return /^("[^"]*"|'[^']*'|[^\s,}\]]+)/.exec(line.slice(column - 1))?.[0].length ?? 1;
}

const named = /([\w.-]+)["']?\s*[:=]\s*["']?([^\s{[|>&].*)/g;
