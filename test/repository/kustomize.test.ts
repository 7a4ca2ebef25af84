import type { Value } from '../../lib/manifests/manifest.ts';
import { joinPath } from '../../lib/manifests/views/layer.ts';
import { applyOperations, merge } from '../../lib/repository/kustomize/merge.ts';
import { substitute } from '../../lib/repository/substitution.ts';
import type { Path } from '../../lib/text/path.ts';

function noting(): { notes: string[]; note: (path: Path, from: Path) => void } {
  const notes: string[] = [];
  return { notes, note: (path, from) => notes.push(`${path.join('.')} <- ${from.join('.')}`) };
}

describe('a strategic merge', () => {
  const target = {
    spec: { containers: [{ name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }] }], replicas: 1 },
  };

  test('merges lists by name, adds what is new, and tells where each value comes from', () => {
    const { notes, note } = noting();
    const patch = { spec: { containers: [{ name: 'a', env: [{ name: 'Y', value: '2' }] }, { name: 'b' }] } };
    expect(merge(target, patch, note)).toEqual({
      spec: {
        containers: [
          {
            name: 'a',
            image: 'a:1',
            env: [
              { name: 'X', value: '1' },
              { name: 'Y', value: '2' },
            ],
          },
          { name: 'b' },
        ],
        replicas: 1,
      },
    });
    expect(notes).toEqual([
      'spec.containers.0.name <- spec.containers.0.name',
      'spec.containers.0.env.1 <- spec.containers.0.env.0',
      'spec.containers.1 <- spec.containers.1',
    ]);
  });

  test('removes by null and by $patch: delete', () => {
    const { note } = noting();
    expect(
      merge(target, { spec: { replicas: null, containers: [{ name: 'a', $patch: 'delete' }] } }, note),
    ).toEqual({
      spec: { containers: [] },
    });
  });
});

describe('a JSON patch', () => {
  const target = { a: { 'b/c': 1 }, list: [1, 2] };

  test.each<[string, Value[], Value]>([
    ['replaces', [{ op: 'replace', path: '/a/b~1c', value: 2 }], { a: { 'b/c': 2 }, list: [1, 2] }],
    ['adds to a list', [{ op: 'add', path: '/list/-', value: 3 }], { a: { 'b/c': 1 }, list: [1, 2, 3] }],
    ['inserts into a list', [{ op: 'add', path: '/list/0', value: 0 }], { a: { 'b/c': 1 }, list: [0, 1, 2] }],
    ['tests nothing', [{ op: 'test', path: '/list/0', value: 9 }], target],
    [
      'removes',
      [
        { op: 'remove', path: '/a' },
        { op: 'remove', path: '/list/0' },
      ],
      { list: [2] },
    ],
    [
      'leaves out what fits nowhere',
      [{ op: 'add', path: '/list/9', value: 1 }, { op: 'add', path: '/a/b~1c/d', value: 1 }, 'x'],
      target,
    ],
  ])('%s', (_, operations, expected) => {
    expect(applyOperations(target, operations, () => undefined)).toEqual(expected);
  });
});

test.each([
  ['a/b', './c.yaml', 'a/b/c.yaml'],
  ['a/b', '../c', 'a/c'],
  ['', 'c/', 'c'],
  ['a', '../../c', undefined],
])('in "%s" the path %s is %s', (folder, path, expected) => {
  expect(joinPath(folder, path)).toBe(expected);
});

test.each([
  ['{A}', 'known'],
  ['{A:=default}', 'known'],
  ['{B:=default}', 'default'],
  ['{B:-default}', 'default'],
  ['{B:=}', ''],
  ['{B}', '\u0024{B}'],
])('the variable %s becomes "%s"', (variable, expected) => {
  const variables = new Map([['A', 'known']]);
  expect(substitute({ list: [`\u0024${variable}`, 1] }, variables)).toEqual({ list: [expected, 1] });
});
