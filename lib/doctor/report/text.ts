import { fold } from '../../text/fold.ts';
import { countOf } from '../../text/severity.ts';
import type { Style } from '../../text/style.ts';
import { countsOf, type Examination, type Group } from '../doctor.ts';
import { type Finding, type State, states } from '../finding.ts';

/** Examinations for a terminal: grouped by what was looked at, the worst first. */
export function textReport(examinations: readonly Examination[], style: Style, isQuiet: boolean): string {
  const parts = examinations.flatMap((examination) => {
    const groups = examination.groups.flatMap((group) => groupLines(group, style, isQuiet));
    return isQuiet && groups.length === 0 ? [] : [headOf(examination, style), ...groups];
  });
  const lines = isQuiet ? parts : [...parts, summaryLine(examinations)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function headOf({ installation, cluster, isApplied }: Examination, style: Style): string {
  const head = style.title(`${installation} in the cluster ${cluster}`);
  return isApplied ? `${head}\n` : `${head}, before Flux applies it\n`;
}

function groupLines({ title, findings }: Group, style: Style, isQuiet: boolean): string[] {
  const shown = isQuiet ? findings.filter(({ state }) => state !== 'well') : findings;
  return shown.length === 0
    ? []
    : [style.title(title), ...shown.flatMap((finding) => findingLines(finding, style)), ''];
}

function findingLines({ state, message, mend }: Finding, style: Style): string[] {
  const line = fold(`  ${wordOf(state, style)}  ${message}`, style.width, widest + 2);
  return [
    state === 'well' ? style.quiet(line) : line,
    ...mend.map((one) => `  ${' '.repeat(widest)}  ${style.quiet('mend:')} ${one}`),
  ];
}

/** All of a line that says `well` is told quietly. */
function wordOf(state: State, { severity }: Style): string {
  const word = state.padEnd(widest);
  if (state === 'well') return word;
  return severity(word, state === 'unseen' ? 'warning' : state);
}

const widest = Math.max(...states.map(({ length }) => length));

function summaryLine(examinations: readonly Examination[]): string {
  const counts = countsOf(examinations);
  return `${states
    .filter((state) => counts[state] > 0)
    .map((state) => {
      const isCounted = state === 'error' || state === 'warning';
      return isCounted ? countOf(counts[state], state) : `${counts[state]} ${state}`;
    })
    .join(', ')}.`;
}
