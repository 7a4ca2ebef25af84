import { RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import type { Cron } from '../values/cron.ts';
import { jobNameOf, recurringJob } from './longhorn-job.ts';

/** The name of the job that backs a claim up. */
export function backupJobName(namespace: string, claim: string): string {
  return jobNameOf(`${namespace}-${claim}-backup`);
}

/** A recurring job that backs one claim up to Longhorn's backup target; the claim takes part in it by its labels. */
export function longhornBackup(
  scope: Construct,
  props: {
    readonly namespace: string;
    readonly claim: string;
    readonly schedule: Cron;
    /** How many backups are kept. */
    readonly retain: number;
  },
): void {
  const { namespace, claim, schedule, retain } = props;
  const name = backupJobName(namespace, claim);
  recurringJob(scope, { name, task: RecurringJobSpecTask.BACKUP, schedule, retain });
}
