import type { Severity } from './severity.ts';

/** How a text looks to its reader. Each function returns its text, perhaps with a colour around it. */
export interface Style {
  readonly title: (text: string) => string;
  /** What can be passed over. */
  readonly quiet: (text: string) => string;
  /** A file that what follows is about. */
  readonly file: (text: string) => string;
  /** A word, and how grave what it says is. */
  readonly severity: (word: string, severity: Severity) => string;
  /** How many columns a line may have; no end to them where nobody looks at a screen. */
  readonly width: number;
}

/** For files, pipes, and those who want no colours. */
export const plain: Style = {
  title: (text) => text,
  quiet: (text) => text,
  file: (text) => text,
  severity: (word) => word,
  width: Number.POSITIVE_INFINITY,
};
