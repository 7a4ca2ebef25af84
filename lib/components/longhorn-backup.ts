import { RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import { backupJobName, recurringJob } from '../kubernetes/longhorn-job.ts';
import type { Cron } from '../values/cron.ts';

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
