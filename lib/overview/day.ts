import type { Plan } from '../plan/plan.ts';
import { parseCron } from '../values/cron.ts';
import { nextTimes, type Timing } from '../values/cron-times.ts';

/** Something that an installation does at set times. */
export interface Appointment {
  readonly what: string;
  /** Such as `every day at 03:00:00 UTC`. */
  readonly when: string;
  /** When it starts, in UTC; undefined where that is not known. */
  readonly timing: Timing | undefined;
}

/** What an installation does at set times. */
export function appointmentsOf(plan: Plan): Appointment[] {
  const { installation, drill, fileDrill, volumeBackups } = plan;
  const { database, volumes } = installation;
  const inUtc = (what: string, { words, timing }: { readonly words: string; readonly timing: Timing }) => ({
    what,
    when: `${words} UTC`,
    timing,
  });
  return [
    ...Object.entries(volumes).flatMap(([key, volume]) =>
      volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined
        ? [inUtc(`Snapshot of ${key}, which stays in Longhorn`, volume.longhorn.snapshots.schedule)]
        : [],
    ),
    ...dumpOf(plan),
    ...(database.kind === 'cnpg' && database.cnpg.backup !== 'none'
      ? [
          {
            ...inUtc('Base backup of the database', database.cnpg.backup.schedule),
            when: database.cnpg.backup.schedule.words,
          },
        ]
      : []),
    ...volumeBackups.map(({ key, schedule }) => inUtc(`Backup of ${key}`, schedule)),
    ...(drill === undefined ? [] : [inUtc('Restore drill', drill.drill.schedule)]),
    ...(fileDrill === undefined ? [] : [inUtc('Drill of files', fileDrill.files.schedule)]),
  ];
}

/** The pairs that start within half an hour of each other, on any day of four weeks. */
export function clashesOf(appointments: readonly Appointment[]): [Appointment, Appointment][] {
  const starts = appointments.map(({ timing }) => (timing === undefined ? [] : startsOf(timing)));
  return appointments.flatMap((one, index) =>
    appointments
      .slice(index + 1)
      .filter((_, offset) => isNear(starts[index] ?? [], starts[index + 1 + offset] ?? []))
      .map((other): [Appointment, Appointment] => [one, other]),
  );
}

/** Immich's own dump of its database, which it makes unless it is told not to: https://docs.immich.app/administration/backup-and-restore */
function dumpOf({ installation }: Plan): Appointment[] {
  const { configuration, timezone } = installation;
  const what = "Immich's own dump of the database, into the library";
  if (configuration.kind !== 'written') {
    const when = `every day at 02:00 ${timezone}, unless it was changed in the settings`;
    return [{ what, when, timing: timezone === 'Etc/UTC' ? timingOf('0 2 * * *') : undefined }];
  }
  const { enabled, cronExpression = '0 2 * * *' } = configuration.config.backup?.database ?? {};
  if (enabled === false) return [];
  const cron = parseCron(cronExpression);
  return [
    {
      what,
      when: `${cron.ok ? cron.value.words : cronExpression} ${timezone}`,
      timing: timezone === 'Etc/UTC' ? timingOf(cronExpression) : undefined,
    },
  ];
}

function timingOf(expression: string): Timing | undefined {
  const cron = parseCron(expression);
  return cron.ok ? cron.value.timing : undefined;
}

/** Four weeks of some year; which one does not matter. */
const from = new Date('2026-01-31T23:59:59Z');
const fourWeeks = 28 * 86_400_000;
const halfAnHour = 1_800_000;

/** The first starts of four weeks; what starts more often than once an hour is always near. */
function startsOf(timing: Timing): number[] {
  return nextTimes({ timing }, from, 28 * 24)
    .map((time) => time.getTime())
    .filter((time) => time < from.getTime() + fourWeeks);
}

/** Whether two ascending lists have times that are less than half an hour apart. */
function isNear(some: readonly number[], others: readonly number[]): boolean {
  let [one, other] = [0, 0];
  while (one < some.length && other < others.length) {
    const distance = (some[one] ?? 0) - (others[other] ?? 0);
    if (Math.abs(distance) < halfAnHour) return true;
    if (distance < 0) one += 1;
    else other += 1;
  }
  return false;
}
