import { type FileProblem, problemExcerpt } from '../lib/installation/parse.ts';
import { fold } from '../lib/text/fold.ts';
import { severityCounts } from '../lib/text/severity.ts';
import type { Style } from '../lib/text/style.ts';
import { styleFor } from './style.ts';

/**
 * A problem of an installation file as every command tells it: where, how grave, what, and for an error the line with a
 * caret. A warning is one line, since it comes again at every run.
 */
export function problemLines(problem: FileProblem, style: Style): string[] {
  const { severity } = problem;
  return [
    problemLine(problem, style.severity(severity, severity), style),
    ...(severity === 'error' ? problemExcerpt(problem, style) : []),
  ];
}

/** What is wrong with a file of which nothing more can be said, as standard error shows it. */
export function errorText(errors: readonly FileProblem[], noColor: boolean): string {
  const style = styleFor(process.stderr, noColor);
  return [...errors.flatMap((error) => problemLines(error, style)), `${severityCounts(errors)}.`].join('\n');
}

/** A problem in one line of the form that editors and terminals understand, with a word that says how grave it is. */
export function problemLine(
  { file, line, column, key, message }: FileProblem,
  word: string,
  style: Style,
): string {
  const subject = key === '' ? '' : `${key}: `;
  return fold(`${file}:${line}:${column}: ${word}: ${subject}${message}`, style.width, 2);
}
