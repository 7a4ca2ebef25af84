import { synthReport } from '../cli/synth/report.ts';
import { jsonAdoption } from '../lib/adoption/json.ts';
import { baselineText } from '../lib/audit/baseline.ts';
import type { Finding } from '../lib/audit/finding.ts';
import { jsonReport as auditReport } from '../lib/audit/report/json.ts';
import { sarifReport } from '../lib/audit/report/sarif.ts';
import { verdictOf } from '../lib/changes/accepted.ts';
import { sayError, sayUnseen } from '../lib/doctor/finding.ts';
import { jsonReport as doctorReport } from '../lib/doctor/report/json.ts';
import type { Acceptance } from '../lib/installation/accept.ts';
import type { FileProblem } from '../lib/installation/parse.ts';
import { sarifOf } from '../lib/review/report/findings.ts';
import { jsonReview } from '../lib/review/report/json.ts';
import type { Review, ReviewedChange } from '../lib/review/review.ts';
import { credentialIn } from '../lib/text/credential.ts';
import { show } from '../lib/text/shown.ts';
import { madeUpSecrets } from './text/made-up-secrets.ts';

/** Texts of which the quote behind them may make a secret, and secrets. */
const texts: readonly (readonly [string, string])[] = [
  ['a short token', 'token=abc'],
  ['a short password and a quote', 'password="ab"'],
  ...madeUpSecrets
    .filter(({ text }) => credentialIn(text) !== undefined)
    .map(({ what, text }) => [what, text] as const),
];

const findingOf = (text: string): Finding => ({
  ...{ rule: 'one', severity: 'error', file: text, line: 1, column: 1, path: ['data', text] },
  object: { kind: 'Secret', namespace: text, name: text },
  message: show(`It says ${text}`),
  fix: show(text),
  url: 'https://example.com',
});

function reviewOf(text: string): Review {
  const place = { file: text, line: 1, column: 1 };
  const change: ReviewedChange = {
    ...{ id: text, installation: text, grade: 'steps', topic: 'data', from: text, to: text, objects: [text] },
    ...{ sentence: show(text), steps: [show(text)], file: text, path: [text], key: [text], place },
    accepted: text,
  };
  return {
    ...{ verdict: 'steps', changes: [change], added: [text], stale: [{ installation: text, file: text }] },
    ...{ pictures: [], unmatched: [{ change: text, because: text, file: text, line: 1 }] },
    rehearsals: [{ installation: text, ending: 'failed', seconds: 1, sentence: show(text) }],
  };
}

const problemOf = (text: string): FileProblem => ({
  ...{ file: text, line: 1, column: 1, severity: 'error', key: show(text), message: show(text) },
  ...{ missing: text, excerpt: undefined },
});

const reports: { readonly [name: string]: (text: string) => string } = {
  audit: (text) => auditReport([findingOf(text)]),
  'audit as SARIF': (text) =>
    sarifReport([findingOf(text)], [{ id: 'one', severity: 'error', meaning: text, why: text, url: text }]),
  'a baseline': (text) => baselineText([findingOf(text)]),
  review: (text) => jsonReview(reviewOf(text)),
  'review as SARIF': (text) => sarifOf(reviewOf(text)),
  synth: (text) =>
    synthReport(
      {
        ...{
          problems: [problemOf(text)],
          findings: [findingOf(text)],
          files: undefined,
          same: new Set<string>(),
        },
        ...{ clusters: [], locate: () => undefined },
      },
      { status: 'refused', verdict: verdictOf<Acceptance>(reviewOf(text).changes, []) },
      false,
    ),
  adopt: (text) =>
    jsonAdoption(
      { text, standIn: text, pieces: [], problems: [], of: text, others: [text], today: undefined },
      {
        ...{ file: text, isWritten: true, errors: [problemOf(text)], findings: [findingOf(text)] },
        ...{ found: undefined, isRefused: false },
      },
    ),
  doctor: (text) =>
    doctorReport([
      {
        ...{ installation: text, cluster: text, isApplied: true },
        groups: [
          {
            id: 'objects',
            title: text,
            findings: [sayError(text, `--from-literal ${text}`), sayUnseen(text, text)],
          },
        ],
      },
    ]),
};

describe.each(Object.entries(reports))('%s', (_name, report) => {
  test.each(texts)('with %s everywhere is JSON without it', (_what, text) => {
    const json = report(text);
    const held: string[] = [];
    JSON.parse(json, (key, value: unknown) => {
      held.push(key, ...(typeof value === 'string' ? [value] : []));
      return value;
    });
    expect(held.length).toBeGreaterThan(5);
    expect(held.filter((one) => credentialIn(one) !== undefined)).toEqual([]);
  });
});
