import { excerptLines, excerptOf } from '../../text/excerpt.ts';
import { fold } from '../../text/fold.ts';
import { pathText } from '../../text/quoting.ts';
import { countOf, severityCounts } from '../../text/severity.ts';
import { show } from '../../text/shown.ts';
import type { Style } from '../../text/style.ts';
import type { Finding } from '../finding.ts';
import { rulesPage } from '../rule-page.ts';
import { shownLine } from './shown-line.ts';

/** What a report says of the whole. */
export interface Summary {
  readonly files: number;
  readonly objects: number;
  /** The number of files that were left out: no Kubernetes, templates, or broken. */
  readonly leftOut: number;
  /** The number of workloads that were understood. */
  readonly workloads: number;
  /** The number of findings that are not told because they are known. */
  readonly known?: number;
  readonly milliseconds: number;
}

/** How a report looks. */
export interface TextOptions {
  readonly style: Style;
  /** The text of a line, counted from 1; undefined when it cannot be shown. */
  readonly lineOf: (file: string, line: number) => string | undefined;
}

/** Findings for people: grouped by file, each with its line, a caret under the value, and the fix. */
export function textReport(findings: readonly Finding[], summary: Summary, options: TextOptions): string {
  const shown = { ...options, lineOf: withoutSecrets(findings, options.lineOf) };
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of findings) {
    if (finding.file !== file) {
      file = finding.file;
      lines.push(options.style.file(file), '');
    }
    lines.push(...findingLines(finding, shown), '');
  }
  if (findings.length > 0) {
    lines.push(
      fold(
        `What a rule means, and how to silence it: --explain <rule>, or ${rulesPage}`,
        options.style.width,
      ),
      '',
    );
  }
  lines.push(fold(summaryLine(findings, summary), options.style.width));
  return `${lines.join('\n')}\n`;
}

/** One finding as a report shows it. The others tell where the secrets stand that no line may show. */
export function findingText(finding: Finding, all: readonly Finding[], options: TextOptions): string[] {
  return findingLines(finding, { ...options, lineOf: withoutSecrets(all, options.lineOf) });
}

function findingLines(finding: Finding, options: TextOptions): string[] {
  const { line, column, severity, rule, message, fix, object, path } = finding;
  const { style } = options;
  const place = line === undefined ? pathText(path) : `${line}:${column ?? 1}`;
  const name = [object.kind, object.name].filter((part) => part !== undefined).join(' ');
  return [
    fold(
      `  ${place}  ${style.severity(severity, severity)}  ${message}  ${style.quiet(rule)}`,
      style.width,
      2,
    ),
    ...excerpt(finding, options),
    fold(`    ${style.quiet('fix:')} ${fix}`, style.width, 2),
    `    ${style.quiet(`${name}, ${pathText(path) || 'the object'}`)}`,
  ];
}

function excerpt({ file, line, column, redact = show }: Finding, options: TextOptions): string[] {
  const text = line === undefined ? undefined : options.lineOf(file, line);
  const shown = column === undefined ? undefined : excerptOf(text, column, redact);
  return shown === undefined ? [] : excerptLines(shown, options.style);
}

/** The lines of files without the secrets that were found in them: a report ends in terminals and build logs. */
function withoutSecrets(findings: readonly Finding[], lineOf: TextOptions['lineOf']): TextOptions['lineOf'] {
  const columns = new Map<string, number>();
  for (const { isSecret, file, line, column = 1 } of findings) {
    const place = `${file}:${line}`;
    if (isSecret) columns.set(place, Math.min(column, columns.get(place) ?? column));
  }
  return (file, line) => {
    const text = lineOf(file, line);
    const column = columns.get(`${file}:${line}`);
    // To the end of the line: a plain text may have spaces in it, and a second secret may follow.
    return text === undefined
      ? text
      : column === undefined
        ? shownLine(text)
        : `${text.slice(0, column - 1)}…`;
  };
}

function summaryLine(
  findings: readonly Finding[],
  { files, objects, leftOut, workloads, known = 0, milliseconds }: Summary,
): string {
  const counts = severityCounts(findings);
  const news = counts === '' ? (known === 0 ? 'No findings' : 'No new findings') : counts;
  const found = known === 0 ? news : `${news} beside ${known} that ${known === 1 ? 'is' : 'are'} known,`;
  return `${found} in ${countOf(files, 'file')}: ${countOf(objects, 'object')}, ${countOf(workloads, 'workload')} understood${leftOut === 0 ? '' : `, ${countOf(leftOut, 'file')} left out`}, ${(milliseconds / 1000).toFixed(2)} s.`;
}
