import type { Backup } from '../../installation/backup.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { type Alert, hour, instancesOf } from './alert.ts';

/**
 * The times of base backups. With the plugin CloudNativePG's own metric stays 0:
 * https://cloudnative-pg.io/plugin-barman-cloud/docs/observability/
 */
const lastBackup = {
  plugin: 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
  barmanObjectStore: 'cnpg_collector_last_available_backup_timestamp',
};

/** The time of the last base backup, as each instance tells it. */
export function lastBackupOf(method: Backup['method'], pods: string): string {
  return `${lastBackup[method]}{${pods}}`;
}

/** Alerts for base backups that are not made or too many, and for a write-ahead log that is not archived. */
export function backupAlerts(props: {
  readonly namespace: string;
  /** Name of the Cluster. */
  readonly database: string;
  readonly backup: Backup;
}): Alert[] {
  const { namespace, database, backup } = props;
  const pods = instancesOf(namespace, database);
  const last = lastBackupOf(backup.method, pods);
  const longest = longestGap(backup.schedule) + 2 * hour;
  const most = Math.ceil(backup.schedule.perDay) + 1;
  // The metric is 0, or not there, until the first backup; CloudNativePG makes the Service with the database. Where
  // kube-state-metrics is missing nothing is known to be young, and the alert fires rather than never.
  const age = `time() - max(kube_service_created{namespace="${namespace}",service="${database}-rw"})`;
  return [
    {
      name: 'ImmichBackupMissing',
      expression: `(time() - max(max_over_time(${last}[1h])) > ${longest} or absent(${last})) unless on () (${age} <= ${longest})`,
      patience: '30m',
      severity: 'critical',
      summary: `The database ${database} has had no successful base backup for ${longest / hour} hours; one is due ${backup.schedule.words}.`,
      action:
        'Look at the last Backup objects and at the events of the database; "Is the backup good?" has the commands, and the one that makes a backup now. Usual causes: credentials that have expired, a full bucket, a store that is not reached.',
    },
    {
      name: 'ImmichBackupsTooMany',
      expression: `max(changes(${last}[1d])) > ${most}`,
      patience: '5m',
      severity: 'warning',
      summary: `The database ${database} is backed up more often than ${most} times a day; one backup is due ${backup.schedule.words}.`,
      action:
        'Look for a second ScheduledBackup, or one that was changed by hand: CloudNativePG reads five fields as seconds, minutes, hours, and so on. Backups that you made by hand count too.',
    },
    {
      name: 'ImmichArchivingFailing',
      expression: `sum(increase(cnpg_pg_stat_archiver_failed_count{${pods}}[15m])) > 0`,
      patience: '15m',
      severity: 'critical',
      summary: `The database ${database} cannot archive its write-ahead log: what is newer than the last archived segment would be lost, and its volume fills up.`,
      action:
        'Read the log of the primary: it says why the store refuses. Do it soon, since a full volume stops the database.',
    },
    {
      name: 'ImmichArchivingLate',
      // Only where something waits: a database that nobody uses has nothing to archive.
      expression: `cnpg_pg_stat_archiver_seconds_since_last_archival{${pods}} > 900 and on (namespace, pod) cnpg_collector_pg_wal_archive_status{${pods},value="ready"} > 0`,
      patience: '15m',
      severity: 'warning',
      summary: `The database ${database} has archived nothing for 15 minutes, although segments of its write-ahead log wait.`,
      action: 'Read the log of the primary: a slow store or a limit of the network is the usual cause.',
    },
  ];
}
