import type { CronField } from './cron-field.ts';

/** The times of a calendar at which a schedule fires: those that match all of its fields. */
export interface Calendar {
  readonly kind: 'calendar';
  readonly second: CronField;
  readonly minute: CronField;
  readonly hour: CronField;
  readonly day: CronField;
  readonly month: CronField;
  readonly weekday: CronField;
}

/** A fixed delay between fires, which no calendar time belongs to. */
export interface Interval {
  readonly kind: 'interval';
  readonly seconds: number;
}

export type Timing = Calendar | Interval;

/**
 * The next times after `after`, ascending, in UTC; fewer than `count` when the schedule does not fire
 * again within five years, which is where robfig/cron gives up. An interval counts from `after`.
 */
export function nextTimes(schedule: { readonly timing: Timing }, after: Date, count: number): Date[] {
  const { timing } = schedule;
  const times: Date[] = [];
  let last = Math.floor(after.getTime() / second) * second;
  while (times.length < count) {
    const next = timing.kind === 'interval' ? last + timing.seconds * second : nextTime(timing, last);
    if (next === undefined || Number.isNaN(new Date(next).getTime())) break;
    times.push(new Date(next));
    last = next;
  }
  return times;
}

/** How often it fires on a day on which it fires. */
export function firesOnADay(calendar: Calendar): number {
  return calendar.second.values.length * calendar.minute.values.length * calendar.hour.values.length;
}

/** The average number of fires a day, over the 28 years in which every date is every weekday equally often. */
export function firesPerDay(timing: Timing): number {
  if (timing.kind === 'interval') return day / second / timing.seconds;
  if (isDaily(timing)) return firesOnADay(timing);
  const days = daysByMonth(timing).reduce((sum, count) => sum + count, 0);
  return (firesOnADay(timing) * days) / cycleDays;
}

/** The months, from 1, in which it ever fires: a schedule for the 31st has no February. */
export function monthsOf(calendar: Calendar): readonly number[] {
  if (firesOnADay(calendar) === 0) return [];
  if (isDaily(calendar)) return calendar.month.values;
  return daysByMonth(calendar).flatMap((days, index) => (days > 0 ? [index + 1] : []));
}

const second = 1000;
const day = 86_400_000;
const cycleDays = 28 * 365 + 7;
/**
 * How often a month has which length in 28 years, for each weekday that it can begin on: between 1901 and 2099
 * every month begins on every weekday four times in any 28 years, February once of these in a leap year.
 */
const long = [{ days: 31, times: 4 }];
const short = [{ days: 30, times: 4 }];
const february = [
  { days: 28, times: 3 },
  { days: 29, times: 1 },
];
const months = [long, february, long, short, long, short, long, long, short, long, short, long];

/** The usual case, which needs no counting. */
function isDaily({ day, month, weekday }: Calendar): boolean {
  return day.values.length === 31 && month.values.length === 12 && weekday.values.length === 7;
}

/** For each month, the number of its days in 28 years on which the schedule fires. */
function daysByMonth(calendar: Calendar): readonly number[] {
  return months.map((lengths, index) => {
    let count = 0;
    if (!calendar.month.values.includes(index + 1)) return count;
    for (const { days, times } of lengths) {
      for (let first = 0; first < 7; first++) {
        for (let day = 1; day <= days; day++) {
          if (dayMatches(calendar, day, (first + day - 1) % 7)) count += times;
        }
      }
    }
    return count;
  });
}

/** Cron's old rule: where both the day of the month and of the week are restricted, either is enough. */
function dayMatches(calendar: Calendar, day: number, weekday: number): boolean {
  const dayFits = calendar.day.values.includes(day);
  const weekdayFits = calendar.weekday.values.includes(weekday);
  return calendar.day.star || calendar.weekday.star ? dayFits && weekdayFits : dayFits || weekdayFits;
}

function nextTime(calendar: Calendar, after: number): number | undefined {
  const start = after + second;
  const lastYear = new Date(start).getUTCFullYear() + 5;
  for (let midnight = Math.floor(start / day) * day; ; midnight += day) {
    const date = new Date(midnight);
    // Written so that an invalid date ends the search too.
    if (!(date.getUTCFullYear() <= lastYear)) return undefined;
    if (!calendar.month.values.includes(date.getUTCMonth() + 1)) continue;
    if (!dayMatches(calendar, date.getUTCDate(), date.getUTCDay())) continue;
    const seconds = nextSecond(calendar, Math.max(0, (start - midnight) / second));
    if (seconds !== undefined) return midnight + seconds * second;
  }
}

/** The first second of the day, from `from` on, that matches the clock fields. */
function nextSecond(calendar: Calendar, from: number): number | undefined {
  for (const hour of calendar.hour.values) {
    if (hour * 3600 + 3599 < from) continue;
    for (const minute of calendar.minute.values) {
      if (hour * 3600 + minute * 60 + 59 < from) continue;
      for (const second of calendar.second.values) {
        const time = hour * 3600 + minute * 60 + second;
        if (time >= from) return time;
      }
    }
  }
  return undefined;
}
