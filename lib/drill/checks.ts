import { pack } from '../dist/scalar.ts';
import type { Extension } from '../immich/extensions.ts';
import { literal, row } from './sql.ts';
import { vectors } from './vector-search.ts';

/** What a restored database must hold, from the same values that the database is made of. */
export interface Expectations {
  readonly extensions: readonly Extension[];
  /** The tables of this Immich version; undefined where they are not known. */
  readonly tables: readonly string[] | undefined;
  /** Where the server has its files, such as `/data`. */
  readonly mediaLocation: string;
  /** How old the newest sign of life and the newest photo may be, in days; undefined where Immich sleeps. */
  readonly newest: { readonly days: number; readonly photoDays: number } | undefined;
  /** The folder of the store that is restored. */
  readonly folder: string;
  /** How many rows a table may have lost since the last successful drill, in percent. */
  readonly fewerRowsPercent: number;
}

/**
 * One question to a restored database. Its SQL answers with nothing, or with one line that says what is wrong. psql
 * runs it, with these variables: `previous`, the counts of the last drill that counted; `system`, the identifier of the
 * database in the last drill of this folder, or nothing; `moment`, to which was restored, or `now`.
 */
export interface Check {
  /** Exit code of a drill that fails here first. */
  readonly code: number;
  readonly name: string;
  readonly sql: string;
  /** Whether it can be asked of a database as it was at some moment, when Immich may have been another. */
  readonly isOfAnyMoment: boolean;
}

/** The questions, in the order in which they are asked: what explains the others comes first. */
export function checksOf(expected: Expectations): Check[] {
  const always = { isOfAnyMoment: true };
  const newestOnly = { isOfAnyMoment: false };
  return [
    { code: 20, name: 'extensions', sql: extensions(expected), ...newestOnly },
    ...(expected.tables === undefined
      ? []
      : [{ code: 21, name: 'tables', sql: tables(expected.tables), ...newestOnly }]),
    { code: 22, name: 'content', sql: content, ...always },
    ...(expected.newest === undefined
      ? []
      : [{ code: 23, name: 'newest', sql: newest(expected.newest.days), ...always }]),
    { code: 24, name: 'rows', sql: rows(expected), ...newestOnly },
    { code: 25, name: 'vectors', sql: vectors, ...newestOnly },
    { code: 26, name: 'paths', sql: paths(expected), ...newestOnly },
    { code: 27, name: 'identity', sql: identity(expected), ...always },
    ...(expected.newest === undefined
      ? []
      : [{ code: 28, name: 'photos', sql: photos(expected.newest.photoDays), ...newestOnly }]),
    { code: 29, name: 'search', sql: search, ...newestOnly },
  ];
}

/** The tables whose rows are counted and compared with the last successful drill. */
const counted = [
  'user',
  'asset',
  'asset_exif',
  'asset_file',
  'album',
  'album_asset',
  'person',
  'smart_search',
  'face_search',
];

/** Losses up to so many rows are everyday life: a person, an album, a user that somebody removed. */
const fewestLost = 20;

/** A table with so many rows is not emptied in everyday life. */
const fewestEmptied = 5;

/** SQL that answers with the rows of every counted table, as JSON: what the next drill compares with. */
export function countsOf(expected: Expectations): string {
  return `select json_object_agg(name, rows) from (
  ${rowCounts(expected)}
) as counts;
`;
}

/** Tables of other names, as older versions of Immich have some, are not counted. */
function rowCounts({ tables }: Expectations): string {
  const selections = counted
    .filter((table) => (tables ?? counted).includes(table))
    .map((table, index) =>
      index === 0
        ? `select ${literal(table)} as name, count(*) as rows from public."${table}"`
        : `union all select ${literal(table)}, count(*) from public."${table}"`,
    );
  return pack(selections, 120).join('\n  ');
}

/**
 * The newest sign of life: what somebody's device or Immich itself wrote. PostgreSQL's own pg_last_xact_replay_timestamp()
 * is empty here, as CloudNativePG restores in a Job, and the server that is asked was started anew after it. Every night Immich prepares memories for up to three days ahead, so that a
 * week without a photo is no sign of an old backup.
 */
const newestEntry = `greatest(
    (select (value ->> 'lastOnThisDayDate')::timestamptz - interval '3 days' from public.system_metadata
      where key = 'memories-state' and value ->> 'lastOnThisDayDate' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'),
    (select max(greatest("createdAt", "updatedAt")) from public.asset),
    (select max("updatedAt") from public.session),
    (select max("createdAt") from public.version_history)
  )`;

/**
 * Answers with what the next drill compares this one with: the identifier of the database and, in seconds since 1970, its
 * newest entry.
 */
export const lifeSql = `select concat_ws(' ', system_identifier, floor(extract(epoch from ${newestEntry}))) from pg_control_system();
`;

