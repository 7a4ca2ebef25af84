import { intervalFields, parseCalendar } from '../values/cron-expression.ts';
import type { Calendar, Timing } from '../values/cron-times.ts';
import { firesOnADay, firesPerDay, monthsOf } from '../values/cron-times.ts';
import { inWords, monthNames } from '../values/cron-words.ts';
import { quote } from '../values/parsed.ts';

/** Why a schedule that CloudNativePG accepts is a mistake; `message` begins with the quoted schedule. */
export type ScheduleProblem =
  /** `write` is the six-field schedule that was probably meant. */
  | { readonly kind: 'five-fields'; readonly message: string; readonly write: string }
  /** Fires more than once within an hour. */
  | { readonly kind: 'too-often'; readonly message: string; readonly perDay: number }
  /** Every hour at a minute that was probably meant as the hour: `0 3 * * * *`. */
  | { readonly kind: 'hour-as-minute'; readonly message: string; readonly write: string }
  /** Fires in `months` only. */
  | { readonly kind: 'some-months'; readonly message: string; readonly months: readonly number[] }
  | { readonly kind: 'never'; readonly message: string }
  /** An `@every` that no six fields can say. */
  | { readonly kind: 'interval'; readonly message: string; readonly seconds: number };

/** A schedule that was understood; `fields` are those it was written with, none for an interval. */
export interface UnderstoodSchedule {
  readonly text: string;
  readonly fields: readonly string[];
  readonly timing: Timing;
  readonly months: readonly number[];
}

/** All that is wrong with a schedule, the cause of the others first. */
export function scheduleProblems(schedule: UnderstoodSchedule): readonly ScheduleProblem[] {
  const { timing } = schedule;
  if (timing.kind === 'interval') return intervalProblems(schedule.text, timing.seconds);
  const fiveFields = schedule.fields.length === 5 ? [fiveFieldsProblem(schedule, timing)] : [];
  return [...fiveFields, ...calendarProblems(schedule, timing)];
}

/** The first of the candidates that is free of problems, or else every night at three, as a sentence. */
export function suggestion(candidates: readonly (readonly string[])[]): {
  readonly write: string;
  readonly advice: string;
} {
  for (const fields of candidates) {
    const calendar = fields.length === 6 ? parseCalendar(fields, dialect) : undefined;
    if (!calendar?.ok || isFaulty(calendar.value)) continue;
    const write = fields.join(' ');
    return { write, advice: `Write ${quote(write)} for ${inWords(calendar.value, clock)}.` };
  }
  return { write: '0 0 3 * * *', advice: 'Write "0 0 3 * * *" for every day at 03:00:00.' };
}

const dialect = { steppedStar: true };
const clock = { seconds: true };
const hour = 3600;

function fiveFieldsProblem({ text, fields }: UnderstoodSchedule, calendar: Calendar): ScheduleProblem {
  const { write, advice } = suggestion([['0', ...fields]]);
  const words = inWords(calendar, clock);
  return {
    kind: 'five-fields',
    message: `${quote(text)} has five fields; CloudNativePG reads seconds first and would run this ${words}. ${advice}`,
    write,
  };
}

function calendarProblems(
  { text, fields, months }: UnderstoodSchedule,
  calendar: Calendar,
): readonly ScheduleProblem[] {
  const [, , hour = '*', day = '*', month = '*', weekday = '*'] = fields;
  const everyMonth = [
    [...fields.slice(0, 4), '*', weekday],
    [...fields.slice(0, 3), '1', '*', weekday],
  ];
  if (months.length === 0) {
    const message = `${quote(text)} never fires: there is no such date. ${suggestion(everyMonth).advice}`;
    return [{ kind: 'never', message }];
  }
  const problems: ScheduleProblem[] = [];
  if (moreThanHourly(calendar)) {
    const { advice } = suggestion(
      calendar.hour.values.length === 24 ? [] : [['0', '0', hour, day, month, weekday]],
    );
    problems.push({
      kind: 'too-often',
      message: tooOften(text, inWords(calendar, clock), advice),
      perDay: firesPerDay(calendar),
    });
  }
  if (fields.length === 6 && isHourAsMinute(calendar)) problems.push(hourAsMinuteProblem(text, fields));
  if (months.length < 12) {
    const message = `${quote(text)} fires in ${monthNames(months)} only and leaves the other months without a backup. ${suggestion(everyMonth).advice}`;
    problems.push({ kind: 'some-months', message, months });
  }
  return problems;
}

function intervalProblems(text: string, seconds: number): readonly ScheduleProblem[] {
  const timing = { kind: 'interval', seconds } as const;
  const { advice } = suggestion([]);
  if (seconds < hour) {
    return [
      {
        kind: 'too-often',
        message: tooOften(text, inWords(timing, clock), advice),
        perDay: firesPerDay(timing),
      },
    ];
  }
  if (intervalFields(seconds) !== undefined) return [];
  const message = `${quote(text)} counts from the last backup and drifts through the day, which six fields cannot say. ${advice}`;
  return [{ kind: 'interval', message, seconds }];
}

function tooOften(text: string, words: string, advice: string): string {
  return `${quote(text)} would start a backup ${words}; more than one an hour fills the store and never ends. ${advice}`;
}

/** Within an hour, each second of each minute that is named is one more backup. */
function moreThanHourly(calendar: Calendar): boolean {
  return calendar.second.values.length * calendar.minute.values.length > 1;
}

/** `0 3 * * * *` is what becomes of `0 3 * * *` when the sixth field is added at the wrong end. */
function isHourAsMinute({ second, minute, hour, day, month, weekday }: Calendar): boolean {
  const [only = 0] = minute.values;
  const hourly = second.values.join() === '0' && minute.values.length === 1 && hour.values.length === 24;
  const daily = day.values.length === 31 && month.values.length === 12 && weekday.values.length === 7;
  return hourly && daily && only > 0 && only < 24;
}

function hourAsMinuteProblem(text: string, fields: readonly string[]): ScheduleProblem {
  const { write, advice } = suggestion([['0', ...fields.slice(0, 5)]]);
  const words = `every hour at :${(fields[1] ?? '').padStart(2, '0')}`;
  const message = `${quote(text)} fires ${words}, 24 times a day: the hour is the third field. ${advice.replace(/\.$/, '')}, or "0 0 * * * *" for every hour.`;
  return { kind: 'hour-as-minute', message, write };
}

function isFaulty(calendar: Calendar): boolean {
  return moreThanHourly(calendar) || firesOnADay(calendar) === 0 || monthsOf(calendar).length < 12;
}
