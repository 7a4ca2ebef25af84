import { installationKeys } from '../../lib/installation/installation-file.ts';
import { withDefinitions } from '../../lib/reference/schema-definitions.ts';
import type { JsonSchema } from '../../lib/schema/json-schema.ts';
import { isMapping } from '../installation/example.ts';

const limit: JsonSchema = {
  type: 'string',
  pattern: '^[0-9]+(?:\\.[0-9]+)?(?:[KMGTPE]i?|m)?$',
  examples: ['512Mi', '200m', '1'],
};
const limits: JsonSchema = {
  type: 'object',
  properties: { cpu: { ...limit, description: 'Processors.' }, memory: { ...limit, description: 'Memory.' } },
};

test('what stands at several places is written once, and what is said of a place stays there', () => {
  const { schema, definitions } = withDefinitions({
    type: 'object',
    properties: {
      one: { ...limits, description: 'Of one.' },
      other: { ...limits, description: 'Of the other.', default: {} },
    },
  });
  expect(schema).toEqual({
    type: 'object',
    properties: {
      one: { description: 'Of one.', type: 'object', allOf: [{ $ref: '#/definitions/one' }] },
      other: {
        description: 'Of the other.',
        default: {},
        type: 'object',
        allOf: [{ $ref: '#/definitions/one' }],
      },
    },
  });
  expect(Object.keys(definitions)).toEqual(['one', 'cpu']);
  expect(definitions['cpu']).toEqual(limit);
});

test('a place of which the same is said elsewhere is referred to as a whole', () => {
  const described: JsonSchema = {
    ...limits,
    description: `How much of them a pod may use. ${'It is much. '.repeat(9)}`,
  };
  const { schema, definitions } = withDefinitions({
    type: 'object',
    properties: { one: described, other: described, another: { ...limits, description: 'Some.' } },
  });
  expect(schema.properties?.['one']).toEqual(schema.properties?.['other']);
  expect(Object.keys(schema.properties?.['one'] ?? {})).toEqual(['$ref']);
  expect(resolved(schema.properties?.['one'], definitions)).toEqual(described);
});

test('what stands once, or is short, stays where it is', () => {
  const short: JsonSchema = { type: 'boolean' };
  const once: JsonSchema = { type: 'object', properties: { a: short, b: short, limits } };
  expect(withDefinitions({ type: 'object', properties: { once } }).schema).toEqual({
    type: 'object',
    properties: { once: { ...once, properties: { a: short, b: short, limits: expect.anything() } } },
  });
});

test('the schema of installation files says with definitions what it says without', () => {
  const { schema, definitions } = withDefinitions(installationKeys.json);
  expect(Object.keys(definitions).length).toBeGreaterThan(20);
  expect(resolved(schema, definitions)).toEqual(installationKeys.json);
});

/** A schema with what it refers to in the place of references. */
function resolved(part: unknown, definitions: { readonly [name: string]: JsonSchema }): unknown {
  if (Array.isArray(part)) return part.map((one) => resolved(one, definitions));
  if (!isMapping(part)) return part;
  const { $ref, allOf, ...rest } = part;
  const referred = (reference: unknown) =>
    resolved(definitions[String(reference).replace('#/definitions/', '')], definitions);
  if ($ref !== undefined) return referred($ref);
  const [first] = Array.isArray(allOf) ? allOf : [];
  if (isMapping(first) && first['$ref'] !== undefined) {
    const inner = referred(first['$ref']);
    return { ...(isMapping(inner) ? inner : {}), ...rest };
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, resolved(value, definitions)]));
}
