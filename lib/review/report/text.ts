import { topics } from '../../changes/change.ts';
import type { Review, ReviewedChange } from '../review.ts';
import { acceptanceOf, countsOf, namedBy, objectsOf, stepsOf, titles, verdicts, weightOf } from '../words.ts';

/** How parts of a text look. */
export interface TextStyle {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** A review for a terminal. */
export function textReview(review: Review, style: TextStyle): string {
  const { verdict, changes, unmatched } = review;
  const name = namedBy(review);
  const lines = [style.title(verdicts[verdict]), countsOf(review)];
  for (const topic of topics) {
    const of = changes.filter((change) => change.topic === topic);
    if (of.length > 0)
      lines.push(
        '',
        style.title(titles[topic]),
        ...of.flatMap((change) => linesOf(name(change), change, style)),
      );
  }
  const steps = stepsOf(review);
  if (steps.length > 0) lines.push('', style.title('Steps'), ...steps.map((step) => `  [ ] ${step}`));
  if (unmatched.length > 0) {
    lines.push('', style.title('Accepted without need'));
    for (const { file, line, change } of unmatched) {
      lines.push(
        `  ${file}:${line}: "${change}" is accepted, but nothing of that id happens. Remove the entry.`,
      );
    }
  }
  const objects = objectsOf(review);
  if (objects.length > 0)
    lines.push('', style.title('Objects'), ...objects.map((name) => style.quiet(`  ${name}`)));
  return `${lines.join('\n')}\n`;
}

function linesOf(name: string, change: ReviewedChange, style: TextStyle): string[] {
  const { sentence, place, accepted, steps } = change;
  const weight = weightOf(change);
  const { entry, limit } = acceptanceOf(change);
  return [
    `  ${weight}: ${name}${sentence} ${style.quiet(`${place.file}:${place.line}`)}`,
    ...(accepted === undefined ? [] : [`    accepted, because: ${accepted}`]),
    ...(weight === 'refused'
      ? [...steps, `If it is meant: ${entry}${limit}`].map((step) => `    ${step}`)
      : []),
  ];
}
