import type { Field } from '../../manifests/field.ts';
import { enumerate } from '../../values/parsed.ts';
import { type Comparison, type Draft, isAdded, isRemoved } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** The restore drill and the drill of files: taken away, new, or with other texts, which count from the next run on. */
export function drills({ pairs }: Comparison): Draft[] {
  const own = pairs.filter(isOfDrill);
  const ofFiles = own.filter(({ name }) => isOfFileDrill(name));
  const ofDatabase = own.filter(({ name }) => !isOfFileDrill(name));
  const whole = draftWhole(ofDatabase, own);
  return whole ?? [...draftTexts(ofDatabase, databaseTexts), ...draftFiles(ofFiles)];
}

/** The restore drill is gone, or goes elsewhere; the drill of files, which goes by its list, goes along. */
function draftWhole(ofDatabase: readonly Pair[], own: readonly Pair[]): Draft[] | undefined {
  const job = ofDatabase.find((pair) => isJob(pair) && isRemoved(pair));
  if (job === undefined) return undefined;
  if (ofDatabase.some((pair) => isJob(pair) && isAdded(pair))) {
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
  return [
    {
      grade: 'steps',
      topic: 'data',
      what: 'drillOff',
      from: job.name,
      to: 'nothing',
      key: drillKey,
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

function draftFiles(own: readonly Pair[]): Draft[] {
  const job = own.find(isJob);
  if (job !== undefined && isRemoved(job)) {
    return [
      {
        grade: 'steps',
        topic: 'data',
        what: 'fileDrillOff',
        from: job.name,
        to: 'nothing',
        key: [...drillKey, 'files'],
        sentence:
          'Nothing compares photos in the backup with what Immich was given any more: whether they are whole shows only on the day when one is needed.',
        steps: [
          'Keep the drill of files. If it goes: compare some by hand now and then, as RUNBOOK.md says.',
        ],
        pairs: [job],
        alone: own.filter(isRemoved),
      },
    ];
  }
  if (job !== undefined && isAdded(job)) {
    return [
      {
        grade: 'steps',
        topic: 'other',
        what: 'fileDrillOn',
        from: 'nothing',
        to: job.name,
        key: [...drillKey, 'files'],
        sentence:
          'From now on a drill of files reads some photos out of the backup and compares them with what Immich was given. Its first run needs the list that the next restore drill leaves.',
        steps: [`Make the Secret that it reads the repository with: ${secretsOf(job.after).join(', ')}.`],
        pairs: [job],
        alone: own.filter((pair) => isAdded(pair) && ['ConfigMap', 'ServiceAccount'].includes(pair.kind)),
      },
    ];
  }
  return draftTexts(own, fileTexts);
}

/** The Secrets that its containers read, each with its keys; it starts without them, so that nothing else tells them. */
function secretsOf(cronJob: Field): string[] {
  const keys = new Map<string, string[]>();
  const pod = cronJob.at('spec', 'jobTemplate', 'spec', 'template', 'spec');
  for (const variable of pod.at('containers').items.flatMap((one) => one.at('env').items)) {
    const reference = variable.at('valueFrom', 'secretKeyRef');
    const [name, key] = [reference.at('name').text, reference.at('key').text];
    if (name !== undefined && key !== undefined) keys.set(name, [...(keys.get(name) ?? []), key]);
  }
  const namespace = cronJob.at('metadata', 'namespace').text ?? '';
  return [...keys].map(([name, all]) => `${namespace}/${name} with ${enumerate(all)}`);
}

const databaseTexts = { what: 'drill', sentence: 'The restore drill is another one from its next run on.' };
const fileTexts = { what: 'fileDrill', sentence: 'The drill of files is another one from its next run on.' };

function draftTexts(own: readonly Pair[], told: Pick<Draft, 'what' | 'sentence'>): Draft[] {
  const changed = own.filter(
    (pair) =>
      ['ConfigMap', 'CronJob', 'ObjectStore'].includes(pair.kind) &&
      !isRemoved(pair) &&
      pair.before !== undefined,
  );
  return changed.length === 0
    ? []
    : [
        {
          grade: 'routine',
          topic: 'other',
          ...told,
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

/** The key of the restore drill. */
export const drillKey = ['database', 'cnpg', 'backup', 'drill'] as const;

function isJob({ kind }: Pair): boolean {
  return kind === 'CronJob';
}

/** Whether an object is of the restore drill or the drill of files, which have a layer of their own in dist. */
export function isOfDrill({ before, after }: Pair): boolean {
  return isOfDrillLayer((after ?? before)?.manifest.file ?? '');
}

/** Whether an object in that layer is of the drill of files. */
export function isOfFileDrill(name: string | undefined): boolean {
  return name?.endsWith('-file-drill') ?? false;
}

/** Whether a file is in the layer of the drills. */
export function isOfDrillLayer(file: string): boolean {
  return /\/drill\/[^/]*$/.test(file);
}
