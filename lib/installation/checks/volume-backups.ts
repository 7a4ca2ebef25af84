import type { Place } from '../../schema/place.ts';
import { quote } from '../../text/quoting.ts';
import { nextTimes } from '../../values/cron.ts';
import type { Installation } from '../installation.ts';
import type { Volume } from '../volume.ts';
import { undecided } from '../volume-backup.ts';
import { volumeBackupsOf } from '../volume-backups.ts';

/** The library outlives its volume, and is backed up in the right order. */
export function checkVolumeBackups(installation: Installation, at: Place): void {
  for (const [key, volume] of Object.entries(installation.volumes)) {
    if (volume === undefined) continue;
    const place = at.in('volumes', key);
    checkVolumeBackup(volume, place);
    if (key === 'library' && volume.backup === 'none' && volume.reason === undecided) {
      place.warning(
        `The library has no backup: a broken volume, a mistake or a thief takes every photo, and the database then names files that are gone. Write backup: { volsync: {} } or { longhorn: {} }, or your own reason in place of ${quote(undecided)}.`,
      );
    }
  }
  for (const { key, claim, backup, schedule } of volumeBackupsOf(installation)) {
    if (claim.length > longestClaim) {
      at.in('volumes', key).error(
        `${quote(claim)} has ${claim.length} characters, and names that its backup makes from it would be too long. Write a claim of at most ${longestClaim}.`,
      );
    }
    const place = at.in('volumes', key, 'backup', backup.kind, 'schedule');
    if (backup.kind === 'volsync' && /[a-z]/i.test(schedule.text)) {
      place.error(
        `${quote(schedule.text)} has names in it, which VolSync does not read. Write numbers only.`,
      );
    }
    if (key === 'library' && meetsDatabase(installation, schedule)) {
      place.warning(
        `${quote(schedule.text)} backs up the library during the base backup of the database, or just before it. Write a time an hour later, so that no file is missing that the database names.`,
      );
    }
  }
}

/** A volume has a backup that can be made of it, or says why it has none. */
export function checkVolumeBackup(volume: Volume, place: Place): void {
  const { backup, reason } = volume;
  checkPopulate(volume, place);
  if (backup === 'none' && reason === undefined) {
    place
      .in('backup')
      .error('"none" needs a reason beside it. Write reason: "what else keeps these files safe".');
  }
  if (backup !== 'none' && reason !== undefined) {
    place.keyError('reason', '"reason" says why there is no backup. Write backup: none, or remove it.');
  }
  if (backup === undefined || backup === 'none') return;
  if (backup.kind === 'longhorn' && volume.kind !== 'dynamic') {
    place
      .in('backup')
      .error(
        '"longhorn" backs up volumes that a Longhorn storage class made. Write { volsync: {} } for this one.',
      );
  }
  if (
    backup.kind === 'volsync' &&
    volume.kind === 'nfs' &&
    backup.copyMethod !== undefined &&
    backup.copyMethod !== 'Direct'
  ) {
    place
      .in('backup', 'volsync', 'copyMethod')
      .error(
        `${quote(backup.copyMethod)} needs a driver that makes snapshots, which NFS does not have. Write Direct, or leave it out.`,
      );
  }
}

/** VolSync fills a claim from the repository of its backup, through a snapshot. */
function checkPopulate(volume: Volume, place: Place): void {
  if (volume.kind !== 'dynamic' || volume.populate?.kind !== 'volsync') return;
  const { backup } = volume;
  if (backup === undefined || backup === 'none' || backup.kind !== 'volsync') {
    place
      .in('populate')
      .error(
        '"volsync" reads the restic repository of the volume\'s backup, and there is none by VolSync. Write backup: { volsync: {} } beside it, or populate: { dataSourceRef }.',
      );
  } else if (backup.copyMethod === 'Direct') {
    place
      .in('populate')
      .warning(
        `"volsync" fills a claim from a snapshot, and copyMethod: Direct says that ${quote(volume.storageClass)} makes none. If it makes none, the claim waits for ever: remove populate, and restore as the runbook says.`,
      );
  }
}

/** With `-backup` behind it a claim must still fit into a label. */
const longestClaim = 56;

const minute = 60_000;

/** Any week would do; it must not be today's. */
const start = new Date('2024-01-01T00:00:00Z');

/** Whether a base backup begins in the half hour before a backup of the library, or in the one after it. */
function meetsDatabase({ database }: Installation, schedule: Parameters<typeof nextTimes>[0]): boolean {
  if (database.kind !== 'cnpg' || database.cnpg.backup === 'none') return false;
  const base = database.cnpg.backup.schedule;
  return nextTimes(schedule, start, 50).some((time) => {
    const [near] = nextTimes(base, new Date(time.getTime() - 30 * minute), 1);
    return near !== undefined && near.getTime() < time.getTime() + 30 * minute;
  });
}
