/**
 * Searches as Immich does, and looks into the plan: an index can be valid in the catalogue and still be of no use, or
 * of an older format that only a search finds out. What else the planner could do is made dear, so that it takes the
 * index if it can. Immich's own searches set vchordrq.probes too.
 */
export const vectors = `set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off; set vchordrq.probes = '1';
create function pg_temp.searched(relation regclass) returns text language plpgsql as $$
declare
  search text := format('select from %1$s order by embedding <=> (select embedding from %1$s limit 1) limit 10', relation);
  line text;
  index_is_used boolean := false;
  stored bigint; found bigint;
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
