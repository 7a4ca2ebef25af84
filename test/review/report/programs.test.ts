import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { githubAnnotations, sarifOf } from '../../../lib/review/report/findings.ts';
import { jsonReview } from '../../../lib/review/report/json.ts';
import { textReview } from '../../../lib/review/report/text.ts';
import { reviewOf } from '../../../lib/review/review.ts';
import { plain } from '../../../lib/text/style.ts';
import { edited, home } from '../../installation/example.ts';
import { change, installed } from '../trees.ts';

const smaller = edited(home, ['size: 500Gi', 'size: 400Gi']);
const id = 'home:volumes.library.size:shrink:500Gi->400Gi';
const stale = 'accept: [{ change: "home:a:b:c", because: "long ago" }]\n';
const review = reviewOf(change(installed(home), installed(smaller + stale)));
const line = smaller.split('\n').findIndex((one) => one.includes('400Gi')) + 1;

test('json is as its schema says', () => {
  const report: unknown = JSON.parse(jsonReview(review));
  const validate = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync('schema/review-report.json', 'utf8')),
  );
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  expect(report).toMatchObject({
    version: 1,
    verdict: 'refused',
    changes: [
      {
        id,
        impossible: true,
        accepted: null,
        file: 'installations/home.yaml',
        line,
        key: 'volumes.library.size',
      },
    ],
    unmatched: [{ change: 'home:a:b:c', because: 'long ago' }],
  });
});

test('annotations stand at the line, and are errors for what is refused', () => {
  expect(githubAnnotations(review)).toMatch(
    new RegExp(
      `^::error file=installations/home\\.yaml,line=${line},col=\\d+,title=change-refused::"400Gi" is less`,
    ),
  );
  const routine = {
    verdict: 'routine',
    changes: [],
    added: [],
    stale: [],
    pictures: [],
    unmatched: [],
    rehearsals: [],
  } as const;
  expect(githubAnnotations(routine)).toBe('');
});

test('SARIF has a rule, a place and a fingerprint of its own', () => {
  const log = JSON.parse(sarifOf(review));
  const [run] = log.runs;
  expect(run.tool.driver.name).toBe('immich-review');
  expect(run.results).toHaveLength(1);
  expect(run.results[0]).toMatchObject({
    ruleId: 'change-refused',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'installations/home.yaml' },
          region: { startLine: line },
        },
      },
    ],
  });
  expect(Object.keys(run.results[0].partialFingerprints)).toEqual(['immichReview/v1']);
  expect(run.results[0].ruleIndex).toBe(0);
});

test('text has the verdict first, the counts last, and what is accepted without need', () => {
  const text = textReview(review, { ...plain, severity: (word, severity) => `${severity}(${word})` });
  expect(text).toMatch(/^error\(Refused\)\n/);
  expect(text).toMatch(/\n\n1 change: 1 is refused\.[^\n]*\n$/);
  expect(text).toContain('"home:a:b:c" is accepted, but nothing of that id happens. Remove the entry.');
});
