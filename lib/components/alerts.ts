import { PrometheusRule, PrometheusRuleSpecGroupsRulesExpr } from '@cdk8s/imports-monitoring';
import type { Construct } from 'constructs';
import type { DrillPlan } from '../drill/drill-plan.ts';
import type { Backup } from '../installation/backup.ts';
import type { Monitoring } from '../installation/platform.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { longestGap } from '../values/longest-gap.ts';

export interface AlertsProps {
  readonly namespace: string;
  /** Name of the Cluster. */
  readonly database: string;
  readonly backup: Backup;
  readonly drill: Pick<DrillPlan, 'name' | 'namespace' | 'drill'> | undefined;
  readonly monitoring: Monitoring;
  /** Where a person reads what to do. */
  readonly runbook: string;
}

/** One alert: when it fires, and what a person is told. */
export interface Alert {
  readonly name: string;
  readonly expression: string;
  /** How long it must hold before anybody is told, such as `15m`. */
  readonly patience: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
}

/** Alerts for backups that are not made, not archived, too many, or cannot be restored. */
export function alerts(scope: Construct, props: AlertsProps): void {
  const { namespace, database, monitoring, runbook } = props;
  const name = `${database}-backup`;
  new PrometheusRule(scope, name, {
    metadata: { name, namespace, labels: { ...ownLabels, ...monitoring.labels } },
    spec: {
      groups: [
        {
          name,
          rules: [...backupAlerts(props), ...drillAlerts(props)].map((alert) => ({
            alert: alert.name,
            expr: PrometheusRuleSpecGroupsRulesExpr.fromString(alert.expression),
            for: alert.patience,
            labels: { severity: alert.severity },
            annotations: { summary: alert.summary, runbook },
          })),
        },
      ],
    },
  });
}

/**
 * The times of base backups. With the plugin CloudNativePG's own metric stays 0:
 * https://cloudnative-pg.io/plugin-barman-cloud/docs/observability/
 */
const lastBackup = {
  plugin: 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
  barmanObjectStore: 'cnpg_collector_last_available_backup_timestamp',
};

const hour = 3600;

function backupAlerts({ namespace, database, backup }: Omit<AlertsProps, 'monitoring'>): Alert[] {
  const pods = `namespace="${namespace}",pod=~"${database}-[0-9]+"`;
  const last = `${lastBackup[backup.method]}{${pods}}`;
  const longest = longestGap(backup.schedule) + 2 * hour;
  const most = Math.ceil(backup.schedule.perDay) + 1;
  return [
    {
      name: 'ImmichBackupMissing',
      expression: `time() - max(max_over_time(${last}[1h])) > ${longest} or absent(${last})`,
      patience: '30m',
      severity: 'critical',
      summary: `The database ${database} has had no successful base backup for ${longest / hour} hours; one is due ${backup.schedule.words}.`,
    },
    {
      name: 'ImmichBackupsTooMany',
      expression: `max(changes(${last}[1d])) > ${most}`,
      patience: '5m',
      severity: 'warning',
      summary: `The database ${database} is backed up more often than ${most} times a day; one backup is due ${backup.schedule.words}.`,
    },
    {
      name: 'ImmichArchivingFailing',
      expression: `sum(increase(cnpg_pg_stat_archiver_failed_count{${pods}}[15m])) > 0`,
      patience: '15m',
      severity: 'critical',
      summary: `The database ${database} cannot archive its write-ahead log: what is newer than the last archived segment would be lost, and its volume fills up.`,
    },
    {
      name: 'ImmichArchivingLate',
      // Only where something waits: a database that nobody uses has nothing to archive.
      expression: `cnpg_pg_stat_archiver_seconds_since_last_archival{${pods}} > 900 and on (namespace, pod) cnpg_collector_pg_wal_archive_status{${pods},value="ready"} > 0`,
      patience: '15m',
      severity: 'warning',
      summary: `The database ${database} has archived nothing for 15 minutes, although segments of its write-ahead log wait.`,
    },
  ];
}

/** From kube-state-metrics, which comes with the usual installations of Prometheus. */
function drillAlerts({ drill: plan }: Pick<AlertsProps, 'drill'>): Alert[] {
  if (plan === undefined) return [];
  const { name, namespace, drill } = plan;
  const job = `namespace="${namespace}",cronjob="${name}"`;
  const overdue = longestGap(drill.schedule) + drill.deadline.seconds + 24 * hour;
  return [
    {
      name: 'ImmichDrillFailed',
      expression: `max by (namespace, job_name) (kube_job_status_failed{namespace="${namespace}",job_name=~"${name}-.*"}) > 0`,
      patience: '1m',
      severity: 'critical',
      summary: `A restore drill in ${namespace} failed: the backups may be worth nothing. The log of the container "report" says why.`,
    },
    {
      name: 'ImmichDrillOverdue',
      expression: `time() - max(kube_cronjob_status_last_successful_time{${job}} or kube_cronjob_created{${job}}) > ${overdue}`,
      patience: '30m',
      severity: 'warning',
      summary: `No restore drill in ${namespace} has succeeded for ${overdue / hour} hours; one is due ${drill.schedule.words} UTC.`,
    },
  ];
}
