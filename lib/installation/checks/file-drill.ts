import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { backedUpOf, backupPathOf } from '../database.ts';
import type { Installation } from '../installation.ts';
import { volumeBackupsOf } from '../volume-backups.ts';

/** A drill of files has a restic repository to read, whose newest snapshot is not always too old for it. */
export function checkFileDrill(installation: Installation, at: Place): void {
  const backup = backedUpOf(installation.database)?.backup;
  if (backup === undefined || backup === 'none' || backup.drill === 'none') return;
  const { files } = backup.drill;
  if (files === undefined) return;
  const place = at.in(...backupPathOf(installation.database), 'drill', 'files');
  const library = volumeBackupsOf(installation).find(({ key }) => key === 'library');
  if (library?.backup.kind === 'longhorn') {
    place.error(
      '"files" reads a restic repository, and the library is backed up by Longhorn, whose backups only Longhorn itself can read. Remove it and restore one to a new volume now and then, as the runbook says; or write volumes.library.backup: { volsync: {} }.',
    );
    return;
  }
  if (library === undefined) {
    place.error(
      '"files" reads the restic repository of the library, which has no backup. Write volumes.library.backup: { volsync: {} }, or remove it.',
    );
    return;
  }
  const days = longestGap(library.schedule) / 86_400;
  if (days >= files.newest.days) {
    place
      .in('newest')
      .error(
        `${quote(files.newest.text)} is over before the library is backed up again, ${library.schedule.words} UTC: the drill would fail between two backups. Write ${Math.floor(days) + 2}d or more.`,
      );
  }
}