/** Answers with what a person should know of a database that is restored as it was. */
export const notesSql = `select format('search finds nothing in other alphabets than that of English, as the database was made with the ctype %s; the way out is an import into a new one', datctype)
from pg_database
where datname = current_database() and datctype in ('C', 'POSIX') and show_trgm('море') = '{}';
`;

/** Answers with the newest entry, in UTC: how far the restore came. */
export const newestSql = `select to_char(${newestEntry} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
`;

function extensions({ extensions }: Expectations): string {
  const expected = rowLines(extensions.map(({ name, version }) => row(name, version)));
  return `with expected (name, version) as (values
  ${expected}
)
select string_agg(
  case
    when extension.extname is null then format('extension %s is missing', expected.name)
    when available.name is null then format('extension %s is not in this image', expected.name)
    else format('extension %s is of version %s, not %s', expected.name, extension.extversion, expected.version)
  end, '; ')
from expected
left join pg_extension as extension on extension.extname = expected.name
left join pg_available_extensions as available on available.name = expected.name
where extension.extname is null or available.name is null or extension.extversion <> expected.version;
`;
}

function tables(names: readonly string[]): string {
  return `select format('tables are missing: %s', string_agg(expected.name, ', '))
from (values
  ${rowLines([...names].sort().map((name) => row(name)))}
) as expected (name)
where to_regclass(format('public.%I', expected.name)) is null
having count(*) > 0;
`;
}

/** Rows of a list, several on a line. */
function rowLines(rows: readonly string[]): string {
  return pack(
    rows.map((row, index) => (index === rows.length - 1 ? row : `${row},`)),
    100,
  ).join('\n  ');
}

const content = `select string_agg(what, ' and ') || ': the database that was backed up is empty'
from (
  select 'there are no users' as what where not exists (select from public."user")
  union all select 'there are no assets' where not exists (select from public.asset)
) as missing;
`;

function newest(newestDays: number): string {
  return `select format('the newest entry is of %s, which is more than ${newestDays} days before %s: newer backups are missing, or are of another database',
  coalesce(moment::text, 'never'), :'moment')
from (select ${newestEntry} as moment) as entry
where moment is null or moment < :'moment'::timestamptz - interval '${newestDays} days';
`;
}

function rows(expected: Expectations): string {
  const { fewerRowsPercent } = expected;
  return `select string_agg(format('%s has %s rows, and had %s at the last drill that counted: more than ${fewerRowsPercent} percent are lost', name, counts.rows, before.rows), '; ')
from (
  ${rowCounts(expected)}
) as counts
join (select key as name, value::bigint as rows from json_each_text(:'previous')) as before using (name)
where ${lossCondition('before.rows', 'counts.rows', fewerRowsPercent)};
`;
}

/** When so many rows of a table are lost that people would notice, in SQL, by expressions of the rows before and after. */
export function lossCondition(before: string, after: string, percent: number): string {
  return `${after} < ${before} * (100 - ${percent}) / 100.0
  and (${before} - ${after} > ${fewestLost} or ${after} = 0 and ${before} >= ${fewestEmptied})`;
}

/** Every database has an identifier from the day it was made, which a restore keeps. */
function identity({ folder }: Expectations): string {
  return `select format('the database in the folder ${folder} has the system identifier %s, and had %s at the last drill: another one archives there now, which needs a lineage of its own',
  system_identifier, :'system')
from pg_control_system()
where :'system' <> '' and :'system' <> system_identifier::text;
`;
}

function photos(newestPhotoDays: number): string {
  return `select format('the newest photo came at %s, more than ${newestPhotoDays} days ago: see whether phones still upload; where nobody takes photos, raise newestPhoto', max("createdAt"))
from public.asset
having max("createdAt") < now() - interval '${newestPhotoDays} days';
`;
}

/** A database that was made with the ctype C has never found such words, which is no fault of its backup. */
const search = `select format('the ctype is %s, but a word in another alphabet than that of English has no trigrams: search finds nothing by it', datctype)
from pg_database
where datname = current_database() and datctype not in ('C', 'POSIX') and show_trgm('море') = '{}';
`;

function paths({ mediaLocation }: Expectations): string {
  return `select format('%s paths are not below ${mediaLocation}, such as %s: Immich would not find these files', count(*), min(path))
from (
  select "originalPath" as path from public.asset where not "isExternal"
  union all select file.path from public.asset_file as file
  join public.asset on asset.id = file."assetId" where not asset."isExternal"
  union all select "thumbnailPath" from public.person where "thumbnailPath" <> ''
  union all select "profileImagePath" from public."user" where "profileImagePath" <> ''
) as files
where not starts_with(path, ${literal(`${mediaLocation}/`)})
having count(*) > 0;
`;
}
