import type { Finding } from '../../../lib/audit/finding.ts';
import { textReport } from '../../../lib/audit/report/text.ts';
import { show } from '../../../lib/text/shown.ts';
import { plain } from '../../../lib/text/style.ts';

const summary = { files: 1, objects: 1, leftOut: 0, workloads: 1, milliseconds: 40 };
const line = '          env: [{ name: LOG, value: all }, { name: DB_PASSWORD, value: my hunter2 }]';

function found(column: number, isSecret?: true): Finding {
  return {
    rule: 'some-rule',
    severity: 'error',
    file: 'app.yaml',
    line: 7,
    column,
    path: ['spec'],
    object: { kind: 'Deployment', name: 'immich' },
    message: show('Something is wrong.'),
    fix: show('Write it right.'),
    url: 'https://immich.app',
    ...(isSecret ? { isSecret } : {}),
  };
}

function reported(...findings: Finding[]): string {
  return textReport(findings, summary, { style: plain, lineOf: () => line });
}

describe('a report for people', () => {
  test('shows the line with a caret under the value', () => {
    const shown = line.replace(/value: my.*$/, 'value: …');
    expect(reported(found(line.indexOf('LOG') + 1))).toContain(
      `    | ${shown}\n    | ${' '.repeat(line.indexOf('LOG'))}^^^\n`,
    );
  });

  test('shows no secret, neither where it was found nor where something else was found on its line', () => {
    const report = reported(found(line.indexOf('LOG') + 1), found(line.indexOf('my hunter2') + 1, true));
    expect(report).not.toMatch(/my|hunter2/);
    expect(report.match(/DB_PASSWORD, value: …/g)).toHaveLength(2);
  });
});
