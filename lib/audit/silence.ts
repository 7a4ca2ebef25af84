import type { Directive } from '../repository/directive.ts';
import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';
import { show } from '../text/shown.ts';
import type { Finding } from './finding.ts';
import { rulePageOf } from './rule-page.ts';

/** The id of what is said of a comment that silences a rule without a reason, or one that does not exist. */
const badIgnore = {
  id: 'ignore-without-reason',
  severity: 'warning',
  meaning: 'A comment silences a rule without saying why, or names no rule.',
  why: 'A comment without a reason leaves the next reader to guess whether the finding was looked at or only in the way. It therefore silences nothing, and the finding is still told.',
  url: rulePageOf('ignore-without-reason'),
} as const;

/** The id of what is said of a comment that silences a rule where it has nothing to say. */
const unusedIgnore = {
  id: 'unused-ignore',
  severity: 'info',
  meaning: 'A comment silences a rule that has nothing to say there.',
  why: 'What it spoke of was mended, or moved away from it. A comment that stays behind hides the next mistake at its place, and tells readers of a problem that is gone.',
  url: rulePageOf('unused-ignore'),
} as const;

/** What is said of the comments themselves. */
export const commentRules = [badIgnore, unusedIgnore] as const;

/**
 * Findings without those that comments silence, and with those about the comments themselves.
 *
 * @param rules All rules that a comment may name.
 * @param asked The rules that were asked about all there is, so that a comment that silences nothing of theirs is not needed.
 */
export function silence(
  findings: readonly Finding[],
  directives: readonly Directive[],
  rules: ReadonlySet<string>,
  asked: ReadonlySet<string> = new Set(),
): Finding[] {
  const found = new Set(findings.map(({ file, line, rule }) => placeOf(file, line, rule)));
  const silent = new Set(
    directives.filter(({ reason, rule }) => reason !== '' && rules.has(rule)).flatMap(placesOf),
  );
  return [
    ...findings.filter(({ file, line, rule }) => !silent.has(placeOf(file, line, rule))),
    ...directives.flatMap((directive) => {
      const { rule, reason } = directive;
      if (!rules.has(rule) || reason === '') return complaint(directive, rules);
      return asked.has(rule) && !placesOf(directive).some((place) => found.has(place))
        ? unusedFinding(directive)
        : [];
    }),
  ];
}

function placesOf({ file, line, target, rule }: Directive): string[] {
  return [placeOf(file, line, rule), placeOf(file, target, rule)];
}

function placeOf(file: string, line: number | undefined, rule: string): string {
  return `${file}\n${line}\n${rule}`;
}

function complaint(directive: Directive, rules: ReadonlySet<string>): Finding {
  const { rule } = directive;
  const near = nearest(rule, [...rules]);
  const message =
    rule === ''
      ? 'The comment names no rule and silences nothing.'
      : rules.has(rule)
        ? `The comment silences ${rule} without a reason, so it silences nothing.`
        : `There is no rule ${quote(rule)}, so the comment silences nothing.${near === undefined ? '' : ` Did you mean ${near}?`}`;
  return about(directive, badIgnore, message, 'Write # immich-audit: ignore <rule> <why it is right here>.');
}

function unusedFinding(directive: Directive): Finding {
  const message = `The comment silences ${directive.rule}, which has nothing to say here.`;
  return about(directive, unusedIgnore, message, 'Take the comment away.');
}

function about(
  { file, line, column, rule }: Directive,
  { id, severity, url }: (typeof commentRules)[number],
  message: string,
  fix: string,
): Finding {
  const object = { kind: 'Comment' };
  return {
    rule: id,
    severity,
    file,
    line,
    column,
    path: [],
    anchor: rule,
    object,
    message: show(message),
    fix: show(fix),
    url,
  };
}
