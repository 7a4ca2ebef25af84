import { severityOfGrade, topics } from '../../changes/change.ts';
import { fold } from '../../text/fold.ts';
import { quoteWhole } from '../../text/quoting.ts';
import type { Style } from '../../text/style.ts';
import type { Review, ReviewedChange } from '../review.ts';
import { acceptanceOf, countsOf, namedBy, objectsOf, stepsOf, titles, verdicts, weightOf } from '../words.ts';

/** A review for a terminal: the verdict first, and how many changes there are last, where a terminal stops. */
export function textReview(review: Review, style: Style): string {
  const { verdict, changes, unmatched, rehearsals } = review;
  const name = namedBy(review);
  const lines = [style.severity(verdicts[verdict], severityOfGrade[verdict])];
  if (rehearsals.length > 0) {
    lines.push('', style.title('Rehearsal'));
    for (const { ending, sentence } of rehearsals) {
      const severity = ending === 'passed' ? 'info' : 'error';
      lines.push(fold(`  ${style.severity(ending, severity)}: ${sentence}`, style.width, 2));
    }
  }
  for (const topic of topics) {
    const of = changes.filter((change) => change.topic === topic);
    if (of.length > 0) {
      lines.push(
        '',
        style.title(titles[topic]),
        ...of.flatMap((change) => linesOf(name(change), change, style)),
      );
    }
  }
  const steps = stepsOf(review);
  if (steps.length > 0) {
    lines.push('', style.title('Steps'), ...steps.map((step) => fold(`  [ ] ${step}`, style.width, 4)));
  }
  if (unmatched.length > 0) {
    lines.push('', style.title('Accepted without need'));
    for (const { file, line, change } of unmatched) {
      lines.push(
        fold(
          `  ${file}:${line}: ${quoteWhole(change)} is accepted, but nothing of that id happens. Remove the entry.`,
          style.width,
          2,
        ),
      );
    }
  }
  const objects = objectsOf(review);
  if (objects.length > 0) {
    lines.push('', style.title('Objects'), ...objects.map((name) => style.quiet(`  ${name}`)));
  }
  return `${[...lines, '', fold(countsOf(review), style.width)].join('\n')}\n`;
}

function linesOf(name: string, change: ReviewedChange, style: Style): string[] {
  const { sentence, place, accepted, steps } = change;
  const weight = weightOf(change);
  const { entry, limit } = acceptanceOf(change);
  return [
    fold(
      `  ${style.severity(weight, severityOfGrade[weight])}: ${name}${sentence} ${style.quiet(`${place.file}:${place.line}`)}`,
      style.width,
      2,
    ),
    ...(accepted === undefined ? [] : [fold(`    accepted, because: ${accepted}`, style.width, 2)]),
    ...(weight === 'refused'
      ? [
          ...steps.map((step) => fold(`    ${step}`, style.width, 2)),
          // What is copied stays whole.
          `    If it is meant: ${entry}${limit}`,
        ]
      : []),
  ];
}
