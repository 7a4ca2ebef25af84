import { RecurringJob, RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import type { LonghornJobs } from '../installation/volume.ts';
import { checksum } from '../kubernetes/checksum.ts';
import { comment } from '../kubernetes/comment.ts';
import { labelsOf } from '../kubernetes/labels.ts';

/** The namespace in which Longhorn looks for recurring jobs. */
export const longhornNamespace = 'longhorn-system';

/** The name of the job that snapshots a claim. Longhorn allows 40 characters, and all clusters' claims share them. */
export function snapshotJobName(namespace: string, claim: string): string {
  const name = `${namespace}-${claim}`;
  return name.length <= 40 ? name : `${name.slice(0, 31)}-${checksum(name).slice(0, 8)}`;
}

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
  const job = new RecurringJob(scope, name, {
    metadata: { name, namespace: longhornNamespace, labels: labelsOf(name, 'storage') },
    spec: {
      name,
      task: RecurringJobSpecTask.SNAPSHOT,
      cron: snapshots.schedule.text,
      retain: snapshots.retain,
      concurrency: 1,
    },
  });
  comment(job, ['spec', 'cron'], `Five fields: ${snapshots.schedule.words}.`);
}
