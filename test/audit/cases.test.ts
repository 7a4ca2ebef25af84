import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { audit } from '../../lib/audit/audit.ts';
import type { Finding, Severity } from '../../lib/audit/finding.ts';
import { severities } from '../../lib/audit/finding.ts';
import { readRepository } from '../../lib/repository/repository.ts';

/** What the audit must say of a case. */
interface Expectation {
  /** One finding of that severity or graver must stand within these lines; `any` takes info too. */
  readonly findings: readonly {
    readonly file: string;
    readonly lines: readonly [number, number];
    readonly severity: Severity | 'any';
    readonly about: string;
  }[];
  /** Rules that must say nothing. */
  readonly not?: readonly string[];
  /** Whether there may be no warning and no error anywhere else. */
  readonly clean_elsewhere?: boolean;
}

const root = join(__dirname, 'cases');

const cases = readdirSync(root).sort();

test.each(cases)('%s', (name) => {
  expect(complaints(name)).toEqual([]);
});

/** What is wrong with the findings of a case. */
function complaints(name: string): string[] {
  const folder = join(root, name);
  const expected: Expectation = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8'));
  const findings = audit(readRepository(nodeFiles(folder)).inventory);
  const wanted = (finding: Finding) => expected.findings.some((one) => isWanted(finding, one));
  return [
    ...expected.findings
      .filter((one) => !findings.some((finding) => isWanted(finding, one)))
      .map(
        ({ file, lines, severity, about }) => `missed: ${severity} in ${file}:${lines.join('-')}: ${about}`,
      ),
    ...findings
      .filter(({ rule }) => expected.not?.includes(rule))
      .map((finding) => `should be silent: ${told(finding)}`),
    ...findings
      .filter((finding) => expected.clean_elsewhere && finding.severity !== 'info' && !wanted(finding))
      .map((finding) => `not asked for: ${told(finding)}`),
  ];
}

function isWanted(
  { file, line = 0, severity }: Finding,
  { file: where, lines: [first, last], severity: wanted }: Expectation['findings'][number],
): boolean {
  return (
    file === where &&
    line >= first &&
    line <= last &&
    (wanted === 'any' || severities.indexOf(severity) <= severities.indexOf(wanted))
  );
}

function told({ rule, severity, file, line, message }: Finding): string {
  return `${severity} ${rule} ${file}:${line}: ${message}`;
}
