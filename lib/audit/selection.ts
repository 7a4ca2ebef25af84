import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';
import { type Finding, type Severity, severities } from './finding.ts';
import { allRules } from './rules.ts';
import { commentRules } from './silence.ts';

/** What an audit is to tell of. */
export interface Selection {
  /** The ids of the rules. */
  readonly rules: ReadonlySet<string>;
  /** The mildest severity. */
  readonly mildest: Severity;
}

/** All that there is. */
export const everything: Selection = {
  rules: new Set([...allRules, ...commentRules].map(({ id }) => id)),
  mildest: 'info',
};

/**
 * Rules by their names, without some of them; a sentence where one is not known, or none is left. Names may stand in one
 * text with commas between them.
 *
 * @param selected None for all rules.
 */
export function selectionOf(
  selected: readonly string[],
  ignored: readonly string[],
  mildest: Severity,
): Selection | string {
  const names = { selected: namesIn(selected), ignored: namesIn(ignored) };
  const unknown = [...names.selected, ...names.ignored].find((name) => !everything.rules.has(name));
  if (unknown !== undefined) return `There is no rule ${quote(unknown)}. ${ruleSuggestion(unknown)}`;
  const rules = new Set(selected.length === 0 ? everything.rules : names.selected);
  for (const name of names.ignored) rules.delete(name);
  return rules.size === 0 ? 'No rule is left to ask. Leave a rule out of --ignore.' : { rules, mildest };
}

/** Whether a finding is told. */
export function isTold({ rule, severity }: Finding, { rules, mildest }: Selection): boolean {
  return rules.has(rule) && severities.indexOf(severity) <= severities.indexOf(mildest);
}

/** What to write instead of the name of a rule that nobody knows. */
export function ruleSuggestion(name: string): string {
  const near = nearest(name, [...everything.rules]);
  return near === undefined ? 'List them with --rules.' : `Did you mean ${near}?`;
}

function namesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(',')).map((name) => name.trim());
}
