import type { JsonSchema } from '../../schema/json-schema.ts';
import type { Path } from '../../text/path.ts';

/** A configuration in two: what is known here, and what an Immich that is newer may know. */
export interface NewerSettings {
  readonly known: unknown;
  readonly unknown: readonly { readonly path: Path; readonly value: unknown }[];
}

/** Takes out of a configuration what is not described, at every depth. */
export function newerSettings(config: unknown, schema: JsonSchema, path: Path = []): NewerSettings {
  const { properties } = schema;
  if (properties === undefined || !isMapping(config)) return { known: config, unknown: [] };
  const entries = Object.entries(config).map(([key, value]) => {
    const inner = [...path, key];
    const described = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return described === undefined
      ? { key, known: undefined, unknown: [{ path: inner, value }] }
      : { key, ...newerSettings(value, described, inner) };
  });
  return {
    known: Object.fromEntries(
      entries.filter(({ known }) => known !== undefined).map(({ key, known }) => [key, known]),
    ),
    unknown: entries.flatMap(({ unknown }) => unknown),
  };
}

/** Puts a setting where it was taken from. */
export function withSetting<T>(config: T, [key, ...rest]: Path, value: unknown): T {
  if (key === undefined || !isMapping(config)) return config;
  const inner = rest.length === 0 ? value : withSetting(config[key] ?? {}, rest, value);
  return { ...config, [key]: inner };
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
