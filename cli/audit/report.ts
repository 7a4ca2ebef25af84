import type { Finding } from '../../lib/audit/finding.ts';
import { githubReport } from '../../lib/audit/report/github.ts';
import { jsonReport } from '../../lib/audit/report/json.ts';
import { sarifReport } from '../../lib/audit/report/sarif.ts';
import { type Summary, textReport } from '../../lib/audit/report/text.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { commentRules } from '../../lib/audit/silence.ts';
import { type Shown, show } from '../../lib/text/shown.ts';
import type { Style } from '../../lib/text/style.ts';
import { lineReader, prefixOf, type Subject } from './subject.ts';

/** The formats in which findings are written. */
export const formats: readonly string[] = ['text', 'json', 'sarif', 'github'];

/** Findings in a format. */
export function reportIn(
  format: string,
  findings: readonly Finding[],
  subject: Subject,
  summary: Summary,
  style: Style,
): Shown {
  switch (format) {
    case 'json':
      return jsonReport(findings);
    case 'sarif':
      return sarifReport(fromWorkingFolder(findings, subject), [...allRules, ...commentRules]);
    case 'github':
      return show(githubReport(fromWorkingFolder(findings, subject)));
    default:
      return show(textReport(findings, summary, { style, lineOf: lineReader(subject) }));
  }
}

function fromWorkingFolder(findings: readonly Finding[], subject: Subject): Finding[] {
  const prefix = prefixOf(subject);
  return findings.map((one) => ({ ...one, file: prefix + one.file }));
}
