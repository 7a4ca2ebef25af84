import type { Construct } from 'constructs';
import { KubeCronJob } from '../kubernetes/api.ts';
import { comment } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { stepJob } from './containers.ts';

/** A drill that runs by itself. */
export interface ScheduledDrill {
  readonly name: string;
  readonly namespace: string;
  /** Five fields, and the same in words. */
  readonly schedule: { readonly text: string; readonly words: string };
  readonly job: ReturnType<typeof stepJob>;
}

/** The CronJob of a drill, of which no run meets another. */
export function scheduleDrill(scope: Construct, { name, namespace, schedule, job }: ScheduledDrill): void {
  const object = new KubeCronJob(scope, 'cron-job', {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      schedule: schedule.text,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      // A cluster that was away does not drill at noon what it missed at night.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { metadata: { labels: ownLabels }, spec: job },
    },
  });
  comment(object, ['spec', 'schedule'], `Five fields: ${schedule.words} UTC.`);
}
