import { descriptorFields, fieldsOf, parseCalendar } from './cron-expression.ts';
import type { Timing } from './cron-times.ts';
import { firesPerDay, monthsOf } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import type { Parsed } from './parsed.ts';
import { parsed, quoted, refused } from './parsed.ts';

export { nextTimes } from './cron-times.ts';

/** When CloudNativePG starts a backup. */
export interface BackupSchedule {
  /** Always six fields, seconds first: descriptors such as `@daily` are rewritten. */
  readonly text: string;
  /** Such as `every day at 03:00:00 UTC`. */
  readonly words: string;
  /** Backups a day, on average over 28 years. */
  readonly perDay: number;
  readonly timing: Timing;
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
  /** Empty for a schedule that `parseBackupSchedule` takes. */
  readonly problems: readonly ScheduleProblem[];
  readonly timing: Timing;
}

/** Why a schedule that CloudNativePG accepts is a mistake; `message` begins with the quoted schedule. */
export type ScheduleProblem =
  /** `write` is the six-field schedule that was probably meant. */
  | { readonly kind: 'five-fields'; readonly message: string; readonly write: string }
  /** Fires more than once within an hour. */
  | { readonly kind: 'too-often'; readonly message: string; readonly perDay: number }
  /** Fires in `months` only. */
  | { readonly kind: 'some-months'; readonly message: string; readonly months: readonly number[] }
  | { readonly kind: 'never'; readonly message: string }
  /** An `@every` that no six fields can say. */
  | { readonly kind: 'interval'; readonly message: string; readonly seconds: number };

/** Reads a schedule and refuses what CloudNativePG accepts by mistake. */
export function parseBackupSchedule(text: string): Parsed<BackupSchedule> {
  const reading = readBackupSchedule(text);
  if (!reading.ok) return reading;
  const { words, perDay, timing, problems } = reading.value;
  const [problem] = problems;
  if (problem) return refused(problem.message);
  const five = descriptorFields(text);
  return parsed({ text: five === undefined ? fieldsOf(text).join(' ') : `0 ${five}`, words, perDay, timing });
}

/** Reads a schedule as CloudNativePG itself does (robfig/cron v1.2.0): refused is only what it refuses. */
export function readBackupSchedule(text: string): Parsed<BackupScheduleReading> {
  const five = descriptorFields(text);
  const fields = fieldsOf(five === undefined ? text : `0 ${five}`);
  if (fields.length < 5 || fields.length > 6)
    return refused(`${quoted(text)} has ${fields.length} fields. Write six, such as "0 0 3 * * *".`);
  const timing = parseCalendar(fields, { steppedStar: true });
  if (!timing.ok) return refused(`${quoted(text)} ${timing.message}`);
  const problems: ScheduleProblem[] = [];
  if (fields.length === 5)
    problems.push({ kind: 'five-fields', write: `0 ${text}`, message: `${quoted(text)} has five fields.` });
  return parsed({
    text,
    words: inWords(timing.value, { seconds: true, zone: 'UTC' }),
    perDay: firesPerDay(timing.value),
    months: monthsOf(timing.value),
    fieldCount: five === undefined ? fields.length : 0,
    problems,
    timing: timing.value,
  });
}
