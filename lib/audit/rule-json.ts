import { exampleDifference } from './example.ts';
import type { Rule } from './rule.ts';

/** A rule for programs, as `schema/explain-report.json` describes it. */
export function ruleJson({ id, severity, whose, meaning, why, url, limits, examples }: Rule) {
  return {
    ...{ kind: 'rule', id, severity, whose, meaning, why, url },
    limits: limits ?? null,
    example: exampleDifference(examples),
  };
}
