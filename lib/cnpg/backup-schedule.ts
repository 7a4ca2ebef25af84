import {
  afterTimeZone,
  descriptorFields,
  expressionPattern,
  fieldCountInWords,
  fieldsOf,
  intervalFields,
  intervalSeconds,
  nearestDescriptor,
  parseCalendar,
} from '../values/cron-expression.ts';
import { cronFieldPattern, cronUnits } from '../values/cron-field.ts';
import type { Calendar, Timing } from '../values/cron-times.ts';
import { firesPerDay, monthsOf } from '../values/cron-times.ts';
import { inWords } from '../values/cron-words.ts';
import type { Parsed } from '../values/parsed.ts';
import { quote, refuse, understand } from '../values/parsed.ts';
import type { ScheduleProblem } from './backup-schedule-problem.ts';
import { scheduleProblems, suggestion } from './backup-schedule-problem.ts';

export { nextTimes } from '../values/cron-times.ts';
export type { ScheduleProblem } from './backup-schedule-problem.ts';

/** When CloudNativePG starts a backup. */
export interface BackupSchedule {
  /** Always six fields, seconds first: descriptors such as `@daily` are rewritten. */
  readonly text: string;
  /** Such as `every day at 03:00:00 UTC`. */
  readonly words: string;
  /** Backups a day, on average over 28 years. */
  readonly perDay: number;
  readonly timing: Calendar;
}

/** What CloudNativePG makes of a schedule that it accepts, and why we would not write it so. */
export interface BackupScheduleReading {
  /** The text that was read, unchanged. */
  readonly text: string;
  readonly words: string;
  readonly perDay: number;
  /** The months, from 1, in which it fires. */
  readonly months: readonly number[];
  /** 5 or 6; 0 for a descriptor such as `@daily`. */
  readonly fieldCount: number;
  /** Empty for a schedule that `parseBackupSchedule` takes; the first one is the cause of the others. */
  readonly problems: readonly ScheduleProblem[];
  readonly timing: Timing;
}

/** What `parseBackupSchedule` reads, for editors, which do not know how often it fires. */
export const backupSchedulePattern = expressionPattern(
  Object.values(cronUnits).map((unit) => cronFieldPattern(unit, 'go')),
);

/**
 * Reads a schedule and refuses what CloudNativePG accepts although nobody means it: five fields, more than one
 * backup an hour, months without a backup, dates that never come. `@every 6h` begins at midnight.
 */
export function parseBackupSchedule(text: string): Parsed<BackupSchedule> {
  const reading = readBackupSchedule(text);
  if (!reading.ok) return reading;
  const [problem] = reading.value.problems;
  if (problem) return refuse(problem.message);
  const five = descriptorFields(text) ?? intervalFields(intervalSeconds(text) ?? 0);
  const fields = fieldsOf(five === undefined ? text : `0 ${five}`);
  const calendar = parseCalendar(fields, dialect);
  if (!calendar.ok) return refuse(`${quote(text)} has ${calendar.fault}. ${calendar.advice}`);
  return understand({ text: fields.join(' '), ...describe(calendar.value), timing: calendar.value });
}

/** Reads a schedule as CloudNativePG itself does (robfig/cron v1.2.0): refused is only what it refuses. */
export function readBackupSchedule(text: string): Parsed<BackupScheduleReading> {
  if (text.startsWith('@')) return readDescriptor(text);
  const fields = fieldsOf(text);
  if (fields.length < 5 || fields.length > 6) return refuse(`${quote(text)} ${countProblem(text, fields)}`);
  const calendar = parseCalendar(fields, dialect);
  if (calendar.ok) return readWith(text, fields.length, calendar.value, fields);
  if (afterTimeZone(fields)) return refuse(`${quote(text)} ${countProblem(text, fields)}`);
  const { fault } = calendar;
  if (fields.length === 6) return refuse(`${quote(text)} has ${fault}. ${calendar.advice}`);
  const { advice } = suggestion([['0', ...fields]]);
  return refuse(
    `${quote(text)} has five fields; CloudNativePG reads seconds first and would refuse ${fault}. ${advice}`,
  );
}

/** robfig/cron v1 keeps the star of a stepped star; v3, which Kubernetes uses, drops it. */
const dialect = { steppedStar: true };
const allMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function readDescriptor(text: string): Parsed<BackupScheduleReading> {
  const five = descriptorFields(text);
  if (five !== undefined) {
    const fields = fieldsOf(`0 ${five}`);
    const calendar = parseCalendar(fields, dialect);
    if (calendar.ok) return readWith(text, 0, calendar.value, fields);
  }
  const seconds = intervalSeconds(text);
  if (seconds !== undefined) return readWith(text, 0, { kind: 'interval', seconds }, []);
  const nearest = nearestDescriptor(text);
  const advice = nearest === undefined ? suggestion([]).advice : `Write ${quote(nearest)}.`;
  return refuse(`${quote(text)} is not a descriptor that CloudNativePG knows. ${advice}`);
}

function readWith(
  text: string,
  fieldCount: number,
  timing: Timing,
  fields: readonly string[],
): Parsed<BackupScheduleReading> {
  const months = timing.kind === 'calendar' ? monthsOf(timing) : allMonths;
  const problems = scheduleProblems({ text, fields, timing, months });
  return understand({ text, ...describe(timing), months, fieldCount, problems, timing });
}

function describe(timing: Timing): { readonly words: string; readonly perDay: number } {
  return { words: inWords(timing, { seconds: true, zone: 'UTC' }), perDay: firesPerDay(timing) };
}

/** What to say of a schedule that has neither five nor six fields, or a time zone in place of the first one. */
function countProblem(text: string, fields: readonly string[]): string {
  const rest = afterTimeZone(fields);
  if (rest) {
    const { advice } = suggestion([rest, ['0', ...rest]]);
    return `starts with a time zone, which CloudNativePG cannot read: schedules are in the operator's time, normally UTC. ${advice}`;
  }
  const nearest = nearestDescriptor(text);
  if (nearest !== undefined) return `is not a schedule. Write ${quote(nearest)}.`;
  const { advice } = suggestion([fields.slice(0, 6)]);
  return `has ${fieldCountInWords(fields.length)}; CloudNativePG reads six: second, minute, hour, day of the month, month, day of the week. ${advice}`;
}
