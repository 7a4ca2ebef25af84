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
  return isApplied === false ? `${head}, before Flux applies it\n` : `${head}\n`;
}

function groupLines({ title, findings }: Group, style: Style, isQuiet: boolean): string[] {
  const shown = isQuiet ? findings.filter(({ state }) => state !== 'well') : findings;
  if (shown.length === 0) return [];
  const told = new Set<string>();
  const lines = runsOf(shown).flatMap((run) => [
    ...run.map((finding) => findingLine(finding, style)),
    ...mendLines(run[0]?.mend ?? [], told, style),
  ]);
  return [style.title(title), ...lines, ''];
}

/** Findings of one state that the same commands mend, together, where the first of them stands. */
function runsOf(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const runs = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.state, finding.mend]);
    runs.set(key, [...(runs.get(key) ?? []), finding]);
  }
  return [...runs.values()];
}

function findingLine({ state, message }: Finding, style: Style): string {
  const line = fold(`  ${wordOf(state, style)}  ${message}`, style.width, widest + 2);
  return state === 'well' ? style.quiet(line) : line;
}

/** What mends; a command that stands above already is not to be called twice. */
function mendLines(mend: readonly string[], told: Set<string>, style: Style): string[] {
  const indent = `  ${' '.repeat(widest)}  ${style.quiet('mend:')}`;
  const fresh = mend.filter((one) => !told.has(one));
  for (const one of fresh) told.add(one);
  return mend.length > 0 && fresh.length === 0
    ? [`${indent} as above`]
    : fresh.map((one) => `${indent} ${one}`);
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
