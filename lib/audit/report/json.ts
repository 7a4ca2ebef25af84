import { pathText } from '../../text/quoting.ts';
import type { Finding } from '../finding.ts';

/** Findings for programs, as `schema/audit-report.json` describes them. */
export function jsonReport(findings: readonly Finding[]): string {
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
  return `${JSON.stringify(report, null, 2)}\n`;
}
