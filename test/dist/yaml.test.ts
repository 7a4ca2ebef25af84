import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { compactYamlOf, documentOf, yamlOf } from '../../lib/dist/yaml.ts';
import type { Comment, KubernetesObject, Value } from '../../lib/manifests/manifest.ts';

const identity = { apiVersion: 'v1', kind: 'ConfigMap' };

function written(fields: { [field: string]: Value | undefined }, comments: Comment[] = []): string {
  return yamlOf({ file: 'home/app/configmap.test.yaml', object: { ...identity, ...fields }, comments });
}

/** What both languages read, and through JSON so that `__proto__` stays a plain key. */
function read(text: string): unknown[] {
  return (['1.1', '1.2'] as const).map((version) =>
    parse(text, { version, uniqueKeys: true, mapAsMap: true, merge: version === '1.1' }),
  );
}

/** A value with its mappings as Maps, in any order: what `read` gives. */
function asMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMaps);
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? 0 : value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, asMaps(inner)]));
}

function expectRoundTrip(object: KubernetesObject, comments: Comment[] = []): void {
  const manifest = { file: 'test.yaml', object, comments };
  for (const text of [yamlOf(manifest), compactYamlOf([manifest])]) {
    for (const back of read(text)) expect(back).toEqual(asMaps(object));
    // Immich reads its configuration with it: YAML 1.2, but with dates, binary numbers and underscores of its own.
    expect(asMaps(load(text))).toEqual(asMaps(object));
  }
}

