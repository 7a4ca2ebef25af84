import { type Shown, showJson } from '../../lib/text/shown.ts';
import type { Style } from '../../lib/text/style.ts';

/** How an answer is written. */
export interface AnswerFormat {
  readonly isJson: boolean;
  readonly style: Style;
  readonly noColor: boolean;
}

/** An answer for programs, as `schema/explain-report.json` describes it. */
export function jsonAnswer(answer: object): Shown {
  return showJson({ version: 1, ...answer });
}
