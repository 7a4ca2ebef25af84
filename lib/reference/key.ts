import { installationKeys } from '../installation/installation-file.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { fold } from '../text/fold.ts';
import type { Style } from '../text/style.ts';
import { defaultOf, typeOf } from './reference-page.ts';

/** A key of installation files, with all that can be said of it. */
export interface Key {
  /** The keys that lead to it and its own, as in `database.cnpg.backup.schedule`. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Whether it must be written wherever the mapping around it is. */
  readonly isRequired: boolean;
}

/** Every key of installation files, each path once. What a list or a record holds stands below its own key. */
export function allKeys(): readonly Key[] {
  const keys = new Map<string, Key>();
  const visit = (schema: JsonSchema, prefix: string) => {
    for (const alternative of schema.oneOf ?? []) visit(alternative, prefix);
    if (schema.items !== undefined) visit(schema.items, prefix);
    for (const [name, value] of Object.entries(schema.properties ?? {})) {
      const path = prefix + name;
      if (!keys.has(path)) {
        keys.set(path, { path, schema: value, isRequired: schema.required?.includes(name) ?? false });
      }
      visit(value, `${path}.`);
    }
  };
  visit(installationKeys.json, '');
  return [...keys.values()];
}

/** All that there is to say of a key, for a terminal. */
export function keyExplanation({ path, schema, isRequired }: Key, all: readonly Key[], style: Style): string {
  const standard = defaultOf(schema).replaceAll('`', '');
  const below = keysBelow(path, all);
  const width = Math.max(...below.map((one) => one.path.length));
  // Beside a long path there is no room for what it means.
  const isBeside = width + 30 <= style.width;
  return [
    style.title(path),
    '',
    ...(schema.description === undefined ? [] : [fold(schema.description, style.width), '']),
    `Value: ${typeOf(schema).replaceAll('`', '')}`,
    isRequired ? 'Required.' : `Default: ${standard === '' ? 'none' : standard}`,
    ...(below.length === 0 ? [] : ['', 'Below it:']),
    ...below.map(({ path, schema: { description = '' } }) =>
      isBeside
        ? fold(`  ${path.padEnd(width)}  ${description}`.trimEnd(), style.width, width + 2)
        : `  ${path}\n${fold(`      ${description}`, style.width)}`.trimEnd(),
    ),
    '',
  ].join('\n');
}

/** The keys of a mapping. */
export function keysBelow(path: string, all: readonly Key[]): readonly Key[] {
  return all.filter((one) => one.path.startsWith(`${path}.`) && !one.path.includes('.', path.length + 1));
}

/** A key for programs, as `schema/explain-report.json` describes it. */
export function keyJson({ path, schema, isRequired }: Key, all: readonly Key[]) {
  const standard = defaultOf(schema).replaceAll('`', '');
  return {
    kind: 'key',
    path,
    description: schema.description ?? null,
    value: typeOf(schema).replaceAll('`', ''),
    required: isRequired,
    default: standard === '' ? null : standard,
    below: keysBelow(path, all).map((one) => ({
      path: one.path,
      description: one.schema.description ?? null,
    })),
  };
}