describe('reading it back', () => {
  const strange = [
    ...[
      '',
      ' ',
      'on',
      'Off',
      'y',
      'N',
      'yes',
      'null',
      '~',
      'true',
      'TRUE',
      '.inf',
      '-.Inf',
      '.nan',
      '=',
      '<<',
    ],
    ...[
      '0777',
      '0o17',
      '0x1F',
      '0X1F',
      '0b11',
      '1_000',
      '1e3',
      '-E0',
      '1.',
      '.5',
      '+1',
      '-1',
      '12:30:45',
      '1:2.5',
      '08',
    ],
    ...[
      '2001-12-14',
      '2001-12-14 21:59:43.10 -5',
      '2001-12-14 21:59:43',
      '2026-12-24T18:00:00Z',
      '-0x1',
      '-0b11',
      '0b1_1',
      '-0o7',
      '1_0.5',
      '1e-3',
      '-.5',
      '3.3',
      '0 0 3 * * *',
      '*/5 * * * *',
      '* * * * *',
      '-',
      '- a',
    ],
    ...[
      '? a',
      '#a',
      'a #b',
      'a: b',
      'a:',
      ': a',
      '[a',
      '{a',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      "'a",
      '"a',
      '%a',
      '@a',
    ],
    ...[
      '---',
      '--- a',
      '...',
      '--port',
      '-y',
      'a\tb',
      '\ta',
      'a ',
      'a\nb',
      'a\nb\n',
      'a\n\nb\n\n',
      '\na',
      ' a\nb',
    ],
    ...[
      'a \nb',
      'a\r\nb',
      'a\u2028b',
      'a\u0085b',
      '\ufeffa',
      'a\u0000b',
      'Zürich',
      '😀',
      '\ud800',
      '__proto__',
    ],
    ...['a'.repeat(300), 'word '.repeat(60), `${'word '.repeat(60)}end`, `${'a: b #c '.repeat(30)}end`],
    ...['select 1;\n\n  select 2;\n', 'a\n\tb', 'a\n---\nb', `- ${'long '.repeat(40)}x`, '# a\n# b'],
  ];

  test.each(strange)('%j survives as a value, an element and a key', (text) => {
    expectRoundTrip({ ...identity, data: { value: text }, list: [text, [text], { value: text }] });
    expectRoundTrip({ ...identity, data: Object.fromEntries([[text, text]]) });
  });

  test('any object survives', () => {
    const text = fc.oneof(
      fc.constantFrom(...strange),
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.stringMatching(/^[-+]?[0-9aAbBeEoOxX_.:TZ ]{1,12}$/),
    );
    const json = fc.object({
      key: text.filter((key) => key !== '__proto__'),
      values: [
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ],
      maxDepth: 4,
    });
    fc.assert(
      fc.property(json, (data) => {
        const object = JSON.parse(JSON.stringify({ ...identity, data }));
        expectRoundTrip(object);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a document inside of a manifest is read back by js-yaml, which Immich uses', () => {
  const data = {
    backup: { cron: '0 2 * * *' },
    css: 'a {\n  b: c;\n}\n',
    day: '2026-12-24',
    list: ['0b11', 1],
  };
  expect(load(documentOf(data))).toEqual(data);
  expect(documentOf({ a: { b: 'no' } })).toBe('a:\n  b: "no"\n');
});

describe('what a reader sees', () => {
  test('keys that say what it is come first, the others follow by the alphabet', () => {
    const text = yamlOf({
      file: 'test.yaml',
      comments: [],
      object: {
        spec: {
          b: 1,
          B: 2,
          containers: [{ ports: [], image: 'x', env: {}, name: 'server' }],
          selector: undefined,
        },
        kind: 'Deployment',
        metadata: {
          annotations: { b: '1' },
          labels: { a: 'b' },
          generation: 1,
          namespace: 'immich',
          name: 'a',
        },
        apiVersion: 'apps/v1',
      },
    });
    expect(text).toBe(
      [
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata:',
        '  name: a',
        '  namespace: immich',
        '  labels:',
        '    a: b',
        '  annotations:',
        '    b: "1"',
        '  generation: 1',
        'spec:',
        '  B: 2',
        '  b: 1',
        '  containers:',
        '    - name: server',
        '      image: x',
        '      env: {}',
        '      ports: []',
        '',
      ].join('\n'),
    );
  });

  test('quotes stand only where a reader could go wrong', () => {
    const plain = [
      '500Gi',
      '200m',
      '14d',
      'ReadWriteOnce',
      '--port=80',
      '/api/server/ping',
      "a == 'b'",
      'a:b@sha256:1',
    ];
    const quoted = ['on', '0777', '12:30:45', '1e3', '0 0 3 * * *', '3.3', 'v: 1', '10.0.0.0/8', '*', ''];
    const text = written({ data: [...plain, ...quoted] });
    expect(text.match(/(?<= {2}- ).*/g)).toEqual([...plain, ...quoted.map((value) => JSON.stringify(value))]);
  });

  test('several lines are a literal block, a long line a folded one', () => {
    const sentence = `${'object.spec.replicas == 1 && '.repeat(5)}true`;
    expect(written({ data: { long: sentence, script: 'set -e\n\n  run\n', short: 'a\nb' } })).toBe(
      [
        'apiVersion: v1',
        'kind: ConfigMap',
        'data:',
        '  long: >-',
        '    object.spec.replicas == 1 && object.spec.replicas == 1 && object.spec.replicas == 1 &&',
        '    object.spec.replicas == 1 && object.spec.replicas == 1 && true',
        '  script: |',
        '    set -e',
        '',
        '      run',
        '  short: |-',
        '    a',
        '    b',
        '',
      ].join('\n'),
    );
  });
});

describe('comments', () => {
  test('stand above their value, and at the head of the file', () => {
    const text = written(
      { data: { a: '1', list: ['x', { name: 'v', value: 'z' }, { name: 'v' }], map: { b: 'c' } } },
      [
        { path: [], text: 'The head.' },
        { path: ['data', 'a'], text: 'One.\n  indented' },
        { path: ['data', 'a'], text: 'Two.' },
        { path: ['data', 'list', 0], text: 'An element.' },
        { path: ['data', 'list', 1], text: 'A mapping.' },
        { path: ['data', 'list', 1, 'name'], text: 'Its first line.' },
        { path: ['data', 'list', 2, 'name'], text: 'Another first line.' },
        { path: ['data', 'map', 'b'], text: `A long one ${'of many words '.repeat(8)}\nand a second line.` },
      ],
    );
    expect(text).toBe(
      [
        '# The head.',
        'apiVersion: v1',
        'kind: ConfigMap',
        'data:',
        '  # One.',
        '  #   indented',
        '  # Two.',
        '  a: "1"',
        '  list:',
        '    # An element.',
        '    - x',
        '    # A mapping.',
        '    # Its first line.',
        '    - name: v',
        '      value: z',
        '    # Another first line.',
        '    - name: v',
        '  map:',
        '    # A long one of many words of many words of many words of many words of many words of many words',
        '    # of many words of many words',
        '    # and a second line.',
        '    b: c',
        '',
      ].join('\n'),
    );
  });

  test('cannot end early and become part of the object', () => {
    const object = { ...identity, data: { a: 'b' } };
    for (const end of ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\u0000', '\ufeff', '\u000b']) {
      const comments = [{ path: ['data', 'a'], text: `one${end}c: d${end}` }];
      expectRoundTrip(object, comments);
      expect(yamlOf({ file: 'test.yaml', object, comments })).not.toMatch(/^ *c:/m);
    }
  });

  test.each([
    [['data', 'b']],
    [['data', 'a', 'b']],
    [['data', 'list', 1]],
    [['data', 'list', 'a']],
    [['toString']],
  ])('on %j, which is not there, are an error', (path) => {
    expect(() => written({ data: { a: '1', list: ['a'], b: undefined } }, [{ path, text: 'x' }])).toThrow(
      `home/app/configmap.test.yaml: a comment belongs to ${path.join('.')}, but the object has no such value.`,
    );
  });

  test('change nothing of the object', () => {
    const json = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
    fc.assert(
      fc.property(json, fc.string({ unit: 'binary' }), (data, text) => {
        const object: KubernetesObject = JSON.parse(JSON.stringify({ ...identity, data }));
        const comments = pathsOf(object).map((path) => ({ path, text }));
        expectRoundTrip(object, comments);
      }),
    );
  });
});

function pathsOf(value: unknown): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [[]];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [[], ...entries.flatMap(([key, inner]) => pathsOf(inner).map((path) => [key, ...path]))];
}

describe('in few lines', () => {
  function compact(...objects: { readonly object: Value; readonly comments?: Comment[] }[]): string[] {
    const manifests = objects.map(({ object, comments = [] }) => ({
      file: 'test.yaml',
      object: { ...identity, data: object },
      comments,
    }));
    return compactYamlOf(manifests).split('\n').slice(2, -1);
  }

  test('what is short stands on one line, what is not on up to three, and the rest has a line for each value', () => {
    const word = 'w'.repeat(50);
    expect(compact({ object: { few: { b: [1, 'a, b', '?'], a: {} } } })).toEqual([
      'data: { few: { a: {}, b: [1, "a, b", "?"] } }',
    ]);
    expect(compact({ object: { some: [word, word, word] } })).toEqual([
      'data:',
      `  some: [${word}, ${word},`,
      `    ${word}]`,
    ]);
    expect(compact({ object: { many: Array(7).fill(word) } })).toEqual([
      'data:',
      '  many:',
      ...Array(7).fill(`    - ${word}`),
    ]);
  });

  test('a text of several lines is never between braces', () => {
    expect(compact({ object: { script: 'a\nb\n', other: 1 } })).toEqual([
      'data:',
      '  other: 1',
      '  script: |',
      '    a',
      '    b',
    ]);
  });

  test('a comment stands behind its value, or above where there is no room or it is deeper inside', () => {
    const long = 'long '.repeat(25).trim();
    expect(
      compact({
        object: { a: { b: 1 }, c: 2, list: [{ d: 3 }] },
        comments: [
          { path: ['data', 'a', 'b'], text: 'Inside.' },
          { path: ['data', 'c'], text: long },
          { path: ['data', 'list', 0], text: 'An element.' },
        ],
      }),
    ).toEqual([
      'data:',
      '  a: { b: 1 } # Inside.',
      `  # ${long}`,
      '  c: 2',
      '  list: [{ d: 3 }] # An element.',
    ]);
  });

  test('two comments inside of a value keep their places', () => {
    const comments = [
      { path: ['data', 'a'], text: 'One.' },
      { path: ['data', 'b'], text: 'Two.' },
    ];
    expect(compact({ object: { a: 1, b: 2 }, comments })).toEqual([
      'data:',
      '  a: 1 # One.',
      '  b: 2 # Two.',
    ]);
  });

  test('what is said of the same value of several objects is said once, and what is said of others each time', () => {
    const object = { a: 1, b: [2] };
    const comments = [
      { path: ['data', 'a'], text: 'Of every a.' },
      { path: ['data', 'b'], text: 'Of this list.' },
    ];
    const text = compact({ object, comments }, { object, comments }).join('\n');
    expect(text.match(/Of every a/g)).toHaveLength(1);
    expect(text.match(/Of this list/g)).toHaveLength(2);
  });
});
