import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { plainYaml } from '../../lib/text/plain-yaml.ts';
import { readSource } from '../../lib/text/yaml-source.ts';

/** What is read the slow way, as Kubernetes' own tools do. */
const whole = (text: string) => readSource(text, { strict: false });

describe('is the same as what is read the slow way', () => {
  test.each([
    'a: 1_000\nb: 0b11\nc: 0o17\nd: 0x1F\ne: 017\nf: +3\ng: -4\nh: 1e3\ni: 1.\nj: .5\nk: -.inf\nl: 1:30',
    'a: yes\nb: on\nc: True\nd: FALSE\ne: tRUE\nf: ~\ng: Null\nh:\ni: "null"',
    'a: 2001-12-14\nb: 2001-12-14t21:59:43.10-05:00\nc: =\nd: 0.0.0.0\ne: v1',
    'a: |\n  one\n   two\n\n  three\nb: >-\n  folded\n  text\n\n  more\nc: |+\n  kept\n\n',
    "a: plain text\n  over lines\nb: 'it''s'\nc: \"tab\\t \\u00e9 \\x41\"\nd: a#b\ne: a # comment",
    'a: [1, two, {b: c, d}]\ne: {f: [], g: {}}\nh: ["{{ .x }}", x]',
    '- a\n- - b\n  - c\n- d: e\n  f: g\n-\n  h: i',
    'a: &x text\nb: *x\nc: [*x, *x]',
    'key with spaces: 1\n"quoted": 2\n? c\n: d\n',
    'a: 1\nb: 2\na: 3',
    '8080: a\n1.5: b\ntrue: c\nnull: d\n~: e\n: f\n-1: g\n.inf: h',
    'a: &x {b: 1}\nc: *x\n<<: *x',
    'a: &x\n  b: 1\nc: *x',
    'a: !!str 1\nb: !custom x',
    '%YAML 1.1\n---\na: yes',
    'a: {{ .Values.x }}',
    '__proto__: a\nconstructor: b',
    'a: ${B}\nc: "${D:=e}"\nf: $${g}',
    'a: x: y',
    'a: [1',
    '\ta: 1',
    'a: *nobody',
    'a: 1\n...\nb: 2',
    '',
    '# nothing\n',
    'a: 12345678901234567890',
    'a: "\\/"\nb: -\nc: --- x',
  ])('%j', (text) => {
    const data = plainYaml(text);
    if (data !== undefined) expect({ data, faults: [] }).toEqual({ ...pick(text) });
  });

  test('whatever is written, in whatever style', () => {
    const name = fc.oneof(fc.constantFrom('a', 'name', '8080', 'true', '<<', '~', '__proto'), fc.string());
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.string({ unit: 'binary-ascii' }),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.constant(null),
          fc.constantFrom(
            'yes',
            '0o7',
            '1_0',
            '0x',
            '- a',
            'a: b',
            '{{ x }}',
            '*a',
            '&a',
            '|',
            'two\nlines\n',
            ' x ',
          ),
        ),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    const style = fc.record({
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_LITERAL' as const,
      ),
    });
    fc.assert(
      fc.property(value, style, (data, options) => {
        const text = stringify({ data }, options);
        const plain = plainYaml(text);
        if (plain !== undefined) expect({ data: plain, faults: [] }).toEqual(pick(text));
      }),
    );
  });

  test('for every manifest of ours', () => {
    const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.yaml'),
    );
    for (const file of files) {
      const text = readFileSync(join('dist', file), 'utf8');
      const data = plainYaml(text);
      if (data !== undefined) expect(data).toEqual(whole(text).data);
    }
  });
});

test('what is usual is read at once', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: &name immich, labels: { app: *name } }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          args: ["--a", "{{ .b }}"]
          command:
            - |
              echo one
`;
  expect(plainYaml(text)).toEqual(whole(text).data);
});

test.each(['a: [1', 'a: x: y', 'a: &x\n  b: 1', '<<: {a: 1}', `${'[*a, '.repeat(200)}`])(
  '%j is left to be read the slow way',
  (text) => {
    expect(plainYaml(text)).toBeUndefined();
  },
);

function pick(text: string): { readonly data: unknown; readonly faults: readonly unknown[] } {
  const { data, faults } = whole(text);
  return { data, faults };
}
