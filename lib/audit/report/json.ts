import { pathText } from '../../text/quoting.ts';
import { type Shown, showJson } from '../../text/shown.ts';
import type { Finding } from '../finding.ts';

/** Findings for programs, as `schema/audit-report.json` describes them. */
export function jsonReport(findings: readonly Finding[]): Shown {
  const report = {
    version: 1,
    findings: findings.map(({ rule, severity, file, line, column, path, object, message, fix, url }) => ({
      rule,
      severity,
      file,
      line: line ?? null,
      column: column ?? null,
      path: pathText(path),
      object,
      message,
      fix,
      url,
    })),
  };
  return showJson(report);
}
