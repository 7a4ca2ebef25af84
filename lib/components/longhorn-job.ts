import { RecurringJob, type RecurringJobSpecTask } from '@cdk8s/imports-longhorn';
import type { Construct } from 'constructs';
import { checksum } from '../kubernetes/checksum.ts';
import { comment } from '../kubernetes/comment.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import { longhornNamespace } from '../names.ts';
import type { Cron } from '../values/cron.ts';

/** A name as it is, or cut and made unique: Longhorn allows 40 characters, and all clusters' claims share them. */
export function jobNameOf(name: string): string {
  return name.length <= 40 ? name : `${name.slice(0, 31)}-${checksum(name).slice(0, 8)}`;
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
    metadata: { name, namespace: longhornNamespace, labels: labelsOf(name, 'storage') },
    spec: { name, task, cron: schedule.text, retain, concurrency: 1 },
  });
  comment(job, ['spec', 'cron'], `Five fields: ${schedule.words}.`);
}
