import { readFileSync } from 'node:fs';
import { describeFields } from '../../known-fields.ts';

const definition = (schema: string) => `spec:
  group: example.com
  names: { kind: Example }
  versions: [{ name: v1, schema: { openAPIV3Schema: ${schema} } }]`;

test('the table is what `npm run docs` writes', () => {
  const definitions = ['cnpg', 'cnpg-read', 'flux', 'helm', 'source'].map((name) =>
    readFileSync(`imports/${name}/crds.yaml`, 'utf8'),
  );
  expect(readFileSync('lib/manifests/known-fields.json', 'utf8')).toBe(describeFields(definitions));
});

test.each([
  ['{ properties: { spec: { properties: { a: { type: string } } } } }', { spec: { a: {} } }],
  ['{ properties: { spec: { items: { properties: { a: {} } } } } }', { spec: { a: {} } }],
  ['{ properties: { spec: { additionalProperties: { type: string } } } }', { spec: {} }],
  [
    '{ properties: { spec: { additionalProperties: { properties: { a: {} } } } } }',
    { spec: { '*': { a: {} } } },
  ],
  [
    '{ properties: { spec: { x-kubernetes-preserve-unknown-fields: true, properties: { a: {} } } } }',
    { spec: {} },
  ],
  ['{ properties: { spec: {}, status: { properties: { a: {} } } } }', { spec: {} }],
])('%s knows %j', (schema, fields) => {
  expect(JSON.parse(describeFields([definition(schema)]))).toEqual({ 'example.com/v1/Example': fields });
});
