import { fold } from '../text/fold.ts';
import type { Style } from '../text/style.ts';
import { exampleDifference } from './example.ts';
import type { Rule } from './rule.ts';

/** All that there is to say of a rule, for a terminal. */
export function explanation(
  { id, severity, whose, meaning, why, url, limits, examples }: Rule,
  style: Style,
): string {
  return [
    `${style.title(id)} (${style.severity(severity, severity)}, ${whoseWords[whose]})`,
    '',
    ...[meaning, why, ...(limits === undefined ? [] : [`Known limits: ${limits}`])].map((line) =>
      fold(line, style.width),
    ),
    `Read on: ${url}`,
    '',
    'For instance (- is wrong, + is right):',
    indent(exampleDifference(examples)),
    '',
    `To silence it for one value: # immich-audit: ignore ${id} <why it is right here>`,
    '',
  ].join('\n');
}

/** Who says that it is wrong, in few words. */
export const whoseWords: Readonly<Record<Rule['whose'], string>> = {
  upstream: 'as upstream says',
  ours: 'as we think wise',
};

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
