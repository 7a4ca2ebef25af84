import { readBackupSchedule } from '../../cnpg/backup-schedule.ts';
import { quote } from '../../text/quoting.ts';
import { parseCron } from '../../values/cron.ts';
import {
  type ChangedPair,
  type Comparison,
  type Draft,
  isAdded,
  isChanged,
  isRemoved,
} from '../comparison.ts';
import { objectName, type Pair } from '../pairs.ts';
import { isOfDrill, isOfFileDrill } from './drills.ts';

/** When backups are made, of the database and of volumes, and when the drill restores them. */
export function schedules(comparison: Comparison): Draft[] {
  return comparison.pairs.flatMap((pair): Draft[] => {
    const kind = scheduled[pair.kind];
    if (kind === undefined) return [];
    if (isChanged(pair)) {
      return [
        ...draftReschedule(pair, kind),
        ...draftSuspension(pair, kind),
        ...draftRetention(pair, kind),
        ...draftRepository(pair, kind),
      ];
    }
    if (!isRemoved(pair) || pair.kind === 'CronJob') return [];
    const successor = successorOf(pair, comparison);
    if (successor !== undefined) return [draftSuccession(pair, successor)];
    return [
      {
        grade: 'steps',
        topic: 'data',
        what: 'backupOff',
        from: pair.name,
        to: 'nothing',
        key: kind.key,
        sentence: `${objectName(pair)} is gone: it makes no ${pair.before.get('spec', 'task') === 'snapshot' ? 'snapshots' : 'backups'} any more. Those that are there stay, and grow old.`,
        steps: ['Make sure that something else backs this up.'],
        pairs: [pair, ...claimsOf(comparison, pair)],
        fields: ['metadata.labels'],
      },
    ];
  });
}

/** Backups of a volume go to another repository of restic, whose address is in a Secret. */
function draftRepository(pair: ChangedPair, { key }: ScheduledKind): Draft[] {
  const way = 'spec.restic.repository';
  const [from, to] = [pair.before, pair.after].map((field) => field.at(...way.split('.')).text);
  if (from === undefined || to === undefined || from === to) return [];
  return [
    {
      grade: 'steps',
      topic: 'data',
      what: 'repository',
      from,
      to,
      key,
      sentence: `${objectName(pair)} writes to the repository that the Secret ${to} names instead of ${from}. Where that is another one, it holds no backup before its next run, and what is in the former one stays there and is never tidied up.`,
      steps: [`Before merging, compare RESTIC_REPOSITORY in the Secrets ${from} and ${to}.`],
      pairs: [pair],
      fields: [way],
    },
  ];
}

/** Claims that lose the labels by which Longhorn knew that the job is for them. */
function claimsOf({ pairs }: Comparison, { kind, name }: Pair): Pair[] {
  if (kind !== 'RecurringJob') return [];
  return pairs.filter(
    (pair) =>
      pair.kind === 'PersistentVolumeClaim' &&
      isChanged(pair) &&
      pair.differences.some(({ way }) => way === `metadata.labels.recurring-job.longhorn.io/${name}`),
  );
}

/** The schedule that a new life of the same database has in the place of a former one. */
function successorOf(gone: Pair, { pairs }: Comparison): Pair | undefined {
  return pairs.find(
    (pair) =>
      gone.kind === 'ScheduledBackup' &&
      isAdded(pair) &&
      pair.kind === gone.kind &&
      pair.namespace === gone.namespace &&
      pair.cluster === gone.cluster &&
      pair.after.get('spec', 'cluster', 'name') === gone.before?.get('spec', 'cluster', 'name'),
  );
}

function draftSuccession(gone: Pair, successor: Pair): Draft {
  const isAtOnce = successor.after?.get('spec', 'immediate') === true;
  const takesAlong = gone.before?.get('spec', 'backupOwnerReference') === 'self';
  return {
    grade: 'routine',
    topic: 'data',
    what: 'schedule',
    from: gone.name,
    to: successor.name,
    key: ['database', 'cnpg', 'lineage'],
    sentence: `The new life of the database has a schedule of its own, ${successor.name}${isAtOnce ? ', whose first base backup is made at once' : ''}. Of the former one, ${gone.name}, ${takesAlong ? 'the Backup objects go too, which are only its history: ' : ''}the files in the store stay.`,
    pairs: [successor, gone],
  };
}

interface ScheduledKind {
  /** Ways to the schedule. */
  readonly ways: readonly string[];
  /** Whether CloudNativePG reads it, seconds first. */
  readonly isBackup: boolean;
  readonly key: readonly string[];
  readonly what: string;
  /** Ways to how many are kept. */
  readonly kept: readonly string[];
}

