import { type Comparison, type Draft, isAdded, isRemoved } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** The restore drill: taken away, or with other texts, which count from its next run on. */
export function drills({ pairs }: Comparison): Draft[] {
  const own = pairs.filter(isOfDrill);
  const job = own.find((pair) => pair.kind === 'CronJob' && isRemoved(pair));
  const isElsewhere = own.some((pair) => pair.kind === 'CronJob' && isAdded(pair));
  if (job !== undefined && !isElsewhere) {
    return [
      {
        grade: 'steps',
        topic: 'data',
        what: 'drillOff',
        from: job.name,
        to: 'nothing',
        key: ['database', 'cnpg', 'backup', 'drill'],
        sentence:
          'Nothing restores a backup as a test any more: whether they can be restored shows only on the day when one is needed.',
        steps: [
          'Keep the drill. If it goes: restore one backup by hand every few weeks, as RUNBOOK.md says.',
          `Flux leaves its namespace and claim, which are protected: give both the annotation immich-cdk8s/delete=allowed and delete them when nothing needs them.`,
        ],
        pairs: [job],
        alone: own.filter(isRemoved),
      },
    ];
  }
  if (job !== undefined) {
    return [
      {
        grade: 'routine',
        topic: 'other',
        what: 'drillMoved',
        sentence: 'The restore drill moves along with the database.',
        pairs: [job],
        alone: own.filter((pair) => isRemoved(pair) || isAdded(pair)),
      },
    ];
  }
  const texts = own.filter(
    (pair) => ['ConfigMap', 'CronJob', 'ObjectStore'].includes(pair.kind) && !isRemoved(pair),
  );
  const changed = texts.filter(({ before }) => before !== undefined);
  return changed.length === 0
    ? []
    : [
        {
          grade: 'routine',
          topic: 'other',
          what: 'drill',
          sentence: 'The restore drill is another one from its next run on.',
          pairs: changed,
          fields: [
            'data',
            'spec.jobTemplate',
            'spec.configuration',
            'spec.instanceSidecarConfiguration',
            'spec.retentionPolicy',
          ],
        },
      ];
}

/** Whether an object is of the restore drill, which has a layer of its own in dist. */
export function isOfDrill({ before, after }: Pair): boolean {
  return isOfDrillLayer((after ?? before)?.manifest.file ?? '');
}

/** Whether a file is in the layer of the drill. */
export function isOfDrillLayer(file: string): boolean {
  return /\/drill\/[^/]*$/.test(file);
}
