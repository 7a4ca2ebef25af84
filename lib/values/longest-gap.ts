import { nextTimes, type Timing } from './cron-times.ts';

/** The first moment that is looked at; any would do, and it must not be today. */
const from = new Date('2024-01-01T00:00:00Z');

/** How many times in a row are looked at: more than a year of daily ones. */
const count = 400;

/** The longest time between one fire of a schedule and the next, in seconds. */
export function longestGap(schedule: { readonly timing: Timing }): number {
  const times = nextTimes(schedule, from, count);
  const gaps = times.slice(1).map((time, index) => time.getTime() - (times[index]?.getTime() ?? 0));
  return Math.max(...gaps) / 1000;
}
