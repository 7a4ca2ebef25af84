/** A line of a text, with the place in it that something is said about. */
export interface Excerpt {
  readonly line: string;
  /** Counted from 1. */
  readonly column: number;
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
