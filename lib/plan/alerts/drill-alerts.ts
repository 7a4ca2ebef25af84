import type { DrillPlan } from '../../drill/drill-plan.ts';
import type { FileDrillPlan } from '../../drill/file-drill-plan.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { type Alert, day, hour } from './alert.ts';

/** Alerts about the restore drill, from kube-state-metrics, which comes with the usual installations of Prometheus. */
export function drillAlerts({ name, namespace, drill }: DrillPlan): Alert[] {
  const overdue = longestGap(drill.schedule) + drill.deadline.seconds + day;
  return [
    {
      name: 'ImmichDrillFailed',
      expression: failedSince({ name, namespace }),
      patience: '1m',
      severity: 'critical',
      summary: `A restore drill in ${namespace} failed: the backups may be worth nothing. The log of the container "report" says why.`,
      action:
        'Read the log of the containers "report" and "look" of the failed Job, mend what it says, and run a drill now: the table in "Is the backup good?" explains the exit codes.',
    },
    {
      name: 'ImmichDrillOverdue',
      expression: notSucceededFor({ name, namespace }, overdue),
      patience: '30m',
      severity: 'warning',
      summary: `No restore drill in ${namespace} has succeeded for ${overdue / hour} hours; one is due ${drill.schedule.words} UTC.`,
      action:
        'See whether the CronJob is suspended, and whether its last Job hangs: the operator is away, or no node has room for a second database.',
    },
  ];
}

/** The same about the drill of files. */
export function fileDrillAlerts({ name, namespace, files }: FileDrillPlan): Alert[] {
  const overdue = longestGap(files.schedule) + files.deadline.seconds + day;
  return [
    {
      name: 'ImmichFileDrillFailed',
      expression: failedSince({ name, namespace }),
      patience: '1m',
      severity: 'critical',
      summary: `A drill of files in ${namespace} failed: photos in the backup are not what Immich was given. The log of the container "compare" says which.`,
      action:
        'Read the log of the container "compare" of the failed Job: the second table in "Is the backup good?" explains its exit codes. Let nothing prune the repository until you know why.',
    },
    {
      name: 'ImmichFileDrillOverdue',
      expression: notSucceededFor({ name, namespace }, overdue),
      patience: '30m',
      severity: 'warning',
      summary: `No drill of files in ${namespace} has succeeded for ${overdue / hour} hours; one is due ${files.schedule.words} UTC.`,
      action:
        'See whether the CronJob is suspended, and whether its last Job hangs: its pod waits while a restore drill holds the same claim on another node.',
    },
  ];
}

/** Failed Jobs are kept to be looked at, also after a later one has succeeded. */
function failedSince({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  const jobs = `namespace="${namespace}",job_name=~"${name}-.*"`;
  return `max by (namespace, job_name) (kube_job_status_failed{${jobs}}) > 0 unless on (namespace, job_name) (max by (namespace, job_name) (kube_job_status_start_time{${jobs}}) < on (namespace) group_left () max by (namespace) (kube_cronjob_status_last_successful_time{${cronJobOf(name, namespace)}}))`;
}

function notSucceededFor(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  seconds: number,
): string {
  const cronJob = cronJobOf(name, namespace);
  return `time() - max(kube_cronjob_status_last_successful_time{${cronJob}} or kube_cronjob_created{${cronJob}}) > ${seconds}`;
}

function cronJobOf(name: string, namespace: string): string {
  return `namespace="${namespace}",cronjob="${name}"`;
}
