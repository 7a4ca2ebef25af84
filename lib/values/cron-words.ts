import type { CronField } from './cron-field.ts';
import type { Calendar, Timing } from './cron-times.ts';
import { firesPerDay } from './cron-times.ts';
import { enumerate } from './parsed.ts';

/** How clock times are said. */
export interface ClockStyle {
  /** Whether times have seconds, `03:00:00`, or not, `03:00`. */
  readonly seconds: boolean;
  /** The time zone that is named after times of the day, such as `UTC`; none when missing. */
  readonly zone?: string;
}

/** A schedule in words: `every day at 03:00:00 UTC`, `every 5 minutes`, `every hour at :03 in January only`. */
export function inWords(timing: Timing, style: ClockStyle): string {
  if (firesPerDay(timing) === 0) return 'never';
  if (timing.kind === 'interval') return `every ${duration(timing.seconds)}, counted from the last run`;
  const { clock, needsDay } = clockWords(timing, style);
  const days = dayWords(timing);
  if (needsDay) return `${days ?? 'every day'} ${clock}`;
  if (days === undefined) return clock;
  return `${clock}${days.startsWith('every day in ') ? days.slice('every day'.length) : `, ${days}`}`;
}

/** A length of time in words: `90 minutes`, `hour`, `24 hours`. */
function duration(seconds: number): string {
  const [size, unit] =
    seconds % 3600 === 0 ? [3600, 'hour'] : seconds % 60 === 0 ? [60, 'minute'] : [1, 'second'];
  return seconds === size ? unit : `${seconds / size} ${unit}s`;
}

/** The names of months, from 1. */
export function monthNames(months: readonly number[]): string {
  return enumerate(months.map((month) => namesOfMonths[month - 1] ?? ''));
}

const namesOfMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** Longer lists of clock times are said by their pattern. */
const longestList = 6;

function clockWords(
  calendar: Calendar,
  style: ClockStyle,
): { readonly clock: string; readonly needsDay: boolean } {
  const { second, minute, hour } = calendar;
  const zone = style.zone === undefined ? '' : ` ${style.zone}`;
  const count = second.values.length * minute.values.length * hour.values.length;
  const oncePerHour = second.values.length === 1 && minute.values.length === 1;
  if (count > 0 && (count <= longestList || (oncePerHour && !regular(hour.values, 24)))) {
    return { clock: `at ${enumerate(clockTimes(calendar, style))}${zone}`, needsDay: true };
  }
  if (oncePerHour) {
    const [first = 0] = minute.values;
    const [seconds = 0] = second.values;
    const step = gap(hour.values, 24);
    const start = hour.values[0] ?? 0;
    const at = seconds === 0 ? `:${two(first)}` : `:${two(first)}:${two(seconds)}`;
    if (step === 1) return { clock: `every hour at ${at}`, needsDay: false };
    return {
      clock: `every ${step} hours from ${clock(start, first, seconds, style)}${zone}`,
      needsDay: false,
    };
  }
  const of = [cycle(second, 'second'), cycle(minute, 'minute')];
  const finest = second.values.length === 1 ? 1 : 0;
  const atSecond = finest === 1 && second.values[0] !== 0 ? ` at second ${second.values[0]}` : '';
  const parts = [`${of[finest] ?? ''}${atSecond}`];
  if (finest === 0 && minute.values.length < 60) {
    parts.push(
      minute.values.length === 1 ? `in minute ${minute.values[0]}` : `in minutes ${enumerate(minute.values)}`,
    );
  }
  if (hour.values.length < 24) parts.push(`${hoursOf(hour)}${zone}`);
  return { clock: parts.join(' '), needsDay: false };
}

function clockTimes(calendar: Calendar, style: ClockStyle): readonly string[] {
  const { second, minute, hour } = calendar;
  return hour.values.flatMap((h) =>
    minute.values.flatMap((m) => second.values.map((s) => clock(h, m, s, style))),
  );
}

function clock(hour: number, minute: number, second: number, style: ClockStyle): string {
  return `${two(hour)}:${two(minute)}${style.seconds ? `:${two(second)}` : ''}`;
}

/** `every second`, `every 5 minutes`, `at minutes 0, 20 and 30`. */
function cycle(field: CronField, unit: string): string {
  const step = gap(field.values, 60);
  if (step === 1) return `every ${unit}`;
  if (step !== undefined && field.values[0] === 0) return `every ${step} ${unit}s`;
  return `at ${unit}${field.values.length === 1 ? '' : 's'} ${enumerate(field.values)}`;
}

function hoursOf(field: CronField): string {
  const first = field.values[0] ?? 0;
  const last = field.values[field.values.length - 1] ?? 0;
  if (last - first + 1 === field.values.length) return `from ${two(first)}:00 to ${two(last)}:59`;
  return `in the hours ${enumerate(field.values.map(two))}`;
}

function dayWords(calendar: Calendar): string | undefined {
  const { day, weekday, month } = calendar;
  const allDays = day.values.length === 31;
  const allWeekdays = weekday.values.length === 7;
  const together = day.star || weekday.star;
  const only = month.values.length === 12 ? '' : ` in ${monthNames(month.values)} only`;
  // Without a star on either side, one that names every value already fires every day.
  if (together ? allDays && allWeekdays : allDays || allWeekdays) {
    return only === '' ? undefined : `every day${only}`;
  }
  const dates = `day${day.values.length === 1 ? '' : 's'} ${ranges(day.values, String)}`;
  const weekdays = `every ${ranges(weekday.values, (value) => weekdayNames[value] ?? '')}`;
  const monthly = `every ${only === '' ? 'month' : monthNames(month.values)} on ${dates}`;
  if (allWeekdays) return monthly;
  if (allDays) return `${weekdays}${only}`;
  if (together) return `${weekdays} that falls on ${dates} of the month${only}`;
  return `${monthly} and ${weekdays}${only.replace(/ only$/, '')}`;
}

/** Ascending values in words, three or more in a row as a range. */
function ranges(values: readonly number[], name: (value: number) => string): string {
  const runs: { first: number; last: number }[] = [];
  for (const value of values) {
    const run = runs[runs.length - 1];
    if (run && run.last === value - 1) run.last = value;
    else runs.push({ first: value, last: value });
  }
  return enumerate(
    runs.flatMap(({ first, last }) => {
      if (last - first > 1) return [`${name(first)} to ${name(last)}`];
      return first === last ? [name(first)] : [name(first), name(last)];
    }),
  );
}

/** The distance between values when it is the same all around the cycle. */
function gap(values: readonly number[], length: number): number | undefined {
  const step = length / values.length;
  return Number.isInteger(step) && values.every((value, index) => value === (values[0] ?? 0) + index * step)
    ? step
    : undefined;
}

function regular(values: readonly number[], length: number): boolean {
  return gap(values, length) !== undefined;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
