import { text } from '../schema/scalar.ts';
import type { Schema } from '../schema/schema.ts';
import { type Cron, cronPattern, parseCron } from '../values/cron.ts';
import type { Parsed } from '../values/parsed.ts';

/**
 * When to drill: a word or a cron.
 *
 * @param time Minute and hour that a word means, such as `30 4`.
 */
export function drillSchedule(time: string): Schema<Cron> {
  const words: { readonly [word: string]: string } = {
    daily: `${time} * * *`,
    weekly: `${time} * * 0`,
    monthly: `${time} 1 * *`,
  };
  return text((written): Parsed<Cron> => parseCron(words[written] ?? written), {
    pattern: `^(?:${Object.keys(words).join('|')})$|${cronPattern}`,
    examples: ['weekly', `${time} * * 0`],
  });
}
