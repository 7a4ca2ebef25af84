import { RecurringJob, type RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import { longhornNamespace } from '../names.ts';
import type { Cron } from '../values/cron.ts';
import { checksum } from './checksum.ts';
import { comment } from './comment.ts';
import { ownLabels } from './labels.ts';

/** A name as it is, or cut and made unique: Longhorn allows 40 characters, and all clusters' claims share them. */
function jobNameOf(name: string): string {
  return name.length <= 40 ? name : `${name.slice(0, 31)}-${checksum(name).slice(0, 8)}`;
}

/** The name of the job that snapshots a claim. */
export function snapshotJobName(namespace: string, claim: string): string {
  return jobNameOf(`${namespace}-${claim}`);
}

/** The name of the job that backs a claim up. */
export function backupJobName(namespace: string, claim: string): string {
  return jobNameOf(`${namespace}-${claim}-backup`);
}

/** A job of Longhorn for the claims that carry its label. */
export function recurringJob(
  scope: Construct,
  props: {
    readonly name: string;
    readonly task: RecurringJobSpecTask;
    readonly schedule: Cron;
    readonly retain: number;
  },
): void {
  const { name, task, schedule, retain } = props;
  const job = new RecurringJob(scope, name, {
    metadata: { name, namespace: longhornNamespace, labels: ownLabels },
    spec: { name, task, cron: schedule.text, retain, concurrency: 1 },
  });
  comment(job, ['spec', 'cron'], `Five fields: ${schedule.words}.`);
}
