import { exampleDifference } from './example.ts';
import type { Rule } from './rule.ts';

/** All that there is to say of a rule, for a terminal. */
export function explanation({ id, severity, meaning, why, url, examples }: Rule): string {
  return [
    `${id} (${severity})`,
    '',
    meaning,
    why,
    `Read on: ${url}`,
    '',
    'For instance (- is wrong, + is right):',
    indented(exampleDifference(examples)),
    '',
    `To silence it for one value: # immich-audit: ignore ${id} <why it is right here>`,
    '',
  ].join('\n');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
