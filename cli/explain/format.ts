import type { Style } from '../../lib/text/style.ts';

/** How an answer is written. */
export interface AnswerFormat {
  readonly isJson: boolean;
  readonly style: Style;
  readonly noColor: boolean;
}

/** An answer for programs, as `schema/explain-report.json` describes it. */
export function jsonAnswer(answer: object): string {
  return `${JSON.stringify({ version: 1, ...answer }, null, 2)}\n`;
}
