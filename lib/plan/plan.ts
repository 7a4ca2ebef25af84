import { type DrillPlan, drillPlanOf } from '../drill/drill-plan.ts';
import { type FileDrillPlan, fileDrillPlanOf } from '../drill/file-drill-plan.ts';
import { backedUpOf } from '../installation/database.ts';
import { drillNamespaceOf } from '../installation/drill-namespace.ts';
import type { Installation } from '../installation/installation.ts';
import { hasRemoteDatabase } from '../installation/remote-database.ts';
import { type VolumeBackupPlan, volumeBackupsOf } from '../installation/volume-backups.ts';
import { drillName } from '../names.ts';
import type { AlertGroup } from './alerts/alert.ts';
import { alertGroupsOf } from './alerts.ts';
import { type RequiredSecret, requiredSecrets } from './secrets.ts';

/** An installation with what follows from it, computed once; every later stage reads it here. */
export interface Plan {
  readonly installation: Installation;
  /** Whether the database runs in another Kubernetes cluster than Immich. */
  readonly isRemote: boolean;
  /** The volumes that are backed up, and how. */
  readonly volumeBackups: readonly VolumeBackupPlan[];
  /** The restore drill of the database; undefined where there is none. */
  readonly drill: DrillPlan | undefined;
  /** The drill of files, beside it; undefined where there is none. */
  readonly fileDrill: FileDrillPlan | undefined;
  /** The alerts, where there is monitoring. */
  readonly alerts: readonly AlertGroup[];
  /** The Secrets that must exist before the installation runs. */
  readonly secrets: readonly RequiredSecret[];
}

/** What follows from an installation. */
export function planOf(installation: Installation): Plan {
  const volumeBackups = volumeBackupsOf(installation);
  const drill = drillOf(installation);
  const fileDrill = fileDrillPlanOf(installation, { drill, volumeBackups });
  return {
    installation,
    isRemote: hasRemoteDatabase(installation),
    volumeBackups,
    drill,
    fileDrill,
    alerts: alertGroupsOf(installation, { volumeBackups, drill, fileDrill }),
    secrets: requiredSecrets(installation, { volumeBackups, drill, fileDrill }),
  };
}

function drillOf(installation: Installation): DrillPlan | undefined {
  const { database, images, version, mediaLocation } = installation;
  const namespace = drillNamespaceOf(installation);
  const cnpg = backedUpOf(database);
  if (cnpg === undefined || images.database === undefined || namespace === undefined) return undefined;
  return drillPlanOf({
    cnpg,
    image: images.database,
    version,
    namespace,
    name: drillName,
    mediaLocation,
    isStopped: installation.stopped,
  });
}
