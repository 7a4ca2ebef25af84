import type { Cnpg } from '../installation/cnpg.ts';
import type { FileDrill } from '../installation/file-drill.ts';
import type { Installation } from '../installation/installation.ts';
import { type ResticStore, resticStoreOf, type VolumeBackupPlan } from '../installation/volume-backups.ts';
import { fileDrillName } from '../names.ts';
import type { DrillPlan } from './drill-plan.ts';

/** Everything that a drill of files is made of. */
export interface FileDrillPlan {
  /** Name of its objects. */
  readonly name: string;
  readonly namespace: string;
  /** Name of the restore drill, whose list of files it goes by. */
  readonly drill: string;
  readonly files: FileDrill;
  /** The database, on whose nodes it runs. */
  readonly cnpg: Cnpg;
  /** What the repository lies in. */
  readonly store: ResticStore;
}

/** The drill of files; undefined where there is none, or no restic repository of the library. */
export function fileDrillPlanOf(
  installation: Installation,
  following: { readonly drill: DrillPlan | undefined; readonly volumeBackups: readonly VolumeBackupPlan[] },
): FileDrillPlan | undefined {
  const { drill, volumeBackups } = following;
  const library = volumeBackups.find(({ key }) => key === 'library');
  const files = drill?.drill.files;
  if (drill === undefined || files === undefined || library?.backup.kind !== 'volsync') return undefined;
  return {
    name: fileDrillName,
    namespace: drill.namespace,
    drill: drill.name,
    files,
    cnpg: drill.cnpg,
    store: resticStoreOf(installation, library.backup),
  };
}
