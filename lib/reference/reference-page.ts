import { installationKeys } from '../installation/installation-file.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { type SectionExample, sectionExamples } from './section-examples.ts';

/** The reference of installation files, as a Markdown page: every key with its type, default and meaning. */
export function referencePage(): string {
  const sections = Object.entries(installationKeys.json.properties ?? {});
  const plain = sections.filter(([, schema]) => !hasKeys(schema));
  const required = new Set(installationKeys.json.required);
  return [
    '# Installation files',
    '',
    'Every key of a file in `installations/`. Written by `npm run docs` from the schema in `lib/installation/`.',
    '',
    '## The installation',
    '',
    ...table(plain.map(([name, schema]) => row(name, schema, required.has(name) ? 'required' : undefined))),
    ...sections
      .filter(([, schema]) => hasKeys(schema))
      .flatMap(([name, schema]) => [
        `## ${name}`,
        '',
        `${schema.description ?? ''}${required.has(name) ? ' Required.' : ''}`,
        '',
        ...table(rowsOf('', schema)),
        ...(sectionExamples.get(name) ?? []).flatMap(example),
      ]),
  ].join('\n');
}

function example({ what, yaml }: SectionExample): string[] {
  return [`${what}:`, '', '```yaml', yaml.trimEnd(), '```', ''];
}

interface Row {
  readonly key: string;
  readonly type: string;
  readonly standard: string;
  readonly meaning: string;
}

function table(rows: readonly Row[]): string[] {
  return [
    '| Key | Value | Default | Meaning |',
    '|---|---|---|---|',
    ...rows.map(({ key, type, standard, meaning }) => `| \`${key}\` | ${type} | ${standard} | ${meaning} |`),
    '',
  ];
}

/** The keys below a value. What is the same as somewhere before in the table is told by its name alone. */
function rowsOf(prefix: string, schema: JsonSchema, told = new Map<object, string>()): Row[] {
  const alternatives = alternativesOf(schema);
  const rows = alternatives.flatMap((alternative) => {
    const names = Object.keys(alternative.properties ?? {});
    const condition = alternatives.length === 1 ? 'required' : `required with \`${names[0]}\``;
    return Object.entries(alternative.properties ?? {}).flatMap(([name, value]) => {
      const key = prefix + name;
      const own = row(key, value, alternative.required?.includes(name) ? condition : undefined);
      const content = hasKeys(value)
        ? (value.oneOf ?? value.items?.properties ?? value.properties)
        : undefined;
      const twin = content && told.get(content);
      if (twin !== undefined) {
        return [{ ...own, meaning: `${own.meaning} Its keys are those of \`${twin}\`.` }];
      }
      if (content !== undefined) told.set(content, key);
      return [own, ...rowsOf(`${key}.`, value, told)];
    });
  });
  return mergeVariants(rows);
}

/** The mappings that a value may be, or the entries of a list, however deep the choice between them goes. */
function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  if (schema.oneOf !== undefined) {
    return schema.oneOf.flatMap(alternativesOf).filter(({ properties }) => properties !== undefined);
  }
  return schema.items === undefined ? [schema] : alternativesOf(schema.items);
}

/** A key that several alternatives share is told once, and is simply required when each of them requires it. */
function mergeVariants(rows: readonly Row[]): Row[] {
  const told = new Map<string, Row>();
  for (const one of rows) {
    const first = told.get(one.key);
    const standard = first !== undefined && first.standard !== one.standard ? 'required' : one.standard;
    told.set(one.key, { ...(first ?? one), standard });
  }
  return [...told.values()];
}

function row(key: string, schema: JsonSchema, condition: string | undefined): Row {
  return {
    key,
    type: typeOf(schema),
    standard: condition ?? defaultOf(schema),
    meaning: escapeCell(schema.description ?? ''),
  };
}

/** What a value of a schema looks like, in Markdown. */
export function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(', ');
  if (schema.oneOf !== undefined) return [...new Set(schema.oneOf.map(typeOf))].join(' or ');
  const example = schema.examples?.[0];
  switch (schema.type) {
    case 'array':
      return `list of ${schema.items === undefined ? 'values' : typeOf(schema.items)}`;
    case 'object':
      return 'mapping';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
    case 'number':
      return schema.minimum === undefined ? 'number' : `number, ${schema.minimum} to ${schema.maximum}`;
    default:
      return example === undefined ? 'text' : `text, such as \`${example}\``;
  }
}

/** What holds when a key is left out, in Markdown; empty where that is nothing. */
export function defaultOf(schema: JsonSchema): string {
  const written = JSON.stringify(schema.default);
  return written === undefined || (hasKeys(schema) && written === '{}') ? '' : `\`${escapeCell(written)}\``;
}

function hasKeys(schema: JsonSchema): boolean {
  return (
    schema.properties !== undefined ||
    (schema.oneOf?.some(hasKeys) ?? false) ||
    (schema.items !== undefined && hasKeys(schema.items))
  );
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
