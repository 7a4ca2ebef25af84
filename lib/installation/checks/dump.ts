import { isOlderDump } from '../../immich/dump.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../values/parsed.ts';
import { compareVersions, parseImmichVersion, type Version } from '../../values/version.ts';
import type { Installation } from '../installation.ts';
import { twoBeginnings } from './import.ts';

/** A dump can be read by the Immich that is asked for, where it lies, and into a database that nothing else fills. */
export function checkDump({ database, version, clusters }: Installation, at: Place): void {
  if (database.kind !== 'cnpg' || database.cnpg.importDump === undefined) return;
  const { restoreFrom, importDump, name } = database.cnpg;
  const place = at.in('database', 'cnpg', 'importFrom', 'dump');
  if (restoreFrom !== undefined) place.error(twoBeginnings);
  if (clusters.app !== clusters.database) {
    place.error(
      `The library is in the cluster ${quote(clusters.app)}, and the database in ${quote(clusters.database)}, so that no pod sees both. Read the dump by hand, as RUNBOOK.md says in "Restore a dump that Immich made".`,
    );
  }
  const made = dumpVersionOf(importDump);
  if (made !== undefined && isOlderDump(made)) {
    place.error(
      `${quote(importDump)} was made by Immich ${made.text}: until v2.4 it is a dump of a whole server, which deletes the database first, and only a superuser may make that again. Restore it on a PostgreSQL of its own, and import that one over the network.`,
    );
  } else if (made !== undefined && compareVersions(made, version) > 0) {
    place.error(
      `${quote(importDump)} was made by Immich ${made.text}, and ${version.text} cannot read what a newer one wrote. Write version: ${made.text}, or a dump of ${version.text} or older.`,
    );
  }
  place.warning(
    `Whenever the database ${quote(name)} is created, it starts as this dump says; one that people are in is not touched. What was uploaded after the dump was made is not in it. Remove importFrom as soon as the photos are there and a backup is made.`,
  );
}

/** Immich writes its version into the name: https://docs.immich.app/administration/backup-and-restore */
function dumpVersionOf(file: string): Version | undefined {
  const [, text = ''] = /-(v\d+\.\d+\.\d+)-pg[\d.]+\.sql\.gz$/.exec(file) ?? [];
  const version = parseImmichVersion(text);
  return version.ok ? version.value : undefined;
}
