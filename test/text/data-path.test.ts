import { pathsIn, valueAt, withValueAt } from '../../lib/text/data-path.ts';

const data = { a: { b: [1, { c: 2 }] }, d: null };

test('what stands inside of a value comes before it', () => {
  expect(pathsIn(data)).toEqual([['a', 'b', 0], ['a', 'b', 1, 'c'], ['a', 'b', 1], ['a', 'b'], ['a'], ['d']]);
});

test('data that contains itself ends', () => {
  const circle: { inside?: unknown } = {};
  circle.inside = circle;
  expect(pathsIn(circle)).toEqual([['inside']]);
});

test('a value is found, replaced and left out by its path', () => {
  const path = ['a', 'b', 1, 'c'];
  expect(valueAt(data, path)).toBe(2);
  expect(valueAt(data, ['a', 'x', 'y'])).toBeUndefined();
  expect(withValueAt(data, path, 3)).toEqual({ a: { b: [1, { c: 3 }] }, d: null });
  expect(withValueAt(data, path, undefined)).toEqual({ a: { b: [1, {}] }, d: null });
  expect(withValueAt(data, ['a', 'b', 0], undefined)).toEqual({ a: { b: [{ c: 2 }] }, d: null });
  expect(data.a.b[0]).toBe(1);
});
