import type { DrillPlan } from '../drill/drill-plan.ts';
import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import { activeInQueues, failedJobs, labelledSeriesOf, succeededJobs } from '../immich/metrics.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { Installation } from '../installation/installation.ts';
import type { VolumeBackupPlan } from '../installation/volume-backups.ts';
import { volumeClaimsOf } from '../installation/volumes.ts';
import { databaseName } from '../names.ts';
import { anyOf, freeShareOf, instancesOf } from './alerts/alert.ts';
import { lastBackupOf } from './alerts/backup-alerts.ts';

/** One picture of a dashboard. */
export interface Panel {
  readonly title: string;
  /** As Grafana names units, such as `bytes` or `percentunit`. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

/** A query in PromQL. */
export interface Query {
  readonly expression: string;
  /** What a line is called; `{{label}}` stands for the value of a label. */
  readonly legend: string;
}

/** The pictures of what runs in a Kubernetes cluster: of Immich, of its database, or of both. */
export function panelsOf(
  installation: Installation,
  plans: {
    readonly volumeBackups: readonly VolumeBackupPlan[];
    readonly drill: DrillPlan | undefined;
    readonly fileDrill: FileDrillPlan | undefined;
  },
  cluster: string,
): Panel[] {
  const { clusters, database, namespace } = installation;
  return [
    ...(cluster === clusters.app
      ? [...immichPanels(installation), ...filePanels(namespace, plans.volumeBackups)]
      : []),
    ...(cluster === clusters.database && database.kind === 'cnpg'
      ? databasePanels(database.cnpg, namespace, plans)
      : []),
  ];
}

function immichPanels({ namespace, volumes }: Installation): Panel[] {
  const own = `namespace="${namespace}"`;
  const pods = `${own},pod=~"immich-.*",container!=""`;
  const inAnHour = (pattern: string) =>
    `sum by (job_name) (increase(${labelledSeriesOf(namespace, pattern, 'job_name')}[1h:1m])) > 0`;
  return [
    panel('Requests per second', 'reqps', [
      [`sum(rate(http_server_request_count_total{${own}}[5m]))`, 'all'],
      [`sum(rate(http_server_response_error_count_total{${own}}[5m]))`, 'answered with an error'],
    ]),
    panel('Jobs at work, by queue', 'short', [
      [`sum by (queue) (${labelledSeriesOf(namespace, activeInQueues, 'queue')}) > 0`, '{{queue}}'],
    ]),
    panel('Jobs done within an hour', 'short', [[inAnHour(succeededJobs()), '{{job_name}}']]),
    panel('Jobs failed within an hour', 'short', [[inAnHour(failedJobs()), '{{job_name}}']]),
    panel('Memory', 'bytes', [[`sum by (pod) (container_memory_working_set_bytes{${pods}})`, '{{pod}}']]),
    panel('CPU', 'short', [
      [`sum by (pod) (rate(container_cpu_usage_seconds_total{${pods}}[5m]))`, '{{pod}}'],
    ]),
    panel('Free share of the volumes', 'percentunit', [
      [
        freeShareOf(`${own},persistentvolumeclaim=~"${anyOf(volumeClaimsOf(volumes))}"`),
        '{{persistentvolumeclaim}}',
      ],
    ]),
  ];
}

function filePanels(namespace: string, plans: readonly VolumeBackupPlan[]): Panel[] {
  return plans.map(({ claim, backup }) =>
    backup.kind === 'volsync'
      ? panel(`Backup of ${claim}: 1 is missed`, 'short', [
          [
            `max(volsync_volume_out_of_sync{obj_namespace="${namespace}",obj_name="${claim}",role="source"})`,
            'out of sync',
          ],
        ])
      : panel(`Age of the last backup of ${claim}`, 's', [
          [
            `time() - max(longhorn_volume_last_backup_at{pvc_namespace="${namespace}",pvc="${claim}"} > 0)`,
            'age',
          ],
        ]),
  );
}

function databasePanels(
  { name, backup }: Cnpg,
  namespace: string,
  {
    drill,
    fileDrill,
  }: { readonly drill: DrillPlan | undefined; readonly fileDrill: FileDrillPlan | undefined },
): Panel[] {
  const pods = instancesOf(namespace, name);
  return [
    panel('Size of the database', 'bytes', [
      [`max(cnpg_pg_database_size_bytes{${pods},datname="${databaseName}"})`, databaseName],
    ]),
    panel('Connections to the database', 'short', [
      [`sum by (pod) (cnpg_backends_total{${pods}})`, '{{pod}}'],
    ]),
    panel('Free share of its volumes', 'percentunit', [
      [
        freeShareOf(`namespace="${namespace}",persistentvolumeclaim=~"${name}-[0-9]+(-wal)?"`),
        '{{persistentvolumeclaim}}',
      ],
    ]),
    ...(backup === 'none'
      ? []
      : [
          panel('Age of the last base backup', 's', [
            [`time() - max(${lastBackupOf(backup.method, pods)} > 0)`, 'age'],
          ]),
          panel('Segments of the write-ahead log that wait', 'short', [
            [`max(cnpg_collector_pg_wal_archive_status{${pods},value="ready"})`, 'waiting'],
          ]),
        ]),
    ...(drill === undefined ? [] : [sinceSuccess('the last drill', drill)]),
    ...(fileDrill === undefined ? [] : [sinceSuccess('the last drill of files', fileDrill)]),
  ];
}

function sinceSuccess(
  what: string,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Panel {
  const cronJob = `namespace="${namespace}",cronjob="${name}"`;
  return panel(`Time since ${what} that succeeded`, 's', [
    [`time() - max(kube_cronjob_status_last_successful_time{${cronJob}})`, 'time'],
  ]);
}

function panel(title: string, unit: string, queries: readonly (readonly [string, string])[]): Panel {
  return { title, unit, queries: queries.map(([expression, legend]) => ({ expression, legend })) };
}
