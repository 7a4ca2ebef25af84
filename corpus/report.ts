import { lineReader } from '../cli/audit/subject.ts';
import { type Severity, severities } from '../lib/audit/finding.ts';
import { findingText } from '../lib/audit/report/text.ts';
import { plain } from '../lib/text/style.ts';
import type { Audited, Failed } from './audited.ts';
import type { Sampled } from './sample.ts';

/** How long each repository took and what came of it, the slowest first. */
export function repositoryTable(all: readonly Audited[]): string {
  const rows = [...all]
    .sort((one, other) => other.processor - one.processor)
    .map(({ name, objects, findings, understanding, processor }) => [
      name,
      `${processor.toFixed(0)} ms`,
      String(objects),
      ...severities.map((severity) => String(countOf(findings, severity))),
      understanding.state,
    ]);
  return table([['repository', 'processor', 'objects', ...severities, 'Immich'], ...rows]);
}

/** How often each rule speaks, and in how many repositories, the most frequent first. */
export function ruleTable(all: readonly Audited[]): string {
  const rules = new Set(all.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rows = [...rules].map((rule) => {
    const each = all.map(({ findings }) => findings.filter((one) => one.rule === rule));
    const found = each.flat();
    return {
      found,
      cells: [
        rule,
        ...severities.map((severity) => String(countOf(found, severity))),
        String(each.filter(({ length }) => length > 0).length),
      ],
    };
  });
  const order = (found: Audited['findings']) => severities.map((severity) => countOf(found, severity));
  rows.sort((one, other) => {
    const [mine, theirs] = [order(one.found), order(other.found)];
    const at = mine.findIndex((count, index) => count !== theirs[index]);
    return at < 0 ? byText(one.cells[0], other.cells[0]) : (theirs[at] ?? 0) - (mine[at] ?? 0);
  });
  return table([['rule', ...severities, 'repositories'], ...rows.map(({ cells }) => cells)]);
}

/** What was not understood or could not be read. */
export function gaps(all: readonly Audited[], failed: readonly Failed[]): string {
  const lines = [
    ...failed.map(({ name, reason }) => `${name}: FAILED: ${reason}`),
    ...all.flatMap(({ name, understanding, unread }) => [
      ...(understanding.state === 'missed'
        ? understanding.sightings.map(({ file, what }) => `${name}/${file}: ${what}, not understood`)
        : []),
      ...unread.map((text) => `${name}/${text}`),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Findings to be judged by hand, each with a number, its excerpt and its fix; secrets are taken out as in any report. */
export function sampleText(sample: readonly Sampled[]): string {
  return sample
    .map(({ repository: { name, subject, findings }, finding }, index) => {
      const lines = findingText(finding, findings, { style: plain, lineOf: lineReader(subject) });
      return `${index + 1}. ${name}/${finding.file}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

function countOf(findings: Audited['findings'], severity: Severity): number {
  return findings.filter((one) => one.severity === severity).length;
}

function byText(one = '', other = ''): number {
  return one < other ? -1 : 1;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
        )
        .join(''),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
