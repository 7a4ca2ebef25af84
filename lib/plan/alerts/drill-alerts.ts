import type { DrillPlan } from '../../drill/drill-plan.ts';
import { longestGap } from '../../values/longest-gap.ts';
import { type Alert, day, hour } from './alert.ts';

/** Alerts about the restore drill, from kube-state-metrics, which comes with the usual installations of Prometheus. */
export function drillAlerts({ name, namespace, drill }: DrillPlan): Alert[] {
  const cronJob = `namespace="${namespace}",cronjob="${name}"`;
  const jobs = `namespace="${namespace}",job_name=~"${name}-.*"`;
  const overdue = longestGap(drill.schedule) + drill.deadline.seconds + day;
  return [
    {
      name: 'ImmichDrillFailed',
      // Failed Jobs are kept to be looked at, also after a later drill has succeeded.
      expression: `max by (namespace, job_name) (kube_job_status_failed{${jobs}}) > 0 unless on (namespace, job_name) (max by (namespace, job_name) (kube_job_status_start_time{${jobs}}) < on (namespace) group_left () max by (namespace) (kube_cronjob_status_last_successful_time{${cronJob}}))`,
      patience: '1m',
      severity: 'critical',
      summary: `A restore drill in ${namespace} failed: the backups may be worth nothing. The log of the container "report" says why.`,
      action:
        'Read the log of the containers "report" and "look" of the failed Job, mend what it says, and run a drill now: the table in "Is the backup good?" explains the exit codes.',
    },
    {
      name: 'ImmichDrillOverdue',
      expression: `time() - max(kube_cronjob_status_last_successful_time{${cronJob}} or kube_cronjob_created{${cronJob}}) > ${overdue}`,
      patience: '30m',
      severity: 'warning',
      summary: `No restore drill in ${namespace} has succeeded for ${overdue / hour} hours; one is due ${drill.schedule.words} UTC.`,
      action:
        'See whether the CronJob is suspended, and whether its last Job hangs: the operator is away, or no node has room for a second database.',
    },
  ];
}
