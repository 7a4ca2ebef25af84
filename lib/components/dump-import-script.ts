import { clusterDumpMark, dumpEndMark, dumpFilter } from '../immich/dump.ts';

/**
 * Reads a dump that Immich made into a database in which Immich has made nothing, as its owner and in one transaction.
 * Needs psql, and its environment variables.
 *
 * What is there is never touched: with people in the database there is nothing to do, and with Immich's tables alone, as a
 * first start without the dump leaves them, it fails and says so.
 *
 * @param file the dump, in the container
 */
export function dumpImportScript(file: string): string {
  return `set -eu
dump=${file}
sql() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --command "$1"
}
refuse() {
  echo "$1"
  exit 1
}
tables=$(sql "select to_regclass('public."user"') is not null")
if [ "$tables" = t ]; then
  people=$(sql 'select count(*) from public."user"')
  [ "$people" -eq 0 ] || { echo "$people users are in the database already: nothing is read."; exit 0; }
  refuse "Immich has made its tables already, and nobody is in them: it was started before the dump was read. Delete this database on purpose, as RUNBOOK.md says, and let Flux make it anew."
fi
[ -r "$dump" ] || { ls -l "$(dirname "$dump")"; refuse "There is no $dump that user $(id -u) may read."; }
gunzip --test "$dump" || refuse "$dump cannot be unpacked."
case $(gunzip --stdout "$dump" | sed --quiet '1,20p') in
  *'${clusterDumpMark}'*)
    refuse "This dump is of Immich v2.4 or older, and of a whole server: it deletes the database first, which only a superuser may make again. Restore it on a PostgreSQL of its own, and import that one over the network."
    ;;
esac
case $(gunzip --stdout "$dump" | tail --lines 20) in
  *'${dumpEndMark}'*) ;;
  *) refuse "The end of $dump is missing: it was not finished. Take another one." ;;
esac
vectors=$(gunzip --stdout "$dump" | sed --quiet '/^CREATE EXTENSION.* vectors /p')
[ -z "$vectors" ] || refuse "This dump is of a database with pgvecto.rs, which no image here has: docs/moving-in.md says the order."
gunzip --stdout "$dump" | sed --regexp-extended "${dumpFilter}" |
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction --output /dev/null --file -
echo "Read: $(sql 'select count(*) from public."user"') users, $(sql 'select count(*) from public.asset') photos and videos."
`;
}
