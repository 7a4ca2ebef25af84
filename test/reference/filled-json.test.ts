import fc from 'fast-check';
import { filledJson } from '../../lib/reference/filled-json.ts';

test('any value is written as JSON that says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(filledJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what fits into a line stands on one, and words fill lines', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word-${index}`);
  const text = filledJson({ a: { b: 1, c: [] }, words });
  expect(text.split('\n').slice(0, 3)).toEqual(['{', ' "a": { "b": 1, "c": [] },', ' "words": [']);
  expect(text.split('\n').length).toBeLessThan(10);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(162);
});
