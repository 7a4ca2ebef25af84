import { topics } from '../../changes/change.ts';
import type { Review, ReviewedChange } from '../review.ts';
import {
  acceptanceOf,
  countsOf,
  gradesAmong,
  namedBy,
  objectsOf,
  stepsOf,
  titles,
  verdicts,
  weightOf,
} from '../words.ts';
import { Budget } from './budget.ts';
import { codeText, markdownText } from './markdown-text.ts';

/** The most bytes of each part: together well below 65,536, which is what GitHub takes as a comment. */
const most = {
  changes: 34_000,
  steps: 12_000,
  unmatched: 3_000,
  rehearsals: 3_000,
  routine: 4_000,
  objects: 6_000,
  pictures: 5_000,
};

/** A review as a comment: the verdict, what happens, what to do, and folded at the end the objects. */
export function markdownReport(review: Review): string {
  const name = namedBy(review);
  const sentenceOf = (change: ReviewedChange) => markdownText(`${name(change)}${change.sentence}`);
  const grave = review.changes.filter((change) => weightOf(change) !== 'routine');
  const routine = review.changes.filter((change) => weightOf(change) === 'routine');
  return `${[
    `## Immich: ${verdicts[review.verdict]}`,
    markdownText(countsOf(review)),
    ...rehearsed(review),
    ...happenings(grave, sentenceOf),
    ...checklist(stepsOf(review)),
    ...pictures(review),
    ...listUnmatched(review),
    ...foldDetails(
      'Routine',
      routine.map((change) => `- ${sentenceOf(change)}`),
      most.routine,
    ),
    ...foldDetails(
      'Objects',
      objectsOf(review).map((name) => `- ${markdownText(name)}`),
      most.objects,
    ),
  ].join('\n\n')}\n`;
}

/** By topic; where not all fit, the gravest do, and the others are counted. */
function happenings(changes: readonly ReviewedChange[], sentenceOf: Sentence): string[] {
  const budget = new Budget(most.changes);
  const shown = new Map<ReviewedChange, string>();
  const left: ReviewedChange[] = [];
  for (const change of changes) {
    const text = tellChange(change, sentenceOf);
    if (budget.takes(text)) shown.set(change, text);
    else left.push(change);
  }
  return [
    ...topics.flatMap((topic) => {
      const texts = [...shown].filter(([change]) => change.topic === topic).map(([, text]) => text);
      return texts.length === 0 ? [] : [`### ${titles[topic]}`, texts.join('\n')];
    }),
    ...(left.length === 0 ? [] : [`**Left out because there is too much:** ${leftOut(left)}.`]),
  ];
}

function tellChange(change: ReviewedChange, sentenceOf: Sentence): string {
  const { accepted, steps, place } = change;
  const isRefused = weightOf(change) === 'refused';
  const { entry, limit } = acceptanceOf(change);
  return [
    `- ${marks[weightOf(change)]} ${sentenceOf(change)} (${codeText(`${place.file}:${place.line}`)})`,
    ...(accepted === undefined ? [] : [`  - Accepted, because: ${markdownText(accepted)}`]),
    ...(isRefused ? steps.map((step) => `  - ${markdownText(step)}`) : []),
    ...(isRefused ? [`  - If it is meant: ${codeText(entry)} in the installation file${limit}.`] : []),
  ].join('\n');
}

const marks = {
  refused: '**Refused:**',
  steps: '**Needs steps:**',
  restarting: '**Restarts:**',
  routine: '',
};

type Sentence = (change: ReviewedChange) => string;

function leftOut(changes: readonly ReviewedChange[]): string {
  return gradesAmong(changes, 'that ').join(', ');
}

function checklist(steps: readonly string[]): string[] {
  const lines = keepWithin(
    steps.map((step) => `- [ ] ${markdownText(step)}`),
    most.steps,
    'steps',
  );
  return lines.length === 0 ? [] : ['### Steps', lines.join('\n')];
}

/** What talks to what afterwards, as far as there is room. */
function pictures({ pictures: changes }: Review): string[] {
  const budget = new Budget(most.pictures);
  return changes.flatMap(({ installation, mermaid, gone }) => {
    const lines = gone.length === 0 ? [] : [`Gone: ${gone.map(codeText).join(', ')}.`, ''];
    const text = [
      `<details><summary>The picture of ${markdownText(installation)} as it will be; what is new has a green frame</summary>`,
      '',
      ...lines,
      '```mermaid',
      mermaid,
      '```',
      '',
      '</details>',
    ].join('\n');
    return budget.takes(text) ? [text] : [];
  });
}

function rehearsed({ rehearsals }: Review): string[] {
  const lines = rehearsals.map(
    ({ ending, sentence }) => `- ${rehearsalMarks[ending]} ${markdownText(sentence)}`,
  );
  return lines.length === 0
    ? []
    : ['### Rehearsal', keepWithin(lines, most.rehearsals, 'results').join('\n')];
}

const rehearsalMarks = { passed: '**Passed:**', failed: '**Failed:**', refused: '**Refused:**' };

function listUnmatched({ unmatched: acceptances }: Review): string[] {
  const lines = acceptances.map(
    ({ change, file, line }) =>
      `- ${codeText(`${file}:${line}`)} accepts ${codeText(change)}, but nothing of that id happens. Remove the entry.`,
  );
  return lines.length === 0
    ? []
    : ['### Accepted without need', keepWithin(lines, most.unmatched, 'entries').join('\n')];
}

function foldDetails(title: string, lines: readonly string[], bytes: number): string[] {
  if (lines.length === 0) return [];
  const shown = keepWithin(lines, bytes, 'lines').join('\n');
  return [`<details><summary>${title}: ${lines.length}</summary>\n\n${shown}\n\n</details>`];
}

function keepWithin(lines: readonly string[], bytes: number, what: string): string[] {
  const budget = new Budget(bytes);
  const shown = lines.filter((line) => budget.takes(line));
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `- and ${left} more ${what}`];
}
