import type { Parsed } from '../values/parsed.ts';
import { quote, refuse, understand } from '../values/parsed.ts';

/**
 * How far back a database can be restored: a number of days, weeks or months.
 * Barman reads it as a recovery window, `^[1-9][0-9]*[dwm]$`.
 * https://cloudnative-pg.io/plugin-barman-cloud/docs/retention/
 */
export interface Retention {
  readonly text: string;
  /** The window in days; Barman counts a week as 7 and a month as 31 days. */
  readonly days: number;
}

/** What `parseRetention` reads, for editors. */
export const retentionPattern = '^[1-9][0-9]{0,4}[dwm]$';

/** Reads a retention such as `14d`, `4w` or `6m`. */
export function parseRetention(text: string): Parsed<Retention> {
  const [, count = '', unit = ''] = /^([1-9][0-9]*)([dwm])$/.exec(text) ?? [];
  const days = Number(count) * (daysOfUnit[unit] ?? 0);
  if (count === '') return refuse(`${quote(text)} ${advice(text)}`);
  if (days > longest) {
    return refuse(`${quote(text)} is more than a hundred years. Write what you need, such as 14d.`);
  }
  return understand({ text, days });
}

const daysOfUnit: Readonly<Record<string, number>> = { d: 1, w: 7, m: 31 };
const longest = 36_600;
const form = 'Write a whole number and d, w or m (days, weeks, months), such as 14d';

function advice(text: string): string {
  const [, count = '', word = ''] = /^\s*0*([0-9]{1,5})\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const unit = word.slice(0, 1).toLowerCase();
  if (count === '') return `is not a retention. ${form}.`;
  if (Number(count) === 0) return 'would keep no backup at all. Write at least 1d; 14d is usual.';
  if (word === '') return `has no unit. Write ${count}d for ${count} days.`;
  if (unit === 'y') return `counts in years, which Barman does not know. Write ${12 * Number(count)}m.`;
  if (unit === 'h') {
    return `counts in hours, which Barman does not know. Write ${Math.ceil(Number(count) / 24)}d.`;
  }
  if (unit in daysOfUnit) return `is not a retention as Barman writes it. Write ${count}${unit}.`;
  return `is not a retention. ${form}.`;
}
