import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonReview } from '../../lib/review/report/json.ts';
import { markdownReport } from '../../lib/review/report/markdown.ts';
import { textReview } from '../../lib/review/report/text.ts';
import { reviewOf } from '../../lib/review/review.ts';
import { plain } from '../../lib/text/style.ts';
import { verdictsIn } from '../../lib/values/rehearsal.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { nextImage, nextVersion, planned } from '../rehearsal/planned.ts';
import { verdictOf } from '../rehearsal/verdicts.ts';
import { change, installed } from './trees.ts';

const next = edited(home, nextImage, nextVersion);
const verdict = verdictOf(planned(home, next), 'passed', 'restored in 42 s');
const failure = verdictOf(planned(home, next), 'failed', '25-vectors: a search finds nothing');

const reviewWith = (result: string, after = next, before = home) =>
  reviewOf(change(installed(before), installed(after)), verdictsIn(result));

test('the verdict of this change is told, and changes nothing of what is told', () => {
  const review = reviewWith(verdict);
  expect(review.rehearsals).toEqual([
    { installation: 'home', ending: 'passed', seconds: 412, sentence: verdict },
  ]);
  expect(review.verdict).toBe(reviewWith('').verdict);
  expect(reviewWith('').rehearsals).toEqual([]);
});

test('one that failed refuses the change', () => {
  const review = reviewWith(failure);
  expect(review.rehearsals).toMatchObject([{ ending: 'failed', sentence: failure }]);
  expect(review.verdict).toBe('refused');
});

test('of an installation in two clusters the images of both count', () => {
  const after = edited(tachtit, ['v2.5.0', 'v2.5.1'], ['16.9-0.4.3', '16.9-0.4.4']);
  const result = verdictOf(planned(tachtit, after), 'passed', 'restored in 42 s');
  const review = reviewOf(
    change(installed(tachtit, 'tachtit'), installed(after, 'tachtit')),
    verdictsIn(result),
  );
  expect(review.rehearsals).toMatchObject([{ installation: 'tachtit', ending: 'passed' }]);
});

describe('a verdict of something else is refused with a sentence', () => {
  test.each([
    [
      'another target',
      edited(home, nextImage, ['v3.3.1', 'v3.3.3']),
      home,
      /another change.*v3\.3\.3\. Rehearse it anew/,
    ],
    ['another base', next, edited(home, ['v3.3.1', 'v3.3.0']), /another change.*v3\.3\.0 ->/],
    ['less than the change', edited(home, nextVersion), home, /another change/],
    ['a change of something else', edited(home, ['size: 500Gi', 'size: 600Gi']), home, /stay as they are/],
    ['nothing at all', home, home, /of which nothing changes here/],
  ])('%s', (_what, after, before, reason) => {
    const review = reviewWith(verdict, after, before);
    expect(review.rehearsals).toMatchObject([{ ending: 'refused', sentence: expect.stringMatching(reason) }]);
    expect(review.verdict).toBe('refused');
  });

  test('another installation', () => {
    const [rehearsal] = reviewWith(verdict.replace('of home', 'of other')).rehearsals;
    expect(rehearsal).toMatchObject({ ending: 'refused', sentence: expect.stringContaining('is of other') });
  });
});

describe('it stands', () => {
  test('in a terminal', () => {
    expect(textReview(reviewWith(verdict), plain)).toMatch(
      /\nRehearsal\n {2}passed: rehearsal of home: passed in 412 s/,
    );
    expect(textReview(reviewWith(''), plain)).not.toContain('Rehearsal');
  });

  test('in a comment, where it does nothing', () => {
    expect(markdownReport(reviewWith(verdict))).toContain(
      '### Rehearsal\n\n- **Passed:** rehearsal of home: passed in 412 s',
    );
    const loud = reviewWith(verdictOf(planned(home, next), 'failed', '<img src=x> @somebody #12'));
    expect(markdownReport(loud)).toContain('&lt;img src=x&gt; @<!-- -->somebody #<!-- -->12');
    expect(markdownReport(reviewWith(''))).not.toContain('Rehearsal');
  });

  test('in JSON, as its schema says', () => {
    const validate = new Ajv2020({ strict: true }).compile(
      JSON.parse(readFileSync('schema/review-report.json', 'utf8')),
    );
    const report: unknown = JSON.parse(jsonReview(reviewWith(failure)));
    expect(validate(report) ? [] : validate.errors).toEqual([]);
    expect(report).toMatchObject({ rehearsals: [{ installation: 'home', ending: 'failed', seconds: 412 }] });
  });
});
