import { exampleDifference } from '../../lib/audit/example.ts';
import { badExample } from './bad-example.ts';

const good = '\nkind: Service\nspec:\n  a: 1\n  b: 2\n  c: 3\n';

test('a text is replaced where it stands, and the rest is the same', () => {
  const examples = { good, broken: { 'b: 2': 'b: 3' } };
  expect(badExample(examples)).toBe('kind: Service\nspec:\n  a: 1\n  b: 3\n  c: 3');
  expect(exampleDifference(examples)).toBe(' kind: Service\n spec:\n   a: 1\n-  b: 3\n+  b: 2\n   c: 3');
});

test('a text that is replaced by nothing takes its line with it', () => {
  const examples = { good, broken: { 'b: 2': '' } };
  expect(badExample(examples)).toBe('kind: Service\nspec:\n  a: 1\n  c: 3');
  expect(exampleDifference(examples)).toBe(' kind: Service\n spec:\n   a: 1\n+  b: 2\n   c: 3');
});

test('several texts, in whatever order and on one line', () => {
  const broken = { 'c: 3': 'c: 4', 'kind: ': 'Kind: ', Service: 'Pod' };
  expect(badExample({ good, broken })).toBe('Kind: Pod\nspec:\n  a: 1\n  b: 2\n  c: 4');
  expect(exampleDifference({ good, broken })).toBe(
    '-Kind: Pod\n+kind: Service\n spec:\n   a: 1\n   b: 2\n-  c: 4\n+  c: 3',
  );
});

test('the last line, without a line break after it', () => {
  expect(badExample({ good: 'a: 1\nb: 2', broken: { 'b: 2': 'b: 3\nc: 4' } })).toBe('a: 1\nb: 3\nc: 4');
});

test('a text that stands nowhere, or twice, is told', () => {
  expect(() => badExample({ good, broken: { 'd: 4': '' } })).toThrow(
    '"d: 4" stands nowhere in the good example. Write a text that stands in it once.',
  );
  expect(() => badExample({ good, broken: { ': ': '' } })).toThrow('": " stands more than once');
});
