import type { Verdict } from '../../lib/changes/accepted.ts';
import type { Change } from '../../lib/changes/change.ts';
import type { Acceptance } from '../../lib/installation/accept.ts';
import { problemExcerpt, problemText } from '../../lib/installation/parse.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import type { Style } from '../style.ts';

type Locate = Synthesis['locate'];

/** Every refused change: the line of the installation file it comes from, what would happen, and what to do. */
export function refusalLines({ refused }: Verdict<Acceptance>, locate: Locate, target: string): string[] {
  return refused.flatMap((change) => {
    const problem = locate(change.installation, change.key ?? [], change.sentence);
    const place =
      problem === undefined ? `${target}/${change.file}: ${change.sentence}` : problemText(problem);
    return [
      place,
      ...(problem === undefined || change.key === undefined ? [] : problemExcerpt(problem)),
      ...change.steps.map((step) => `    ${step}`),
      `    If it is meant: accept: [{ change: ${JSON.stringify(change.id)}, because: "..." }]${change.impossible ? ', which helps only where no cluster has the object yet' : ''}`,
    ];
  });
}

/** Acceptances of changes that do not happen: done by now, or misspelt. */
export function unmatchedLines({ unmatched }: Verdict<Acceptance>, locate: Locate): string[] {
  return unmatched.map(({ change }) => {
    const [installation = ''] = change.split(':');
    const message = `"${change}" is accepted, but nothing of that id happens. Remove the entry.`;
    const problem = locate(installation, ['accept'], message);
    return problem === undefined
      ? `warning: accept: ${message}`
      : problemText({ ...problem, severity: 'warning' });
  });
}

/** What a person has to know or do because of what was written; empty where it is nothing. */
export function changesText({ accepted, others }: Verdict<Acceptance>, style: Style): string {
  const lines = [
    ...accepted.flatMap(({ change, because }) => [`  accepted: ${change.sentence} (${because})`]),
    ...others.filter(({ grade }) => grade !== 'routine').flatMap(changeLines),
  ];
  return lines.length === 0 ? '' : [style.title('What this change does'), ...lines].join('\n');
}

function changeLines({ grade, sentence, steps, installation }: Change): string[] {
  return [`  ${installation}: ${grade}: ${sentence}`, ...steps.map((step) => `    - ${step}`)];
}
