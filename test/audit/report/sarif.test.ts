import fc from 'fast-check';
import type { Finding } from '../../../lib/audit/finding.ts';
import { type RuleDescription, sarifReport } from '../../../lib/audit/report/sarif.ts';
import { show } from '../../../lib/text/shown.ts';

const rules: readonly RuleDescription[] = [
  { id: 'one', severity: 'error', meaning: 'One.', why: 'Because of one.', url: 'https://example.com/one' },
  { id: 'two', severity: 'info', meaning: 'Two.', why: 'Because of two.', url: 'https://example.com/two' },
];

const someFinding: Finding = {
  rule: 'two',
  severity: 'warning',
  file: 'a b/50%/ü#?:[1].yaml',
  line: 3,
  column: 5,
  path: ['spec', 'list', 0],
  object: { kind: 'Pod', namespace: 'media', name: 'photos' },
  message: show('It is wrong.'),
  fix: show('Mend it.'),
  url: 'https://example.com/two',
};

const origin = 'Part of immich-cdk8s, which is not made by the Immich team.';
const pages = 'https://github.com/YOU/immich-cdk8s/blob/main/docs/rules';

test('a log has what the specification and GitHub ask for, and nothing else', () => {
  expect(JSON.parse(sarifReport([someFinding], rules))).toEqual({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'immich-audit',
            informationUri: 'https://github.com/YOU/immich-cdk8s',
            fullDescription: { text: origin },
            rules: [
              {
                id: 'one',
                shortDescription: { text: 'One.' },
                help: {
                  text: `Because of one. ${origin}`,
                  markdown: `Because of one. [Read on](https://example.com/one), or [how to mend and silence it](${pages}/one.md). ${origin}`,
                },
                helpUri: `${pages}/one.md`,
                defaultConfiguration: { level: 'error' },
              },
              {
                id: 'two',
                shortDescription: { text: 'Two.' },
                help: {
                  text: `Because of two. ${origin}`,
                  markdown: `Because of two. [Read on](https://example.com/two), or [how to mend and silence it](${pages}/two.md). ${origin}`,
                },
                helpUri: `${pages}/two.md`,
                defaultConfiguration: { level: 'note' },
              },
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'two',
            ruleIndex: 1,
            level: 'warning',
            message: { text: 'It is wrong. Mend it.' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/50%25/%C3%BC%23%3F%3A%5B1%5D.yaml' },
                  region: { startLine: 3, startColumn: 5 },
                },
                logicalLocations: [{ fullyQualifiedName: 'media/Pod/photos:spec.list[0]' }],
              },
            ],
            partialFingerprints: {
              'immichAudit/v1': 'two:a b/50%/ü#?:[1].yaml:media/Pod/photos:spec.list[0]',
            },
          },
        ],
      },
    ],
  });
});

test.each([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'note'],
] as const)('the severity %s is the level %s', (severity, level) => {
  expect(log([{ ...someFinding, severity }]).runs[0].results[0].level).toBe(level);
});

test('without a place the file is meant, which begins at 1:1', () => {
  const { line: _, column: __, ...nowhere } = someFinding;
  expect(log([nowhere]).runs[0].results[0].locations[0].physicalLocation.region).toEqual({
    startLine: 1,
    startColumn: 1,
  });
});

test('without findings there is still a run, which closes the alerts of earlier ones', () => {
  expect(log([]).runs).toHaveLength(1);
  expect(log([]).runs[0].results).toEqual([]);
});

test('any file is named by a relative URI that leads back to it, and a finding keeps its fingerprint', () => {
  const step = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[/\\]/.test(text) && !/^\.+$/.test(text));
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...rules),
      fc.nat(),
      (steps, { id, severity }, line) => {
        const file = steps.join('/');
        const finding = { ...someFinding, rule: id, severity, file };
        const [one] = log([{ ...finding, line: line + 1 }]).runs[0].results;
        const [other] = log([{ ...finding, line: line + 2 }]).runs[0].results;
        const { uri } = one.locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^[\w.~!*'()/%-]+$/);
        expect(new URL(uri, 'https://example.com/root/').pathname).toBe(`/root/${uri}`);
        expect(decodeURIComponent(uri)).toBe(file);
        expect(rules[one.ruleIndex]?.id).toBe(id);
        expect(one.partialFingerprints).toEqual(other.partialFingerprints);
      },
    ),
  );
});

function log(findings: readonly Finding[]) {
  return JSON.parse(sarifReport(findings, rules));
}
