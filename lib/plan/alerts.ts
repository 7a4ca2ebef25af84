import type { DrillPlan } from '../drill/drill-plan.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import type { Installation } from '../installation/installation.ts';
import type { VolumeBackupPlan } from '../installation/volume-backups.ts';
import { filesAlertsName, immichAlertsName } from '../names.ts';
import type { AlertGroup } from './alerts/alert.ts';
import { backupAlerts } from './alerts/backup-alerts.ts';
import { databaseAlerts } from './alerts/database-alerts.ts';
import { drillAlerts, fileDrillAlerts } from './alerts/drill-alerts.ts';
import { fileAlerts } from './alerts/file-alerts.ts';
import { immichAlerts } from './alerts/immich-alerts.ts';

/** The alerts of an installation, group by group; none without monitoring. */
export function alertGroupsOf(
  installation: Installation,
  {
    volumeBackups,
    drill,
    fileDrill,
  }: {
    readonly volumeBackups: readonly VolumeBackupPlan[];
    readonly drill: DrillPlan | undefined;
    readonly fileDrill: FileDrillPlan | undefined;
  },
): AlertGroup[] {
  const { namespace, clusters, database, monitoring } = installation;
  if (!monitoring.enabled) return [];
  const ofDrills = [
    ...(drill === undefined ? [] : drillAlerts(drill)),
    ...(fileDrill === undefined ? [] : fileDrillAlerts(fileDrill)),
  ];
  const groups: AlertGroup[] = [
    { name: immichAlertsName, cluster: clusters.app, alerts: immichAlerts(installation) },
    { name: filesAlertsName, cluster: clusters.app, alerts: fileAlerts(namespace, volumeBackups) },
    ...(database.kind === 'cnpg'
      ? [
          {
            name: database.cnpg.name,
            cluster: clusters.database,
            alerts: databaseAlerts(database.cnpg, namespace),
          },
          {
            name: `${database.cnpg.name}-backup`,
            cluster: clusters.database,
            alerts: [
              ...(database.cnpg.backup === 'none'
                ? []
                : backupAlerts({ namespace, database: database.cnpg.name, backup: database.cnpg.backup })),
              ...ofDrills,
            ],
          },
        ]
      : drill === undefined
        ? []
        : [{ name: drill.name, cluster: clusters.app, alerts: ofDrills }]),
  ];
  return groups.filter(({ alerts }) => alerts.length > 0);
}
