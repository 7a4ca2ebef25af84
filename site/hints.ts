import { allKeys } from '../lib/reference/key.ts';
import { typeOf } from '../lib/reference/reference-page.ts';
import type { JsonSchema } from '../lib/schema/json-schema.ts';
import type { KeyHint } from './work.ts';

/** What the editor knows of every key of installation files. */
export function keyHints(): KeyHint[] {
  return allKeys().map(({ path, schema, isRequired }) => ({
    path,
    description: schema.description ?? '',
    value: typeOf(schema).replaceAll('`', ''),
    values: [...new Set(valuesIn(schema))],
    isRequired,
  }));
}

/** The values that a key may have, or examples of them, as YAML writes them. */
function valuesIn({ type, oneOf, items, ...schema }: JsonSchema): string[] {
  const own = [
    ...(type === 'boolean' ? [true, false] : []),
    ...(schema.enum ?? []),
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(schema.examples ?? []),
  ];
  return [
    ...own.flatMap(scalarText),
    ...(oneOf ?? []).flatMap(valuesIn),
    ...(items === undefined ? [] : valuesIn(items)),
  ];
}

function scalarText(value: unknown): string[] {
  if (typeof value === 'boolean' || typeof value === 'number') return [String(value)];
  if (typeof value !== 'string') return [];
  // What YAML would read as something else than a text stands in quotes.
  return [
    /^[A-Za-z][\w./:@-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
      ? value
      : JSON.stringify(value),
  ];
}
