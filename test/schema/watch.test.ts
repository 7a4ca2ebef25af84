import { isDoubtful } from '../../lib/schema/doubt.ts';
import { type Look, watch } from '../../lib/schema/watch.ts';
import type { Path } from '../../lib/text/path.ts';

const value = { name: 'a', list: [{ size: 1 }, { size: 2 }], inner: { kind: 'x', at: new Date(0), left: 1 } };

function looksIn(look: (watched: typeof value) => unknown): Look[] {
  const { watched, looks } = watch(value);
  look(watched);
  return [...looks()];
}

test('what is looked at is noted, and nothing else', () => {
  expect(looksIn(({ name }) => name)).toEqual([{ path: ['name'], isWhole: true }]);
  expect(looksIn(({ inner }) => inner.kind)).toEqual([
    { path: ['inner'], isWhole: false },
    { path: ['inner', 'kind'], isWhole: true },
  ]);
  expect(looksIn(({ inner }) => inner.at.getTime())).toContainEqual({ path: ['inner', 'at'], isWhole: true });
  expect(looksIn(({ list }) => list[1]?.size)).toContainEqual({ path: ['list', 1, 'size'], isWhole: true });
});

test('who goes through a list or a mapping sees all of it', () => {
  const whole = { path: ['list'], isWhole: true };
  expect(looksIn(({ list }) => list.map(({ size }) => size))).toContainEqual(whole);
  expect(looksIn(({ list }) => list.length)).toContainEqual(whole);
  expect(looksIn(({ inner }) => ({ ...inner }))).toContainEqual({ path: ['inner'], isWhole: true });
  expect(looksIn((watched) => Object.keys(watched))).toContainEqual({ path: [], isWhole: true });
});

test('what is seen is the same as without a watcher', () => {
  const { watched } = watch(value);
  expect(watched).toEqual(value);
  expect(watched.list.filter((one) => one === watched.list[1])).toHaveLength(1);
});

describe('what was looked at is in doubt', () => {
  const schema = {
    properties: {
      name: {},
      inner: { oneOf: [{ properties: { left: {} } }, { properties: { right: {} } }] },
      list: { items: { properties: { size: {} } } },
      named: { additionalProperties: {} },
    },
  };
  const looked = (...path: Path): Look => ({ path, isWhole: true });

  test.each<[string, Look, Path]>([
    ['the same', looked('name'), ['name']],
    ['what it is part of', looked('inner', 'left'), ['inner']],
    ['a part of what was seen whole', looked('inner'), ['inner', 'right']],
    ['a part of what the schema has not in this form', looked('inner', 'door', 'host'), ['inner', 'right']],
    ['what decides which variant it is', looked('inner', 'kind'), ['inner']],
    ['an entry', looked('list', 0, 'size'), ['list', 0]],
    ['what a user named', looked('named', 'a'), ['named', 'a']],
  ])('by %s', (_what, look, doubtful) => {
    expect(isDoubtful(look, [doubtful], schema)).toBe(true);
  });

  test.each<[string, Look, Path]>([
    ['another', looked('name'), ['inner']],
    ['its neighbour', looked('inner', 'left'), ['inner', 'right']],
    ['a part of what was only found there', { path: ['inner'], isWhole: false }, ['inner', 'left']],
    ['a part, when only the variant was asked for', looked('inner', 'kind'), ['inner', 'left']],
    ['another entry', looked('list', 0, 'size'), ['list', 1]],
    ['what else a user named', looked('named', 'a'), ['named', 'b']],
  ])('but not by %s', (_what, look, doubtful) => {
    expect(isDoubtful(look, [doubtful], schema)).toBe(false);
  });
});
