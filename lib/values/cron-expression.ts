import type { CronDialect, CronUnit } from './cron-field.ts';
import { every, parseCronField, UNITS } from './cron-field.ts';
import type { Calendar, Timing } from './cron-times.ts';
import type { Parsed } from './parsed.ts';
import { parsed, refused } from './parsed.ts';

/** The fields of an expression, split as Go's `strings.Fields` does it. */
export function fieldsOf(text: string): readonly string[] {
  return text.split(SPACE).filter((field) => field !== '');
}

/**
 * Reads the fields of an expression, seconds first; a missing sixth field is a star. The message of a refusal
 * continues a sentence that begins with the quoted expression.
 */
export function parseCalendar(fields: readonly string[], dialect: CronDialect): Parsed<Calendar> {
  const [second, minute, hour, day, month] = ORDER.map((unit, index) =>
    parseCronField(fields[index] ?? '*', unit, dialect),
  );
  const weekday =
    fields[5] === undefined
      ? parsed(every(UNITS.weekday))
      : parseCronField(fields[5], UNITS.weekday, dialect);
  if (!second || !minute || !hour || !day || !month) return refused('has too few fields');
  for (const field of [second, minute, hour, day, month, weekday]) if (!field.ok) return field;
  if (!second.ok || !minute.ok || !hour.ok || !day.ok || !month.ok || !weekday.ok)
    return refused('has a bad field');
  return parsed({
    kind: 'calendar',
    second: second.value,
    minute: minute.value,
    hour: hour.value,
    day: day.value,
    month: month.value,
    weekday: weekday.value,
  });
}

/** The five fields a descriptor stands for, minutes first; undefined when it is not one. */
export function descriptorFields(text: string): string | undefined {
  return DESCRIPTORS.get(text);
}
const ORDER: readonly CronUnit[] = [UNITS.second, UNITS.minute, UNITS.hour, UNITS.day, UNITS.month];
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

export type { Timing };
