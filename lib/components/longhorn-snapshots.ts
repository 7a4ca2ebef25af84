import { RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import type { LonghornJobs } from '../installation/volume.ts';
import { recurringJob, snapshotJobName } from '../kubernetes/longhorn-job.ts';

/** A recurring job that snapshots one claim, which takes part in it by its labels. */
export function longhornSnapshots(
  scope: Construct,
  props: {
    readonly namespace: string;
    readonly claim: string;
    readonly snapshots: NonNullable<LonghornJobs['snapshots']>;
  },
): void {
  const { namespace, claim, snapshots } = props;
  const name = snapshotJobName(namespace, claim);
  recurringJob(scope, { name, task: RecurringJobSpecTask.SNAPSHOT, ...snapshots });
}
