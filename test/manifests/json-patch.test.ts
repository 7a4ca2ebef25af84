import { merge, type Operation, operate } from '../../lib/manifests/json-patch.ts';

const target = { spec: { a: 1, list: [{ name: 'x' }, { name: 'y' }], 'with/slash': true } };

test.each<[Operation, unknown]>([
  [
    { op: 'add', path: '/spec/b', value: 2 },
    { ...target.spec, b: 2 },
  ],
  [
    { op: 'add', path: '/spec/a', value: 2 },
    { ...target.spec, a: 2 },
  ],
  [
    { op: 'replace', path: '/spec/a', value: { b: 2 } },
    { ...target.spec, a: { b: 2 } },
  ],
  [
    { op: 'remove', path: '/spec/a' },
    { list: target.spec.list, 'with/slash': true },
  ],
  [
    { op: 'remove', path: '/spec/with~1slash' },
    { a: 1, list: target.spec.list },
  ],
  [
    { op: 'add', path: '/spec/list/-', value: 'z' },
    { ...target.spec, list: [...target.spec.list, 'z'] },
  ],
  [
    { op: 'add', path: '/spec/list/0', value: 'z' },
    { ...target.spec, list: ['z', ...target.spec.list] },
  ],
  [
    { op: 'add', path: '/spec/list/2', value: 'z' },
    { ...target.spec, list: [...target.spec.list, 'z'] },
  ],
  [
    { op: 'replace', path: '/spec/list/1/name', value: 'z' },
    { ...target.spec, list: [{ name: 'x' }, { name: 'z' }] },
  ],
  [
    { op: 'remove', path: '/spec/list/0' },
    { ...target.spec, list: [{ name: 'y' }] },
  ],
  [{ op: 'test', path: '/spec/list/0', value: { name: 'x' } }, target.spec],
])('%j', (operation, spec) => {
  expect(operate(target, operation)).toEqual({ ok: true, value: { spec } });
});

test.each<[Operation, string]>([
  [
    { op: 'replace', path: '/spec/b', value: 2 },
    '/spec/b leads nowhere: there is no "b" at /spec. Did you mean "a"?',
  ],
  [{ op: 'remove', path: '/spec/lst' }, 'there is no "lst" at /spec. Did you mean "list"?'],
  [{ op: 'add', path: '/status/a', value: 2 }, 'there is no "status" at /. It has spec.'],
  [{ op: 'add', path: '/spec/a/b', value: 2 }, '/spec/a is a single value'],
  [
    { op: 'add', path: '/spec/list/3', value: 2 },
    '/spec/list is a list of 2, counted from 0, and "3" is none of them.',
  ],
  [{ op: 'replace', path: '/spec/list/-', value: 2 }, '"-" is none of them'],
  [{ op: 'add', path: '/spec/list/-/name', value: 2 }, '"-" is none of them'],
  [{ op: 'remove', path: '/spec/list/01' }, '"01" is none of them'],
  [{ op: 'remove', path: '/spec/constructor' }, 'there is no "constructor"'],
  [{ op: 'test', path: '/spec/a', value: 2 }, '/spec/a is another value than the patch asks for'],
])('%j cannot be done', (operation, message) => {
  const result = operate(target, operation);
  expect(result.ok ? '' : result.message).toContain(message);
});

test('mappings are merged, lists replaced, and null removes', () => {
  expect(merge(target, { spec: { a: null, list: [], new: { deep: { x: 1 } } } })).toEqual({
    ok: true,
    value: { spec: { list: [], 'with/slash': true, new: { deep: { x: 1 } } } },
  });
});

test.each([
  [{ spec: { lisst: null } }, 'There is nothing at /spec/lisst to remove. Did you mean "list"?'],
  [{ spec: { $patch: 'delete' } }, '"/spec/$patch" is no part of an object.'],
])('%j cannot be merged', (patch, message) => {
  const result = merge(target, patch);
  expect(result.ok ? '' : result.message).toContain(message);
});
