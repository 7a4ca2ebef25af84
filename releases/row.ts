import type { ReleaseRow, RowDifference } from '../lib/immich/releases.ts';
import { configKeysIn } from './config-keys.ts';

/** Files of Immich's repository at one tag; undefined where a file is not there. */
export interface Sources {
  /** server/src/constants.ts */
  readonly constants: string | undefined;
  /** Names of the files in server/src/schema/migrations. */
  readonly migrations: readonly string[] | undefined;
  /** server/src/dtos/env.dto.ts */
  readonly environment: string | undefined;
  /** server/src/config.ts */
  readonly config: string | undefined;
  /** server/src/enum.ts */
  readonly enums: string | undefined;
}

/**
 * The row of a release, from its own sources and those of the release before it. What cannot be read is left out, which
 * means that it is not known.
 *
 * @param version Its tag, as in `v3.3.1`.
 * @param date The day of the tag, as in `2026-10-06`.
 */
export function rowOf(version: string, date: string, sources: Sources, before: Sources): ReleaseRow {
  const migrations = migrationsSince(sources, before);
  const environment = difference(variablesIn(sources.environment), variablesIn(before.environment));
  const config = difference(settingsIn(sources), settingsIn(before));
  return {
    version,
    date,
    ...rangesIn(sources.constants ?? ''),
    ...(migrations === undefined ? {} : { migrations }),
    ...(environment === undefined ? {} : { environment }),
    ...(config === undefined ? {} : { config }),
  };
}

/** What a row does not say, in words for the person who reads the pull request. */
export function unknownIn(row: ReleaseRow): readonly string[] {
  return (
    ['postgres', 'vectorChord', 'pgvectoRs', 'pgvector', 'migrations', 'environment', 'config'] as const
  ).filter((field) => row[field] === undefined);
}

/**
 * releases.json with rows added, or put in the place of what was written by hand; a row a line, oldest first. What a
 * person wrote for the attention of others stays: no tag says it.
 */
export function tableWith(rows: readonly ReleaseRow[], derived: readonly ReleaseRow[]): string {
  const names = new Set(derived.map(({ version }) => version));
  const attention = (row: ReleaseRow) => rows.find(({ version }) => version === row.version)?.attention;
  const all = [
    ...rows.filter(({ version }) => !names.has(version)),
    ...derived.map((row) => (attention(row) === undefined ? row : { ...row, attention: attention(row) })),
  ];
  const sorted = all.sort((one, other) => compareTags(one.version, other.version));
  return `[\n${sorted.map((row) => `  ${lineOf(row)}`).join(',\n')}\n]\n`;
}

/** Below 0 when a tag such as v2.10.0 is older than another. */
export function compareTags(one: string, other: string): number {
  const [left, right] = [one, other].map((tag) => tag.slice(1).split('.').map(Number));
  return (left ?? []).reduce((order, number, at) => order || number - (right?.[at] ?? 0), 0);
}

function difference(
  now: readonly string[] | undefined,
  before: readonly string[] | undefined,
): RowDifference | undefined {
  if (now === undefined || before === undefined) return undefined;
  const added = outermost(now, before);
  const removed = outermost(before, now);
  return {
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
  };
}

/** What the others do not have: of a section that none of them has, the section alone. */
function outermost(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.flatMap(waysTo));
  return [...new Set(names.flatMap((name) => waysTo(name).find((way) => !known.has(way)) ?? []))].sort();
}

/** `a`, `a.b` and `a.b.c` for `a.b.c`. */
function waysTo(name: string): string[] {
  const steps = name.split('.');
  return steps.map((_, at) => steps.slice(0, at + 1).join('.'));
}

/** A range that is not there, beside that of PostgreSQL, is none; without that the file is another one. */
function rangesIn(
  constants: string,
): Pick<ReleaseRow, 'postgres' | 'vectorChord' | 'pgvectoRs' | 'pgvector'> {
  const range = (name: string) => new RegExp(`\\b${name}_VERSION_RANGE = '([^']+)'`).exec(constants)?.[1];
  const postgres = range('POSTGRES');
  if (postgres === undefined) return {};
  return {
    postgres,
    vectorChord: range('VECTORCHORD') ?? null,
    pgvectoRs: range('VECTORS') ?? null,
    pgvector: range('VECTOR') ?? null,
  };
}

function migrationsSince(sources: Sources, before: Sources): readonly string[] | undefined {
  if (sources.migrations === undefined || before.migrations === undefined) return undefined;
  const earlier = new Set(before.migrations);
  return sources.migrations
    .filter((file) => file.endsWith('.ts') && !earlier.has(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Names of variables, which are the only keys of that file in capitals. */
function variablesIn(environment: string | undefined): readonly string[] | undefined {
  const names = [...(environment ?? '').matchAll(/^\s+([A-Z][A-Z0-9_]{2,})\??!?:/gm)].map(
    ([, name = '']) => name,
  );
  return names.length === 0 ? undefined : names;
}

function settingsIn({ config, enums }: Sources): readonly string[] | undefined {
  return config === undefined ? undefined : configKeysIn(config, enums ?? '');
}

function lineOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${pairs.map(([key, inner]) => `${JSON.stringify(key)}: ${lineOf(inner)}`).join(', ')}}`;
}