const scheduled: { readonly [kind: string]: ScheduledKind } = {
  ScheduledBackup: {
    ways: ['spec.schedule'],
    isBackup: true,
    key: ['database', 'cnpg', 'backup', 'schedule'],
    what: 'The database is backed up',
    kept: [],
  },
  ReplicationSource: {
    ways: ['spec.trigger.schedule'],
    isBackup: false,
    key: ['volumes', 'library', 'backup'],
    what: 'The volume is backed up',
    kept: ['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'last', 'within'].map(
      (one) => `spec.restic.retain.${one}`,
    ),
  },
  RecurringJob: {
    ways: ['spec.cron'],
    isBackup: false,
    key: ['volumes', 'library'],
    what: 'The volume is backed up or snapshotted',
    kept: ['spec.retain'],
  },
  CronJob: { ways: ['spec.schedule'], isBackup: false, key: [], what: '', kept: [] },
};

function draftReschedule(pair: ChangedPair, { ways, isBackup, key, what }: ScheduledKind): Draft[] {
  return ways.flatMap((way): Draft[] => {
    const [from, to] = [pair.before, pair.after].map((field) => field.at(...way.split('.')).text);
    if (from === undefined || to === undefined || from === to) return [];
    const [earlier, later] = [from, to].map((text) =>
      isBackup ? readBackupSchedule(text) : parseCron(text),
    );
    const told = earlier?.ok && later?.ok ? [earlier.value, later.value] : undefined;
    const isLess = told === undefined || (told[1]?.perDay ?? 0) < (told[0]?.perDay ?? 0);
    const problem = isBackup ? problemOf(to) : undefined;
    const subject = what === '' ? `${runnerOf(pair)} runs` : what;
    const words = told?.map(({ words, perDay }) => `${words} (${timesADay(perDay)})`);
    return [
      {
        grade: isLess || problem !== undefined ? 'steps' : 'routine',
        topic: 'data',
        what: 'schedule',
        from,
        to,
        key: key.length === 0 ? undefined : key,
        sentence:
          words === undefined
            ? `${objectName(pair)}: the schedule ${quote(from)} became ${quote(to)}, which is not understood here.`
            : `${subject} ${words[1]}; before: ${words[0]}.${isLess ? lessOften(pair) : ''}${problem === undefined ? '' : ` ${problem}`}`,
        pairs: [pair],
        fields: [way],
      },
    ];
  });
}

function runnerOf(pair: ChangedPair): string {
  if (!isOfDrill(pair)) return objectName(pair);
  return isOfFileDrill(pair.name) ? 'The drill of files' : 'The restore drill';
}

function lessOften({ kind }: ChangedPair): string {
  return kind === 'CronJob' ? '' : ' Less often: what is newer than the last backup can be lost.';
}

/** Why nobody means a schedule, although CloudNativePG takes it. */
function problemOf(schedule: string): string | undefined {
  const reading = readBackupSchedule(schedule);
  return reading.ok ? reading.value.problems[0]?.message : undefined;
}

function timesADay(perDay: number): string {
  if (perDay === 1) return 'once a day';
  if (perDay > 1) return `${Number(perDay.toPrecision(2))} times a day`;
  return `once in ${Math.round(1 / perDay)} days`;
}

function draftSuspension(pair: ChangedPair, { key, what }: ScheduledKind): Draft[] {
  const [before, after] = [
    pair.before.get('spec', 'suspend') === true,
    pair.after.get('spec', 'suspend') === true,
  ];
  if (before === after) return [];
  return [
    {
      grade: after ? 'steps' : 'routine',
      topic: 'data',
      what: 'suspend',
      from: String(before),
      to: String(after),
      key: key.length === 0 ? undefined : key,
      sentence: after
        ? `${objectName(pair)} is suspended. ${what === '' ? 'It does not run' : `${what} no more`}, until it is resumed.`
        : `${objectName(pair)} is resumed. What it has missed is made up for at once.`,
      pairs: [pair],
      fields: ['spec.suspend'],
    },
  ];
}

function draftRetention(pair: ChangedPair, { kept, key }: ScheduledKind): Draft[] {
  return kept.flatMap((way): Draft[] => {
    const [from, to] = [pair.before, pair.after].map((field) => field.at(...way.split('.')));
    if (from?.value === to?.value) return [];
    const isLess = (to?.number ?? 0) < (from?.number ?? 0);
    return [
      {
        grade: isLess ? 'refused' : 'routine',
        topic: 'data',
        what: 'retention',
        from: String(from?.value ?? 'none'),
        to: String(to?.value ?? 'none'),
        key,
        sentence: isLess
          ? `${objectName(pair)} keeps ${to?.value ?? 'none'} instead of ${from?.value} (${way}): at its next run older ones are deleted, and cannot be had back.`
          : `${objectName(pair)} keeps ${to?.value} instead of ${from?.value ?? 'none'} (${way}).`,
        steps: isLess ? [`Keep ${from?.value}, or make sure that nothing from before is needed.`] : [],
        pairs: [pair],
        fields: [way],
      },
    ];
  });
}
