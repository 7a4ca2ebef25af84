import { withKeys } from '../../lib/text/yaml-insertion.ts';

const added = (text: string, ...path: string[]) =>
  withKeys(text, path, [
    ['new', '1'],
    ['more', 'two'],
  ]);

test.each([
  ['a block', 'a:\n  b: 1 # one\n', 'a:\n  new: 1\n  more: two\n  b: 1 # one\n'],
  [
    'a block with a comment above',
    'a:\n\n  # of b\n  b: 1\n',
    'a:\n  new: 1\n  more: two\n\n  # of b\n  b: 1\n',
  ],
  ['a block with an anchor', 'a: &x\n    b: 1\n', 'a: &x\n    new: 1\n    more: two\n    b: 1\n'],
  ['a block with CRLF', 'a:\r\n  b: 1\r\n', 'a:\r\n  new: 1\r\n  more: two\r\n  b: 1\r\n'],
  ['a block after a BOM', '\uFEFFa:\n  b: 1\n', '\uFEFFa:\n  new: 1\n  more: two\n  b: 1\n'],
  ['braces', 'a: { b: 1 } # one\n', 'a: { b: 1, new: 1, more: two } # one\n'],
  ['braces without spaces', 'a: {b: "}"}\n', 'a: {b: "}", new: 1, more: two}\n'],
  ['braces in braces', 'a: { b: { c: 1 } }\n', 'a: { b: { c: 1 }, new: 1, more: two }\n'],
  ['braces over lines', 'a: {\n  b: 1, # one\n}\n', 'a: {\n  b: 1, new: 1, more: two, # one\n}\n'],
  ['braces with a key alone', 'a: { b }\n', 'a: { b, new: 1, more: two }\n'],
  ['empty braces', 'a: {}\n', 'a: { new: 1, more: two }\n'],
])('keys go into %s', (_, text, expected) => {
  expect(added(text, 'a')).toBe(expected);
});

test('the file itself is a mapping', () => {
  expect(added('# what it is\na: 1\n')).toBe('new: 1\nmore: two\n# what it is\na: 1\n');
});

test.each([
  ['is not there', 'b: {}\n'],
  ['is a text', 'a: text\n'],
  ['is a list', 'a:\n  - b: 1\n'],
  ['is nothing', 'a:\n'],
  ['is shared by an alias', 'b: &b { c: 1 }\na: *b\n'],
  ['begins with an explicit key', 'a:\n  ? b\n  : 1\n'],
])('nothing is added where the mapping %s', (_, text) => {
  expect(added(text, 'a')).toBeUndefined();
});
