import type { Directive } from '../repository/directive.ts';
import { quoted } from '../text/quoting.ts';
import type { Finding } from './finding.ts';

/** The id of what is said of a comment that silences a rule without a reason, or one that does not exist. */
export const BAD_IGNORE = {
  id: 'ignore-without-reason',
  severity: 'warning',
  meaning: 'A comment silences a rule without saying why, or names no rule.',
  why: 'A comment without a reason leaves the next reader to guess whether the finding was looked at or only in the way. It therefore silences nothing, and the finding is still told.',
  url: 'https://en.wikipedia.org/wiki/Lint_(software)',
} as const;

/** Findings without those that comments silence, and with those about the comments themselves. */
export function silence(
  findings: readonly Finding[],
  directives: readonly Directive[],
  rules: ReadonlySet<string>,
): Finding[] {
  const silent = new Set(
    directives
      .filter(({ reason, rule }) => reason !== '' && rules.has(rule))
      .flatMap(({ file, line, target, rule }) => [
        `${file}\n${line}\n${rule}`,
        `${file}\n${target}\n${rule}`,
      ]),
  );
  return [
    ...findings.filter(({ file, line, rule }) => !silent.has(`${file}\n${line}\n${rule}`)),
    ...directives.flatMap((directive) => complaint(directive, rules)),
  ];
}

function complaint({ file, line, column, rule, reason }: Directive, rules: ReadonlySet<string>): Finding[] {
  const message =
    rule === ''
      ? 'The comment names no rule and silences nothing.'
      : rules.has(rule)
        ? `The comment silences ${rule} without a reason, so it silences nothing.`
        : `There is no rule ${quoted(rule)}, so the comment silences nothing.`;
  return reason !== '' && rules.has(rule)
    ? []
    : [
        {
          rule: BAD_IGNORE.id,
          severity: BAD_IGNORE.severity,
          file,
          line,
          column,
          path: [],
          object: { kind: 'Comment' },
          message,
          fix: 'Write # immich-audit: ignore <rule> <why it is right here>.',
          url: BAD_IGNORE.url,
        },
      ];
}
