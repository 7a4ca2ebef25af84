import type { CronDialect, CronRead } from './cron-field.ts';
import { cronUnits, parseCronField } from './cron-field.ts';
import type { Calendar } from './cron-times.ts';
import { goDuration, goDurationPattern } from './go-duration.ts';
import { understand } from './parsed.ts';

const every = '@every ';
/** White space as Unicode and Go have it; `\s` would add U+FEFF and lack U+0085. */
const whiteSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const descriptors: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

/**
 * An expression as a pattern, for editors.
 *
 * @param fields The patterns of its fields.
 */
export function expressionPattern(fields: readonly string[]): string {
  const space = whiteSpace.source;
  const words = [...descriptors.keys()].map((word) => word.slice(1)).join('|');
  return `^(?:@(?:${words})|${every}${goDurationPattern}|(?:${space})?${fields.join(space)}(?:${space})?)$`;
}

/** The fields of an expression, split as Go's `strings.Fields` does it. */
export function fieldsOf(text: string): readonly string[] {
  return text.split(whiteSpace).filter((field) => field !== '');
}

/**
 * Reads the fields of an expression, seconds first; a missing sixth field is a star.
 */
export function parseCalendar(fields: readonly string[], dialect: CronDialect): CronRead<Calendar> {
  const field = (index: number, unit: keyof typeof cronUnits) =>
    parseCronField(fields[index] ?? '*', cronUnits[unit], dialect);
  const second = field(0, 'second');
  if (!second.ok) return second;
  const minute = field(1, 'minute');
  if (!minute.ok) return minute;
  const hour = field(2, 'hour');
  if (!hour.ok) return hour;
  const day = field(3, 'day');
  if (!day.ok) return day;
  const month = field(4, 'month');
  if (!month.ok) return month;
  const weekday = field(5, 'weekday');
  if (!weekday.ok) return weekday;
  return understand({
    kind: 'calendar',
    second: second.value,
    minute: minute.value,
    hour: hour.value,
    day: day.value,
    month: month.value,
    weekday: weekday.value,
  });
}

/** The five fields, minutes first, that a descriptor such as `@daily` stands for; undefined when it is not one. */
export function descriptorFields(text: string): string | undefined {
  return descriptors.get(text);
}

/** The seconds of an `@every 6h`; undefined when the text is not one. */
export function intervalSeconds(text: string): number | undefined {
  return text.startsWith(every) ? goDuration(text.slice(every.length)) : undefined;
}

/**
 * The five fields, minutes first, that fire with a fixed delay, beginning at midnight (a week on Sunday);
 * undefined when the delay does not divide an hour, a day or a week.
 */
export function intervalFields(seconds: number): string | undefined {
  const minutes = seconds / 60;
  const hours = minutes / 60;
  if (minutes === 1) return '* * * * *';
  if (Number.isInteger(minutes) && minutes < 60 && 60 % minutes === 0) return `*/${minutes} * * * *`;
  if (hours === 1) return '0 * * * *';
  if (Number.isInteger(hours) && hours < 24 && 24 % hours === 0) return `0 */${hours} * * *`;
  if (hours === 24) return '0 0 * * *';
  return hours === 168 ? '0 0 * * 0' : undefined;
}

/** What is written for a text that only looks like a descriptor, such as `daily` or `@Daily`. */
export function nearestDescriptor(text: string): string | undefined {
  const descriptor = `@${text.trim().toLowerCase().replace(/^@/, '')}`;
  return descriptors.has(descriptor) ? descriptor : undefined;
}

/** The fields after a `TZ=` or `CRON_TZ=` in front; undefined when there is none. */
export function afterTimeZone(fields: readonly string[]): readonly string[] | undefined {
  return /^(?:CRON_)?TZ=/.test(fields[0] ?? '') ? fields.slice(1) : undefined;
}

/** A number of fields in words. */
export function fieldCountInWords(count: number): string {
  return `${counts[count] ?? count} field${count === 1 ? '' : 's'}`;
}

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
