import { type Cron, parseCron } from '../values/cron.ts';
import type { Installation } from './installation.ts';
import type { Volume } from './volume.ts';
import type { LonghornBackup, VolSyncBackup } from './volume-backup.ts';
import { claimNameOf } from './volumes.ts';

/** One volume that is backed up, with everything that depends on the rest of the installation. */
export interface VolumeBackupPlan {
  /** Key of the volume in the installation file, such as `library`. */
  readonly key: string;
  readonly claim: string;
  readonly volume: Volume;
  readonly schedule: Cron;
  readonly backup: VolSyncBackup | LonghornBackup;
}

/** The volumes of an installation that are backed up. */
export function volumeBackupsOf(installation: Installation): VolumeBackupPlan[] {
  return Object.entries(installation.volumes).flatMap(([key, volume]) =>
    volume?.backup === undefined || volume.backup === 'none'
      ? []
      : [
          {
            key,
            claim: claimNameOf(key, volume),
            volume,
            backup: volume.backup,
            schedule: volume.backup.schedule ?? afterDatabase(installation),
          },
        ],
  );
}

/**
 * An hour after the base backup of the database. Files that are backed up later than the rows that name them can be
 * too many; files that are backed up earlier can be missing.
 */
function afterDatabase({ database }: Installation): Cron {
  const backup = database.kind === 'cnpg' ? database.cnpg.backup : 'none';
  const [, minute = '0', hour = '3'] =
    /^\d+ (\d+) (\d+) /.exec(backup === 'none' ? '' : backup.schedule.text) ?? [];
  const cron = parseCron(`${minute} ${(Number(hour) + 1) % 24} * * *`);
  if (!cron.ok) throw new Error(cron.message);
  return cron.value;
}

/** The Secret that holds the restic repository of a claim, and its keys. */
export function resticSecretOf(
  installation: Installation,
  { claim, backup }: { readonly claim: string; readonly backup: VolSyncBackup },
): { readonly name: string; readonly keys: readonly string[] } {
  return {
    name: backup.secret ?? `${claim}-restic`,
    keys: [...repositoryKeys, ...storeKeys[resticStoreOf(installation, backup)]],
  };
}

/** What a restic repository lies in. */
export type ResticStore = 's3' | 'azure' | 'gcs';

/** What the restic repository of a backup lies in: the same as the backups of the database, where nothing else is said. */
export function resticStoreOf({ database }: Installation, { store }: VolSyncBackup): ResticStore {
  return (
    store ??
    (database.kind === 'cnpg' && database.cnpg.backup !== 'none' ? database.cnpg.backup.store.kind : 's3')
  );
}

/** The keys of a Secret by which restic reads a repository and can change nothing in it. */
export function readingKeysOf(store: ResticStore): readonly string[] {
  // A key of an Azure account may do everything, and a shared access signature what it says.
  const opening = storeKeys[store].map((key) => (key === 'AZURE_ACCOUNT_KEY' ? 'AZURE_ACCOUNT_SAS' : key));
  return [...repositoryKeys, ...opening];
}

const repositoryKeys = ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD'];

/** What restic reads: https://restic.readthedocs.io/en/stable/040_backup.html#environment-variables */
const storeKeys: { readonly [store in ResticStore]: readonly string[] } = {
  s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  azure: ['AZURE_ACCOUNT_NAME', 'AZURE_ACCOUNT_KEY'],
  gcs: ['GOOGLE_PROJECT_ID', 'GOOGLE_APPLICATION_CREDENTIALS'],
};

/** Name of the object by which VolSync fills a claim when it is made. */
export function populationName(claim: string): string {
  return `${claim}-populate`;
}

/** Whether VolSync can fill the volume from its backup: it restores into a snapshot, which the class must be able to make. */
export function canPopulate({ volume, backup }: VolumeBackupPlan): boolean {
  return volume.kind === 'dynamic' && backup.kind === 'volsync' && backup.copyMethod !== 'Direct';
}

/** Name of the pods that VolSync makes for a claim. */
export function moverNameOf(claim: string): string {
  return `${claim}-backup`;
}
