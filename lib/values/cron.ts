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
} from './cron-expression.ts';
import { cronFieldPattern, cronUnits } from './cron-field.ts';
import type { Calendar } from './cron-times.ts';
import { firesPerDay, monthsOf } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

export { nextTimes } from './cron-times.ts';

/** A schedule of five fields, as Kubernetes CronJobs, Longhorn and Immich's own jobs read it. */
export interface Cron {
  /** Always five fields: descriptors such as `@daily` are rewritten. */
  readonly text: string;
  /** Such as `every day at 02:00`, in the time zone of whoever runs it. */
  readonly words: string;
  /** Fires a day, on average over 28 years. */
  readonly perDay: number;
  readonly timing: Calendar;
}

/** What `parseCron` reads, for editors, which do not know when it fires. */
export const cronPattern = expressionPattern(
  [cronUnits.minute, cronUnits.hour, cronUnits.day, cronUnits.month, cronUnits.weekday].map((unit) =>
    cronFieldPattern(unit, 'every'),
  ),
);

/**
 * Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week. Kubernetes and
 * Longhorn read it with robfig/cron v3, Immich with the npm package `cron`; what they would read differently is
 * refused. Descriptors are accepted, and `@every 6h` begins at midnight.
 */
export function parseCron(text: string): Parsed<Cron> {
  const five = text.startsWith('@') ? descriptor(text) : understand(fieldsOf(text));
  if (!five.ok) return five;
  const fields = five.value;
  if (fields.length !== 5) return refuse(`${quote(text)} ${countProblem(text, fields)}`);
  const calendar = parseCalendar(['0', ...fields], dialect);
  if (!calendar.ok) {
    const zoned = afterTimeZone(fields) !== undefined;
    const problem = zoned ? countProblem(text, fields) : `has ${calendar.fault}. ${calendar.advice}`;
    return refuse(`${quote(text)} ${problem}`);
  }
  const problem = disagreement(fields, calendar.value) ?? neverFires(calendar.value);
  if (problem !== undefined) return refuse(`${quote(text)} ${problem}`);
  return understand({
    text: fields.join(' '),
    words: inWords(calendar.value, clock),
    perDay: firesPerDay(calendar.value),
    timing: calendar.value,
  });
}

/** robfig/cron v3 does not take a star with a step for a star: https://github.com/robfig/cron/blob/v3.0.1/parser.go */
const dialect = { steppedStar: false };
const clock = { seconds: false };
const nightly: readonly string[] = ['0', '3', '*', '*', '*'];
const commonPart = /^(?:\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/[0-9]+)?$/i;

function descriptor(text: string): Parsed<readonly string[]> {
  const seconds = intervalSeconds(text);
  const fields = descriptorFields(text) ?? (seconds === undefined ? undefined : intervalFields(seconds));
  if (fields !== undefined) return understand(fieldsOf(fields));
  if (seconds !== undefined) {
    return refuse(`${quote(text)} does not divide a day, so no five fields can say it. ${advice([])}`);
  }
  const nearest = nearestDescriptor(text);
  const write = nearest === undefined ? advice([]) : `Write ${quote(nearest)}.`;
  return refuse(`${quote(text)} is not a descriptor that cron knows. ${write}`);
}

/** What to say of an expression that has not five fields, or a time zone in place of the first one. */
function countProblem(text: string, fields: readonly string[]): string {
  const rest = afterTimeZone(fields);
  if (rest) return `starts with a time zone, which does not belong into a schedule. ${advice(rest)}`;
  const nearest = nearestDescriptor(text);
  if (nearest !== undefined) return `is not a schedule. Write ${quote(nearest)}.`;
  const count = fieldCountInWords(fields.length);
  if (fields.length === 6) {
    return `has six fields; this one is read without seconds. ${advice(fields.slice(1))}`;
  }
  return `has ${count}; cron reads five: minute, hour, day of the month, month, day of the week. ${advice([])}`;
}

/** What to write: the fields if they can be read, or else every night at three. */
function advice(fields: readonly string[]): string {
  const [meant] = [fields, nightly].flatMap((candidate) => {
    const cron = candidate.length === 5 ? parseCron(candidate.join(' ')) : undefined;
    return cron?.ok ? [cron.value] : [];
  });
  return meant ? `Write ${quote(meant.text)} for ${meant.words}.` : '';
}

/** What robfig/cron and the npm package `cron` read differently, or only one of them reads. */
function disagreement(fields: readonly string[], calendar: Calendar): string | undefined {
  const odd = fields.flatMap((field) => field.split(',')).find((part) => !commonPart.test(part));
  if (odd !== undefined) {
    return `has ${quote(odd)}, which not every program can read. Write *, a number, a range such as 1-5 or a list such as 1,3.`;
  }
  const [, from, step] = /(?:^|,)([a-z0-9]+)\/([0-9]+)/i.exec(fields[4] ?? '') ?? [];
  if (from !== undefined) {
    return `has ${quote(`${from}/${step}`)} as day of the week, which programs end on different days. Write ${quote(`${from}-6/${step}`)}.`;
  }
  const { day, weekday } = calendar;
  if (day.star || weekday.star) return undefined;
  // With a range that is not a star, "either may match" makes it every day in one, and is ignored by the other.
  if (day.values.length === 31) {
    return `names every day of the month without a star, which programs read differently. Write * instead of ${quote(fields[2] ?? '')}.`;
  }
  if (weekday.values.length === 7) {
    return `names every day of the week without a star, which programs read differently. Write * instead of ${quote(fields[4] ?? '')}.`;
  }
  return undefined;
}

function neverFires(calendar: Calendar): string | undefined {
  if (monthsOf(calendar).length > 0) return undefined;
  return 'never fires: there is no such date. Write a day that the month has, or *.';
}
