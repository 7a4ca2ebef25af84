import { mapping, optional, required } from '../../lib/schema/mapping.ts';
import { Place, type Problem } from '../../lib/schema/place.ts';
import { anyText } from '../../lib/schema/scalar.ts';
import type { Schema } from '../../lib/schema/schema.ts';
import { exactlyOneOf, variants } from '../../lib/schema/variants.ts';

const words = mapping({ one: optional(anyText, 'One.'), two: optional(anyText, 'Two.') });

const alternatives: Schema<unknown> = variants<unknown>({
  one: mapping({ one: required(anyText, 'One.') }),
  two: mapping({ two: required(anyText, 'Two.') }),
});

/** What is told of a value, with the keys that lead to it. */
function told(schema: Schema<unknown>, value: unknown): string[] {
  const problems: Problem[] = [];
  schema.read(value, new Place([], problems));
  return problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe.each([
  ['variants', alternatives],
  ['exactlyOneOf', exactlyOneOf(['one', 'two'], words)],
])('%s', (_, schema) => {
  test('takes a key whose value is undefined for one that is left out', () => {
    expect(told(schema, { one: 'x', two: undefined })).toEqual([]);
    expect(told(schema, { one: undefined, two: 'x' })).toEqual([]);
    expect(told(schema, { one: undefined })).toEqual([
      ': One of one, two is missing. Write exactly one of them.',
    ]);
  });

  test('refuses two', () => {
    expect(told(schema, { one: 'x', two: 'y' })).toContain(
      'two: "one" and "two" exclude each other. Keep one of them.',
    );
  });
});

test('a mapping refuses an unknown key that has a value, and no other', () => {
  expect(told(words, { three: 'x' })).toEqual(['three: "three" is not a known key. Known here: one, two.']);
  expect(told(words, { three: undefined })).toEqual([]);
});
