import { type Examples, exampleDifference } from '../../lib/audit/example.ts';

/** The wrong document of a rule, as a reader finds it in the difference that the docs show. */
export function badExample(examples: Examples): string {
  return exampleDifference(examples)
    .split('\n')
    .filter((line) => !line.startsWith('+'))
    .map((line) => line.slice(1))
    .join('\n');
}
