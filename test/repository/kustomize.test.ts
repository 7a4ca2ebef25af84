import type { Value } from '../../lib/manifests/manifest.ts';
import { joinPath } from '../../lib/manifests/views/layer.ts';
import { applyOperation } from '../../lib/repository/kustomize/json-patch.ts';
import { mergeShape } from '../../lib/repository/kustomize/merge-keys.ts';
import { merge } from '../../lib/repository/kustomize/strategic-merge.ts';
import { substitute } from '../../lib/repository/substitution.ts';
import type { Path } from '../../lib/text/path.ts';

function noting() {
  const notes: string[] = [];
  const note = (sign: string) => (path: Path, from: Path) => {
    notes.push(`${path.join('.')} ${sign} ${from.join('.')}`);
  };
  return { notes, wrote: note('<-'), moved: note('was') };
}

// What `kustomize build` (5.8) makes of the same patches; e2e/kustomize holds more of them.
describe('a strategic merge', () => {
  const shape = mergeShape('v1', 'Pod');
  const target = {
    spec: {
      containers: [
        {
          name: 'a',
          image: 'a:1',
          env: [{ name: 'X', value: '1' }],
          ports: [{ containerPort: 1, protocol: 'TCP' }],
        },
      ],
      priority: 1,
    },
  };
  const ofContainers = (...containers: Value[]) => merge(target, { spec: { containers } }, shape, noting());
  const [container] = target.spec.containers;

  test('puts new items first, and tells where each value comes from and stood', () => {
    const told = noting();
    const patch = { spec: { containers: [{ name: 'b' }, { name: 'a', env: [{ name: 'Y', value: '2' }] }] } };
    expect(merge(target, patch, shape, told)).toEqual({
      spec: {
        containers: [
          { name: 'b' },
          {
            ...container,
            env: [
              { name: 'Y', value: '2' },
              { name: 'X', value: '1' },
            ],
          },
        ],
        priority: 1,
      },
    });
    expect(told.notes).toEqual([
      'spec.containers.0 <- spec.containers.0',
      'spec.containers.1.name <- spec.containers.1.name',
      'spec.containers.1.env.0 <- spec.containers.1.env.0',
      'spec.containers.1.env.1 was spec.containers.0.env.0',
      'spec.containers.1 was spec.containers.0',
    ]);
  });

  test.each<[string, Value, Value]>([
    ['removes by null', { spec: { priority: null } }, { spec: { containers: target.spec.containers } }],
    [
      'removes by $patch: delete',
      { spec: { containers: [{ name: 'a', $patch: 'delete' }] } },
      { spec: { containers: [], priority: 1 } },
    ],
    [
      'replaces a list by an item with $patch: replace',
      { spec: { containers: [{ $patch: 'replace' }, { name: 'b', image: null }] } },
      { spec: { containers: [{ name: 'b' }], priority: 1 } },
    ],
    ['replaces a mapping', { spec: { $patch: 'replace', priority: 2 } }, { spec: { priority: 2 } }],
    [
      'replaces lists that have no merge key',
      { spec: { tolerations: [{ key: 'b' }] } },
      { spec: { ...target.spec, tolerations: [{ key: 'b' }] } },
    ],
  ])('%s', (_, patch, expected) => {
    expect(merge(target, patch, shape, noting())).toEqual(expected);
  });

  test('leaves an item alone that says more of itself than the patch does', () => {
    expect(
      ofContainers({ name: 'a', ports: [{ containerPort: 1, name: 'x' }, { containerPort: 2 }] }),
    ).toEqual({
      spec: {
        ...target.spec,
        containers: [{ ...container, ports: [{ containerPort: 2 }, { containerPort: 1, protocol: 'TCP' }] }],
      },
    });
  });

  test('replaces the lists of custom resources', () => {
    const album = { spec: { items: [{ name: 'a' }, { name: 'b' }] } };
    const patch = { spec: { items: [{ name: 'a', value: 1 }] } };
    expect(merge(album, patch, mergeShape('example.org/v1', 'Album'), noting())).toEqual(patch);
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
    const notes = { wrote: () => undefined, moved: () => undefined };
    const patched = operations.reduce<Value | undefined>(
      (value, operation) => applyOperation(value, operation, notes),
      target,
    );
    expect(patched).toEqual(expected);
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
