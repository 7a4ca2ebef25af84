import type { Verdict } from '../../lib/changes/accepted.ts';
import { type Change, severityOfGrade } from '../../lib/changes/change.ts';
import type { Acceptance } from '../../lib/installation/accept.ts';
import { problemExcerpt } from '../../lib/installation/parse.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { fold } from '../../lib/text/fold.ts';
import { quoteWhole } from '../../lib/text/quoting.ts';
import type { Style } from '../../lib/text/style.ts';
import { problemLine, problemLines } from '../problem-lines.ts';

type Locate = Synthesis['locate'];

/** Every refused change: the line of the installation file it comes from, what would happen, and what to do. */
export function refusalLines(
  { refused }: Verdict<Acceptance>,
  locate: Locate,
  target: string,
  style: Style,
): string[] {
  const word = style.severity('refused', severityOfGrade.refused);
  return refused.flatMap((change) => {
    const problem = locate(change.installation, change.key ?? [], change.sentence);
    const place =
      problem === undefined
        ? fold(`${target}/${change.file}: ${word}: ${change.sentence}`, style.width, 2)
        : problemLine(problem, word, style);
    return [
      place,
      ...(problem === undefined || change.key === undefined ? [] : problemExcerpt(problem, style)),
      ...change.steps.map((step) => fold(`    ${step}`, style.width, 2)),
      `    If it is meant: accept: [{ change: ${JSON.stringify(change.id)}, because: "..." }]${change.impossible ? ', which helps only where no cluster has the object yet' : ''}`,
    ];
  });
}

/** Acceptances of changes that do not happen: done by now, or misspelt. */
export function unmatchedLines({ unmatched }: Verdict<Acceptance>, locate: Locate, style: Style): string[] {
  return unmatched.flatMap(({ change }) => {
    const [installation = ''] = change.split(':');
    const message = `${quoteWhole(change)} is accepted, but nothing of that id happens. Remove the entry.`;
    const problem = locate(installation, ['accept'], message);
    return problem === undefined
      ? [fold(`${style.severity('warning', 'warning')}: accept: ${message}`, style.width, 2)]
      : problemLines({ ...problem, severity: 'warning' }, style);
  });
}

/** What a person has to know or do because of what was written; empty where it is nothing. */
export function changesText({ accepted, others }: Verdict<Acceptance>, style: Style): string {
  const lines = [
    ...accepted.flatMap(({ change, because }) => [
      fold(`  accepted: ${change.sentence} (${because})`, style.width, 2),
    ]),
    ...others.filter(({ grade }) => grade !== 'routine').flatMap((change) => changeLines(change, style)),
  ];
  return lines.length === 0 ? '' : [style.title('What this change does'), ...lines].join('\n');
}

function changeLines({ grade, sentence, steps, installation }: Change, style: Style): string[] {
  const word = style.severity(grade, severityOfGrade[grade]);
  return [
    fold(`  ${installation}: ${word}: ${sentence}`, style.width, 2),
    ...steps.map((step) => fold(`    - ${step}`, style.width, 2)),
  ];
}
