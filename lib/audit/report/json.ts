import { pathText } from '../../text/quoting.ts';
import type { Finding } from '../finding.ts';

/** Findings for programs: an array, one element for each. `path` is the way to the value inside its object. */
export function jsonReport(findings: readonly Finding[]): string {
  return `${JSON.stringify(
    findings.map(({ rule, severity, file, line, column, path, object, message, fix, url }) => ({
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
    null,
    2,
  )}\n`;
}
