import type { Finding, Severity } from '../finding.ts';

/**
 * Findings as annotations of GitHub's pull requests.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, file, line, column, rule, message, fix }) => {
      const properties = [
        ['file', file],
        ['line', String(line ?? 1)],
        ['col', String(column ?? 1)],
        ['title', rule],
      ].map(([key, value]) => `${key}=${escapeData(value ?? '', true)}`);
      return `::${commands[severity]} ${properties.join(',')}::${escapeData(`${message} ${fix}`, false)}\n`;
    })
    .join('');
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function escapeData(text: string, isProperty: boolean): string {
  const data = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return isProperty ? data.replaceAll(':', '%3A').replaceAll(',', '%2C') : data;
}
