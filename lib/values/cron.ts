import { descriptorFields, fieldsOf, parseCalendar } from './cron-expression.ts';
import type { Timing } from './cron-times.ts';
import { firesPerDay } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import type { Parsed } from './parsed.ts';
import { parsed, quoted, refused } from './parsed.ts';

export { nextTimes } from './cron-times.ts';

/** A schedule of five fields, as Kubernetes CronJobs, Longhorn and Immich's own jobs read it. */
export interface Cron {
  /** Always five fields: descriptors such as `@daily` are rewritten. */
  readonly text: string;
  readonly words: string;
  /** Fires a day, on average over 28 years. */
  readonly perDay: number;
  readonly timing: Timing;
}

/** Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week. */
export function parseCron(text: string): Parsed<Cron> {
  const fields = fieldsOf(descriptorFields(text) ?? text);
  if (fields.length !== 5)
    return refused(`${quoted(text)} has ${fields.length} fields. Write five, such as "0 3 * * *".`);
  const timing = parseCalendar(['0', ...fields], { steppedStar: false });
  if (!timing.ok) return refused(`${quoted(text)} ${timing.message}`);
  return parsed({
    text: fields.join(' '),
    words: inWords(timing.value, { seconds: false }),
    perDay: firesPerDay(timing.value),
    timing: timing.value,
  });
}
