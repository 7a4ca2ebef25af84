import type { Change, Grade } from '../../../lib/changes/change.ts';
import { bytesOf } from '../../../lib/review/report/budget.ts';
import { markdownReport } from '../../../lib/review/report/markdown.ts';
import { codeText, markdownText } from '../../../lib/review/report/markdown-text.ts';
import { type Review, type ReviewedChange, reviewOf } from '../../../lib/review/review.ts';
import { show } from '../../../lib/text/shown.ts';
import { edited, home } from '../../installation/example.ts';
import { change as changed, installed } from '../trees.ts';

/** What is told of a change, before it is shown. */
interface Told extends Partial<Omit<ReviewedChange, 'sentence' | 'steps'>> {
  readonly sentence?: string;
  readonly steps?: readonly string[];
}

function change(
  grade: Grade,
  { sentence = 'Something happens.', steps = [], ...some }: Told = {},
): ReviewedChange {
  const file = 'dist/home/home/app/deployment.yaml';
  const own: Change = {
    ...{ id: 'home:version:upgrade:a->b', installation: 'home', grade, topic: 'service' },
    ...{ objects: ['Deployment immich/immich-server'], sentence: show(sentence), steps: steps.map(show) },
    ...{ file, path: [], key: undefined },
    // Written by changes that say what becomes what.
    ...{ from: undefined, to: undefined },
  };
  return { ...own, place: { file, line: 3, column: 1 }, accepted: undefined, ...some };
}

function review(verdict: Grade, ...changes: readonly ReviewedChange[]): Review {
  return { verdict, changes, added: [], stale: [], pictures: [], unmatched: [], rehearsals: [] };
}

test('the verdict stands first, then what happens, what to do, and the objects folded', () => {
  const text = markdownReport(
    review(
      'steps',
      change('steps', { topic: 'data', sentence: 'PostgreSQL moves.', steps: ['Back up.', 'Wait.'] }),
      change('restarting', { steps: ['Wait.'] }),
      change('routine', { topic: 'other', sentence: 'A label changes.' }),
    ),
  );
  expect(text).toBe(`## Immich: Needs steps

3 changes: 1 needs steps, 1 restarts, 1 is routine. Nothing that is known here happens to traffic and secrets.

### Data

- **Needs steps:** PostgreSQL moves. (\`dist/home/home/app/deployment.yaml:3\`)

### Service

- **Restarts:** Something happens. (\`dist/home/home/app/deployment.yaml:3\`)

### Steps

- [ ] Back up.
- [ ] Wait.

<details><summary>Routine: 1</summary>

- A label changes.

</details>

<details><summary>Objects: 1</summary>

- Deployment immich/immich-server

</details>
`);
});

test('a refused change says under it what to do instead, and what to write if it is meant', () => {
  const text = markdownReport(review('refused', change('refused', { steps: ['Keep it.'] })));
  expect(text).toContain('## Immich: Refused');
  expect(text).toContain(
    '  - Keep it.\n  - If it is meant: `accept: [{ change: "home:version:upgrade:a->b", because: "..." }]` in the installation file.',
  );
  expect(text).not.toContain('### Steps');
});

test('nothing that changes', () => {
  expect(markdownReport(review('routine'))).toBe(
    '## Immich: Routine\n\nNothing changes that has to do with Immich.\n',
  );
});

test('with several installations each sentence names its own', () => {
  const text = markdownReport(review('steps', change('steps'), change('steps', { installation: 'other' })));
  expect(text).toContain('home: Something happens.');
  expect(text).toContain('other: Something happens.');
});

test('of 5,000 changes the gravest are shown, and the others counted', () => {
  const word = 'ä'.repeat(30);
  const many = Array.from({ length: 5000 }, (_, index) =>
    change(index < 1 ? 'refused' : index < 2500 ? 'steps' : 'restarting', {
      id: `home:${index}:x`,
      sentence: `Change ${index} ${word}`,
      steps: [`Step ${index} ${word}`],
      objects: [`Deployment immich/${index}-${word}`],
    }),
  );
  const text = markdownReport(review('refused', ...many));
  expect(bytesOf(text)).toBeLessThan(65_536);
  expect(text).toContain('Change 0 ');
  expect(text).toMatch(
    /\*\*Left out because there is too much:\*\* \d+ that need steps, 2500 that restart\./,
  );
  expect(text).toContain('<details><summary>Objects: 5000</summary>');
});

test.each([
  ['&', 1],
  ['@a', 1],
  ['`', 1],
  ['\\', 1],
  ['💾', 2],
])('a change of "%s" alone stays within the limit', (letter) => {
  const long = letter.repeat(70_000);
  const one = change('refused', { sentence: long, id: long, steps: [long], objects: [long] });
  const entry = { change: long, because: long, file: long, line: 1 };
  const added = Array.from({ length: 9000 }, (_, index) => `${letter}${index}`);
  const text = markdownReport({ ...review('refused', ...Array(50).fill(one)), added, unmatched: [entry] });
  expect(bytesOf(text)).toBeLessThan(65_536);
});

test('5,000 objects that change for real stay within the limit', () => {
  const texts = (size: string) =>
    Object.fromEntries(
      Array.from({ length: 5000 }, (_, index): [string, string] => [
        `immich/${index}.yaml`,
        `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: immich-${index}, namespace: immich }, spec: { resources: { requests: { storage: ${size} } } } }\n`,
      ]),
    );
  const found = reviewOf(changed(texts('5Gi'), texts('4Gi')));
  expect(found.changes).toHaveLength(5000);
  const text = markdownReport(found);
  expect(bytesOf(text)).toBeLessThan(65_536);
  expect(text).toContain('5000 changes: 5000 are refused.');
});

test('the same change gives the same text', () => {
  const [one, other] = [installed(home), installed(edited(home, ['size: 500Gi', 'size: 400Gi']))];
  expect(markdownReport(reviewOf(changed(one, other)))).toBe(markdownReport(reviewOf(changed(one, other))));
});

describe('a text that somebody else chose', () => {
  test.each([
    ['</details><img src=x>', '&lt;/details&gt;&lt;img src=x&gt;'],
    ['![a](https://example.com/a.png)', '!\\[a\\](https://example.com/a.png)'],
    ['@team, see #12', '@<!-- -->team, see #<!-- -->12'],
    ['**bold** `code` _a_', '\\*\\*bold\\*\\* \\`code\\` \\_a\\_'],
    ['a\n## b\r\n- [ ] c', 'a ## b - \\[ \\] c'],
    ['a\u202eb\u200bc\u0007', 'abc '],
    ['immich@sha256:abc', 'immich@<!-- -->sha256:abc'],
  ])('%j is only shown', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test('cannot leave its code', () => {
    expect(codeText('a`</b>\nc')).toBe("`a'</b> c`");
  });

  test('commands are code, and end where the sentence does', () => {
    expect(markdownText('Do this: kubectl delete pvc a_b --namespace c.')).toBe(
      'Do this: `kubectl delete pvc a_b --namespace c`.',
    );
    expect(markdownText('First: kubectl get pods, then git push.')).toBe(
      'First: `kubectl get pods`, then `git push`.',
    );
    expect(markdownText('What git says is kubectl-like.')).toBe('What git says is kubectl-like.');
  });
});
