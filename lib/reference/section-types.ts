import { installationKeys } from '../installation/installation-file.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { quote } from '../text/quoting.ts';

/** Where the sections stand in an installation file that have a type of their own, and its name. */
const named = new Map([
  ['server', 'ServerSection'],
  ['machineLearning', 'MachineLearningSection'],
  ['valkey', 'ValkeySection'],
  ['volumes.models', 'VolumeSection'],
  ['database.cnpg', 'CnpgSection'],
  ['database.cnpg.backup', 'DatabaseBackupSection'],
  ['route', 'RouteSection'],
]);

/** Where the keys of each type stand in an installation file: type to path. */
export const sectionPaths: ReadonlyMap<string, string> = new Map(
  [...named].map(([path, name]) => [name, path]),
);

/** Sections that can be said in several ways, with a key of the way that constructs take. */
const keyOfOne = new Map([
  ['machineLearning', 'replicas'],
  ['database.cnpg', 'storage'],
]);

/** TypeScript types of sections of an installation file, for the props of constructs, as the text of their file. */
export function sectionTypes(): string {
  return [
    '// Written by `npm run docs` from the schema in lib/installation/.',
    '',
    ...[...named].flatMap(([path, name]) => {
      const schema = oneOf(schemaAt(path.split('.'), installationKeys.json), keyOfOne.get(path));
      return [
        ...docstring(schema, ''),
        `export type ${name} = ${typeOf(schema, path.split('.'), '', true)};`,
        '',
      ];
    }),
  ].join('\n');
}

function schemaAt([step, ...rest]: readonly string[], schema: JsonSchema): JsonSchema {
  if (step === undefined) return schema;
  const inside = [schema, ...(schema.oneOf ?? [])].flatMap(({ properties }) => properties?.[step] ?? []);
  const [found] = inside;
  if (found === undefined) throw new Error(`No section is called ${quote(step)}.`);
  return schemaAt(rest, found);
}

/** The way to say a section that has a key, with what is said of the section. */
function oneOf({ oneOf: ways, ...section }: JsonSchema, key: string | undefined): JsonSchema {
  const way = ways?.find(({ properties }) => key !== undefined && properties?.[key] !== undefined);
  return way === undefined
    ? { ...section, ...(ways === undefined ? {} : { oneOf: ways }) }
    : { ...way, ...section };
}

function docstring({ description, default: standard }: JsonSchema, indent: string): string[] {
  const text = [
    ...(description === undefined ? [] : [description]),
    ...(standard === undefined ? [] : [`@default ${JSON.stringify(standard)}`]),
  ].map((line) => line.replaceAll('*/', '*\\/'));
  const [first] = text;
  if (first === undefined) return [];
  return text.length === 1
    ? [`${indent}/** ${first} */`]
    : [`${indent}/**`, ...text.map((line) => `${indent} * ${line}`), `${indent} */`];
}

function typeOf(schema: JsonSchema, path: readonly string[], indent: string, isNamed = false): string {
  const name = named.get(path.join('.'));
  if (name !== undefined && !isNamed) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (schema.oneOf !== undefined) {
    const all = schema.oneOf.flatMap(({ properties = {} }) => Object.keys(properties));
    const types = schema.oneOf.map((one) => typeOf(apart(one, all), [...path, ''], indent));
    return [...new Set(types)].join(' | ');
  }
  switch (schema.type) {
    case 'array':
      return listType(schema.items === undefined ? 'unknown' : typeOf(schema.items, [...path, '[]'], indent));
    case 'object':
      return objectType(schema, path, indent);
    case 'integer':
      return 'number';
    default:
      return schema.type ?? 'unknown';
  }
}

/**
 * An alternative that says of the keys of all others that they are not there, since the compiler would let one mapping
 * have the keys of several.
 */
function apart(schema: JsonSchema, all: readonly string[]): JsonSchema {
  const { properties } = schema;
  if (properties === undefined) return schema;
  const others = all.filter((key) => properties[key] === undefined);
  return {
    ...schema,
    properties: { ...properties, ...Object.fromEntries(others.map((key) => [key, absent])) },
  };
}

/** The schema of a key that is not there. */
const absent: JsonSchema = {};

function listType(entry: string): string {
  return /^\w+$/.test(entry) ? `readonly ${entry}[]` : `readonly (${entry})[]`;
}

function objectType(
  { properties, required = [], additionalProperties }: JsonSchema,
  path: readonly string[],
  indent: string,
): string {
  if (properties === undefined) {
    const values =
      typeof additionalProperties === 'object'
        ? typeOf(additionalProperties, [...path, '*'], indent)
        : 'unknown';
    return `{ readonly [key: string]: ${values} }`;
  }
  const inner = `${indent}  `;
  const own = path.filter((step) => step !== '');
  const lines = Object.entries(properties).flatMap(([key, schema]) => [
    ...docstring(schema, inner),
    fieldOf(key, schema, required.includes(key), [...own, key], inner),
  ]);
  return ['{', ...lines, `${indent}}`].join('\n');
}

function fieldOf(
  key: string,
  schema: JsonSchema,
  isRequired: boolean,
  path: readonly string[],
  indent: string,
): string {
  if (schema === absent) return `${indent}readonly ${key}?: undefined;`;
  const type = typeOf(schema, path, indent);
  return isRequired
    ? `${indent}readonly ${key}: ${type};`
    : `${indent}readonly ${key}?: ${type} | undefined;`;
}
