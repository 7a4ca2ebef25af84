import { workload } from '../../manifests/views/workload.ts';
import { type Comparison, type Draft, isAdded, isRemoved, pairsOfKind } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/**
 * A Job that takes the place of one with other pods of the same name. A Job that exists cannot be changed, so that it
 * gets another name whenever it has to run again: https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export function jobs(comparison: Comparison): Draft[] {
  const found = pairsOfKind(comparison, 'batch', 'Job');
  const gone = found.filter(isRemoved);
  return found.filter(isAdded).flatMap((job): Draft[] => {
    const former = gone.filter(
      (one) => one.cluster === job.cluster && podsOf(one) !== undefined && podsOf(one) === podsOf(job),
    );
    const [first] = former;
    if (first === undefined) return [];
    return [
      {
        grade: 'routine',
        topic: 'service',
        what: 'replace',
        from: first.name,
        to: job.name,
        sentence: `Job ${job.name} takes the place of ${first.name}, and runs once.`,
        pairs: [job],
        alone: [job, ...former],
      },
    ];
  });
}

/** The new Job that builds indexes of a database anew after an upgrade, where there is one in its namespace. */
export function rebuilderOf(comparison: Comparison, database: Pair): Pair | undefined {
  return pairsOfKind(comparison, 'batch', 'Job')
    .filter(isAdded)
    .find((job) => {
      const { containers = [] } = workload(job.after.manifest) ?? {};
      return (
        job.cluster === database.cluster &&
        job.namespace === database.namespace &&
        containers.some(({ field }) =>
          [...field.at('command').texts, ...field.at('args').texts].some((text) =>
            /reindex index/i.test(text),
          ),
        )
      );
    });
}

/** What all pods of a Job are called, whatever the Job is called. */
function podsOf({ before, after }: Pair): string | undefined {
  return (after ?? before)?.at('spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/name').text;
}
