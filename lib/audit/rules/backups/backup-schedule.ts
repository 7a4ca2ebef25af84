import { type BackupScheduleReading, readBackupSchedule } from '../../../cnpg/backup-schedule.ts';
import { isUnknown } from '../../../manifests/field.ts';
import type { Severity } from '../../finding.ts';
import type { Problem, Rule } from '../../rule.ts';

export const backupSchedule: Rule = {
  id: 'backup-schedule',
  severity: 'error',
  whose: 'upstream',
  meaning: 'CloudNativePG backs up at other times than the schedule was meant to say.',
  why: 'CloudNativePG reads six fields, and the first one is seconds. A schedule of five fields, as everywhere else in Kubernetes, is moved by one: "0 3 * * *" runs at three minutes past every hour instead of at three at night.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  limits: 'A schedule of six fields that fires every hour may be meant.',
  examples: {
    good: `
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db, namespace: immich }
spec: { schedule: "0 0 3 * * *", cluster: { name: immich-db } }
`,
    broken: {
      '"0 0 3 * * *"': '"0 3 * * *"',
    },
  },
  check(inventory, report) {
    for (const backup of inventory.all('postgresql.cnpg.io', 'ScheduledBackup')) {
      const schedule = backup.at('spec', 'schedule');
      if (schedule.text === undefined || isUnknown(schedule.text)) {
        continue;
      }
      const reading = readBackupSchedule(schedule.text);
      const problem = reading.ok ? problemOf(reading.value) : split(reading.message);
      if (problem !== undefined) {
        const severity = inventory.complete || !reading.ok ? undefined : severityOf(reading.value);
        report(schedule, { ...problem, ...(severity === undefined ? {} : { severity }) });
      }
    }
  },
};

/** Schedules that back up, but too often or too seldom. */
const hazards: readonly string[] = ['five-fields', 'too-often', 'hour-as-minute', 'some-months'];

/**
 * How grave it is for others; undefined for a schedule by which there is no backup at all, or one an hour that nobody
 * meant: what piles up stops the operator (https://github.com/dsx-ai-factory/nv-config-manager/issues/244).
 */
function severityOf({ text, perDay, months, problems }: BackupScheduleReading): Severity | undefined {
  const kind = problems[0]?.kind ?? '';
  if (perDay === 0 || !hazards.includes(kind)) return undefined;
  if (kind !== 'five-fields') return 'warning';
  // Five fields that were written with the second in mind; read as elsewhere, they may say nothing at all.
  const isMeant = perDay <= 1 || !readBackupSchedule(`0 ${text}`).ok;
  if (isMeant && perDay < 24) return months.length === 12 ? 'info' : 'warning';
  return perDay < 24 ? 'warning' : undefined;
}

/** The gravest problem: its message says the cause, when the schedule really fires, and what to write. */
function problemOf(reading: BackupScheduleReading): Problem | undefined {
  const [problem] = reading.problems;
  // "@every" with an odd interval drifts, but backs up.
  if (problem === undefined || problem.kind === 'interval') {
    return undefined;
  }
  return split(problem.message);
}

/** The sentences of a schedule's problem: all but the last say what is wrong, the last what to write. */
function split(sentences: string): Problem {
  const at = sentences.lastIndexOf(' Write ');
  return at < 0
    ? { message: sentences, fix: 'Write "0 0 3 * * *" for every day at 03:00:00.' }
    : { message: sentences.slice(0, at), fix: sentences.slice(at + 1) };
}
