import { archiveFolderOf, nextLineage, sourceFolderOf } from '../../cnpg/lineage.ts';
import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import type { Cnpg } from '../cnpg.ts';
import type { Installation } from '../installation.ts';

/** A restore reads one folder of the store and archives to another, and says what it means while it is asked for. */
export function checkRecovery({ name, database }: Installation, at: Place): void {
  if (database.kind === 'cnpg') checkRestore(database.cnpg, name, at.in('database', 'cnpg'));
}

/** The same for a database alone. `installation` is the name of the one that has a runbook. */
export function checkRestore(cnpg: Cnpg, installation: string | undefined, at: Place): void {
  if (cnpg.restoreFrom === undefined) return;
  const place = at.in('restoreFrom');
  if (cnpg.backup === 'none') {
    place.error(
      `There is no backup to restore from: ${[...at.path, 'backup'].join('.')} is none. Write the store that holds the backup below backup.`,
    );
    return;
  }
  checkFolders(cnpg, at);
  checkSnapshots(cnpg, place.in('volumeSnapshot'));
  place.warning(warningOf(installation, cnpg));
}

function checkFolders(cnpg: Cnpg, at: Place): void {
  const { name, lineage, restoreFrom } = cnpg;
  const folder = archiveFolderOf(cnpg);
  const next = nextLineage(restoreFrom?.lineage);
  if (folder === sourceFolderOf(cnpg)) {
    at.in('restoreFrom').error(
      `${quote(restoreFrom?.lineage)} is the lineage that this database archives to itself: it would read the folder ${quote(folder)} and write into it, and CloudNativePG refuses a folder that is not empty. Write another lineage beside it, such as lineage: ${next}.`,
    );
  } else if (lineage === undefined && (restoreFrom?.database ?? name) === name) {
    at.in('restoreFrom').error(
      `${quote(restoreFrom?.lineage)} is restored into a new life of the database, which needs a folder of its own; ${quote(folder)} is that of the first. Write lineage: ${next} beside restoreFrom.`,
    );
  }
}

/** Every volume of an instance starts as a snapshot, or none does. */
function checkSnapshots({ walStorage, restoreFrom }: Cnpg, at: Place): void {
  const snapshot = restoreFrom?.volumeSnapshot;
  if (snapshot === undefined) return;
  if (walStorage !== undefined && snapshot.walStorage === undefined) {
    at.error(
      `${quote(snapshot.storage)} holds only the data, but the write-ahead log has a volume of its own. Write volumeSnapshot: { storage: ${snapshot.storage}, walStorage: <name> }.`,
    );
  }
  if (walStorage === undefined && snapshot.walStorage !== undefined) {
    at.in('walStorage').error(
      `${quote(snapshot.walStorage)} has no volume to become: the database has no walStorage. Write database.cnpg.walStorage, or remove it here.`,
    );
  }
}

function warningOf(installation: string | undefined, cnpg: Cnpg): string {
  const { restoreFrom, name } = cnpg;
  const until = restoreFrom?.time === undefined ? 'the newest moment it holds' : restoreFrom.time.text;
  return [
    `${quote(restoreFrom?.lineage)}: whenever the database ${quote(name)} is created, now or by accident in a year, it starts as what the folder ${quote(sourceFolderOf(cnpg))} was at ${until}, and archives to ${quote(archiveFolderOf(cnpg))}.`,
    'A backup starts only with the major version of PostgreSQL that made it: write the image of that life, and upgrade afterwards.',
    'A running database is not touched. Remove restoreFrom, and keep the lineage, as soon as the restored database is Ready and has a backup of its own.',
    `To restore now: suspend Flux, stop the server, delete the Cluster ${quote(name)} on purpose, resume Flux, look inside, back up, bring the server back; never by force, by pruning, or by a new name.${installation === undefined ? '' : ` dist/${installation}/RUNBOOK.md has the commands.`}`,
  ].join(' ');
}
