import { countsOf, type Examination, type Group } from '../doctor.ts';
import { type Finding, states } from '../finding.ts';

/** How parts of a text look. */
export interface TextStyle {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** Examinations for a terminal: grouped by what was looked at, the worst first. */
export function textReport(examinations: readonly Examination[], style: TextStyle, isQuiet: boolean): string {
  const parts = examinations.flatMap((examination) => {
    const groups = examination.groups.flatMap((group) => groupLines(group, style, isQuiet));
    return isQuiet && groups.length === 0 ? [] : [headOf(examination, style), ...groups];
  });
  const lines = isQuiet ? parts : [...parts, summaryLine(examinations)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function headOf({ installation, cluster, isApplied }: Examination, style: TextStyle): string {
  const head = style.title(`${installation} in the cluster ${cluster}`);
  return isApplied ? `${head}\n` : `${head}, before Flux applies it\n`;
}

function groupLines({ title, findings }: Group, style: TextStyle, isQuiet: boolean): string[] {
  const shown = isQuiet ? findings.filter(({ state }) => state !== 'well') : findings;
  return shown.length === 0
    ? []
    : [style.title(title), ...shown.flatMap((finding) => findingLines(finding, style)), ''];
}

function findingLines({ state, message, mend }: Finding, style: TextStyle): string[] {
  const line = `  ${state.padEnd(widest)}  ${message}`;
  return [
    state === 'well' ? style.quiet(line) : line,
    ...mend.map((one) => `  ${' '.repeat(widest)}  ${style.quiet('mend:')} ${one}`),
  ];
}

const widest = Math.max(...states.map(({ length }) => length));

function summaryLine(examinations: readonly Examination[]): string {
  const counts = countsOf(examinations);
  return `${states
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`)
    .join(', ')}.`;
}
