import type { Extension } from '../immich/extensions.ts';
import { literal, row } from './sql.ts';

/** What a restored database must hold, from the same values that the database is made of. */
export interface Expectations {
  readonly extensions: readonly Extension[];
  /** The tables of this Immich version; undefined where they are not known. */
  readonly tables: readonly string[] | undefined;
  /** Where the server has its files, such as `/data`. */
  readonly mediaLocation: string;
  /** How old the newest entry may be, in days. */
  readonly newestDays: number;
  /** How many rows a table may have lost since the last successful drill, in percent. */
  readonly fewerRowsPercent: number;
}

/**
 * One question to a restored database. Its SQL answers with nothing, or with one line that says what is wrong. psql
 * runs it, and gives it the counts of the last successful drill as the variable `previous`.
 */
export interface Check {
  /** Exit code of a drill that fails here first. */
  readonly code: number;
  readonly name: string;
  readonly sql: string;
}

/** The questions, in the order in which they are asked: what explains the others comes first. */
export function checksOf(expected: Expectations): Check[] {
  return [
    { code: 20, name: 'extensions', sql: extensions(expected) },
    ...(expected.tables === undefined ? [] : [{ code: 21, name: 'tables', sql: tables(expected.tables) }]),
    { code: 22, name: 'content', sql: content },
    { code: 23, name: 'newest', sql: newest(expected) },
    { code: 24, name: 'rows', sql: rows(expected) },
    { code: 25, name: 'vectors', sql: vectors },
    { code: 26, name: 'paths', sql: paths(expected) },
  ];
}

/** The tables whose rows are counted and compared with the last successful drill. */
const counted = ['user', 'asset', 'asset_exif', 'asset_file', 'album', 'person', 'smart_search'];

/** Answers with the rows of every counted table, as JSON: what the next drill compares with. */
export const countsSql = `select json_object_agg(name, rows) from (
${counted.map((table) => `  select ${literal(table)} as name, count(*) as rows from public."${table}"`).join('\n  union all\n')}
) as counts;
`;

/** The newest entry of the database that somebody's device or Immich itself made. */
const newestEntry = `greatest(
    (select max(greatest("createdAt", "updatedAt")) from public.asset),
    (select max("updatedAt") from public.session),
    (select max("createdAt") from public.version_history)
  )`;

/** Answers with the newest entry, in UTC: how far the restore came. */
export const newestSql = `select to_char(${newestEntry} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
`;

function extensions({ extensions }: Expectations): string {
  const expected = extensions.map(({ name, version }) => row(name, version)).join(',\n  ');
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
  ${[...names]
    .sort()
    .map((name) => row(name))
    .join(',\n  ')}
) as expected (name)
where to_regclass(format('public.%I', expected.name)) is null
having count(*) > 0;
`;
}

const content = `select string_agg(what, ' and ') || ': the database that was backed up is empty'
from (
  select 'there are no users' as what where not exists (select from public."user")
  union all
  select 'there are no assets' where not exists (select from public.asset)
) as missing;
`;

function newest({ newestDays }: Expectations): string {
  return `select format('the newest entry is of %s, which is more than ${newestDays} days ago: newer backups are missing, or are of another database',
  coalesce(moment::text, 'never'))
from (select ${newestEntry} as moment) as entry
where moment is null or moment < now() - interval '${newestDays} days';
`;
}

function rows({ fewerRowsPercent }: Expectations): string {
  return `select string_agg(format('%s has %s rows, and had %s at the last successful drill: more than ${fewerRowsPercent} percent are lost', name, counts.rows, before.rows), '; ')
from (
${counted.map((table) => `  select ${literal(table)} as name, count(*) as rows from public."${table}"`).join('\n  union all\n')}
) as counts
join (select key as name, value::bigint as rows from json_each_text(:'previous')) as before using (name)
where counts.rows < before.rows * (100 - ${fewerRowsPercent}) / 100.0;
`;
}

/**
 * Searches as Immich does, and looks into the plan: an index can be valid in the catalogue and still be of no use, or
 * of an older format that only a search finds out. What else the planner could do is made dear, so that it takes the
 * index if it can. Immich's own searches set \`vchordrq.probes\` too.
 */
const vectors = `set enable_seqscan = off;
set enable_sort = off;
set enable_bitmapscan = off;
set vchordrq.probes = '1';
create function pg_temp.searched(relation regclass) returns text language plpgsql as $$
declare
  search text := format('select from %1$s order by embedding <=> (select embedding from %1$s limit 1) limit 10', relation);
  line text;
  index_is_used boolean := false;
  stored bigint;
  found bigint;
begin
  for line in execute 'explain ' || search loop
    index_is_used := index_is_used or exists (
      select from pg_index
      join pg_class on pg_class.oid = pg_index.indexrelid
      join pg_am on pg_am.oid = pg_class.relam
      where pg_index.indrelid = relation and pg_am.amname in ('vchordrq', 'hnsw')
        and line like format('%%Index Scan using %I on %%', pg_class.relname)
    );
  end loop;
  if not index_is_used then
    return format('a search in %s does not use its vector index', relation);
  end if;
  execute format('select count(*) from (select from %s limit 10) as stored', relation) into stored;
  execute format('select count(*) from (%s) as found', search) into found;
  if found = 0 and stored > 0 then
    return format('a search in %s through its vector index finds nothing', relation);
  end if;
  return null;
end
$$;
select string_agg(pg_temp.searched(relation), '; ')
from (values ('public.smart_search'::regclass), ('public.face_search'::regclass)) as searches (relation)
having string_agg(pg_temp.searched(relation), '; ') is not null;
`;

function paths({ mediaLocation }: Expectations): string {
  return `select format('%s paths are not below ${mediaLocation}, such as %s: Immich would not find these files', count(*), min(path))
from (
  select "originalPath" as path from public.asset where not "isExternal"
  union all
  select file.path from public.asset_file as file
  join public.asset on asset.id = file."assetId" where not asset."isExternal"
  union all
  select "thumbnailPath" from public.person where "thumbnailPath" <> ''
  union all
  select "profileImagePath" from public."user" where "profileImagePath" <> ''
) as files
where not starts_with(path, ${literal(`${mediaLocation}/`)})
having count(*) > 0;
`;
}
