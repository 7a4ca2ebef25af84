import type { Finding } from '../../audit/finding.ts';
import { githubReport } from '../../audit/report/github.ts';
import { type RuleDescription, sarifReport } from '../../audit/report/sarif.ts';
import { severityOfGrade } from '../../changes/change.ts';
import { type Shown, show } from '../../text/shown.ts';
import type { Review } from '../review.ts';
import { namedBy, weightOf } from '../words.ts';

/** A review as annotations of GitHub's pull requests; what is routine needs none. */
export function githubAnnotations(review: Review): string {
  return githubReport(findingsOf(review));
}

/** A review for code scanning. */
export function sarifOf(review: Review): Shown {
  return sarifReport(findingsOf(review), rules, {
    name: 'immich-review',
    fingerprint: 'immichReview/v1',
    pageOf: ({ url }) => url,
  });
}

function findingsOf(review: Review): Finding[] {
  const name = namedBy(review);
  return review.changes
    .filter((change) => weightOf(change) !== 'routine')
    .map((change) => {
      const { place, objects, sentence, steps, accepted, key, path, id } = change;
      const [kind = 'Installation', object = id] = (objects[0] ?? '').split(' ');
      return {
        rule: `change-${weightOf(change)}`,
        severity: severityOfGrade[weightOf(change)],
        file: place.file,
        line: place.line,
        column: place.column,
        path: key ?? path,
        object: { kind: kind === '' ? 'Installation' : kind, name: object },
        message: show(
          `${name(change)}${sentence}${accepted === undefined ? '' : ` Accepted, because: ${accepted}`}`,
        ),
        fix: show(steps.join(' ')),
        url: page,
      };
    });
}

const page = 'https://github.com/YOU/immich-cdk8s/blob/main/docs/review.md';

const rules: readonly RuleDescription[] = [
  {
    id: 'change-refused',
    severity: 'error',
    meaning: 'A change that must not happen by accident.',
    why: 'It loses data, or leaves Immich without what it needs, unless somebody means it.',
    url: page,
  },
  {
    id: 'change-steps',
    severity: 'warning',
    meaning: 'A change that needs somebody to do or to know something.',
    why: 'What has to happen before or after it happens nowhere by itself.',
    url: page,
  },
  {
    id: 'change-restarting',
    severity: 'info',
    meaning: 'A change that interrupts Immich for about a minute.',
    why: 'Pods are replaced, and uploads wait.',
    url: page,
  },
];
