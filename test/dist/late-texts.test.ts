import { LateTexts } from '../../lib/dist/late-texts.ts';

const asked: string[] = [];
const texts = () => {
  asked.length = 0;
  return new LateTexts(['b', 'a'], (path) => {
    asked.push(path);
    return `text of ${path}`;
  });
};

test('Names are known without reading', () => {
  const late = texts();
  expect([late.size, late.has('a'), late.has('c'), [...late.keys()]]).toEqual([2, true, false, ['b', 'a']]);
  expect(asked).toEqual([]);
});

test('A text is read each time that it is asked for, and only if it is one of them', () => {
  const late = texts();
  expect([late.get('a'), late.get('a'), late.get('c')]).toEqual(['text of a', 'text of a', undefined]);
  expect(asked).toEqual(['a', 'a']);
});

test('It gives what a map gives', () => {
  const late = texts();
  const map = new Map([
    ['b', 'text of b'],
    ['a', 'text of a'],
  ]);
  expect(new Map(late)).toEqual(map);
  expect([...late.values()]).toEqual([...map.values()]);
  const visited: string[] = [];
  late.forEach((text, path) => {
    visited.push(path, text);
  });
  expect(visited).toEqual(['b', 'text of b', 'a', 'text of a']);
});
