import type { Redact } from './redaction.ts';
import { mayBeSecret } from './secret.ts';

/** A line of a text, with the place in it that something is said about. */
export interface Excerpt {
  readonly line: string;
  /** Counted from 1. */
  readonly column: number;
}

/**
 * What may be shown of a line of a file: a secret is hidden by its shape, and everything after a name that says that one
 * follows. Undefined where there is nothing to show.
 */
export function excerptOf(line: string | undefined, column: number, redact: Redact): Excerpt | undefined {
  if (line === undefined || line.trim() === '') return undefined;
  const open = line.replace(NAMED, (all, name: string, value: string) =>
    mayBeSecret(name, value) ? all.slice(0, all.length - value.length).padEnd(all.length, '…') : all,
  );
  const before = redact(open.slice(0, column - 1));
  return { line: `${before}${redact(open.slice(column - 1))}`, column: before.length + 1 };
}

/** A line and a caret under the value at a column; nothing where the line is too wide for a terminal. */
export function excerptLines({ line, column }: Excerpt): string[] {
  if (line.length > WIDEST) return [];
  const before = line.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [`    | ${line}`, `    | ${before}${'^'.repeat(widthAt(line, column))}`];
}

/** The widest line that is shown, so that a caret stays under its value. */
const WIDEST = 160;

/** How many columns the value at a column takes: up to the end of its quotes, or of its plain text. */
function widthAt(line: string, column: number): number {
  return /^("[^"]*"|'[^']*'|[^\s,}\]]+)/.exec(line.slice(column - 1))?.[0].length ?? 1;
}

const NAMED = /([\w.-]+)["']?\s*[:=]\s*["']?([^\s{[|>&].*)/g;
