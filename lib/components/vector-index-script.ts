import { vectorIndexes } from '../immich/vector-indexes.ts';

/** How long the extension is waited for before the Job's next try, in looks of five seconds each. */
const looks = 120;

/**
 * Waits until the extension is of a version, searches by each vector index, and builds anew those that this version of
 * VectorChord cannot read. Needs psql, and its environment variables.
 *
 * What an index is made of is only found out by a search: it stays valid in the catalogue. An error of any other kind
 * is no reason to touch it. https://github.com/immich-app/immich/issues/19107
 *
 * @param version of VectorChord; any, where it is undefined.
 */
export function vectorIndexScript(version: string | undefined): string {
  const wanted = version === undefined ? '[ -n "$version" ]' : `[ "$version" = ${version} ]`;
  const missing = version === undefined ? '' : `, and not ${version}`;
  return `set -u
sql() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --command "$1"
}
search() {
  sql "select count(*) from (select from $1 order by embedding <=> (
    select array_fill(0.5::real, array[atttypmod])::vector from pg_attribute
    where attrelid = '$1'::regclass and attname = 'embedding'
  ) limit 10) as found"
}
looks=0
until version=$(sql "select extversion from pg_extension where extname = 'vchord'") && ${wanted}; do
  looks=$((looks + 1))
  if [ "$looks" -ge ${looks} ]; then
    echo "VectorChord is '$version'${missing}: the message of the Database object says why."
    exit 1
  fi
  sleep 5
done
for index in ${vectorIndexes.join(' ')}; do
  table=$(sql "select indrelid::regclass from pg_index where indexrelid = to_regclass('public.$index')") || exit 1
  if [ -z "$table" ]; then
    echo "$index: Immich has not made it yet"
    continue
  fi
  # A rebuild that was broken off leaves a copy, which every write keeps up to date for nothing.
  copies=$(sql "select indexrelid::regclass from pg_index join pg_class on pg_class.oid = indexrelid
    where not indisvalid and relname ~ ('^$index' || '_cc(new|old)[0-9]*$')") || exit 1
  for copy in $copies; do
    sql "drop index concurrently $copy" || exit 1
  done
  if answer=$(search "$table" 2>&1); then
    echo "$index: can be read"
    continue
  fi
  echo "$index: $answer"
  case "$answer" in
    *REINDEX*) ;;
    *) exit 1 ;;
  esac
  echo "$index: is built anew, which takes minutes for a large library"
  sql "reindex index concurrently public.$index" || exit 1
  search "$table" > /dev/null || exit 1
  echo "$index: was built anew, and can be read"
done
`;
}
