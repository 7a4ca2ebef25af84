import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

/** A moment in time that everybody reads the same. */
export interface Moment {
  /** As it was written, such as `2026-11-20T03:00:00Z`. */
  readonly text: string;
  /** The same in milliseconds since 1970. */
  readonly milliseconds: number;
}

/** What `parseMoment` reads, for editors, who need not know how long a month is. */
export const momentPattern =
  '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[-+][0-9]{2}:[0-9]{2})$';

/**
 * Reads a date and a time of day with its zone, as RFC 3339 has it. Without a zone PostgreSQL and CloudNativePG would
 * take it for UTC, and the person who wrote it perhaps not.
 * https://cloudnative-pg.io/documentation/current/recovery/#recovery-targets
 */
export function parseMoment(text: string): Parsed<Moment> {
  const [, date = '', time = '', zone] = form.exec(text) ?? [];
  if (date === '') return refuse(`${quote(text)} is not a moment. ${example}`);
  if (zone === undefined) {
    return refuse(
      `${quote(text)} has no time zone, and would mean UTC. Write ${quote(`${date}T${time}Z`)} for UTC, or end it with an offset such as +02:00.`,
    );
  }
  const day = new Date(`${date}T00:00:00Z`);
  const milliseconds = Date.parse(`${date}T${time}${zone}`);
  if (Number.isNaN(milliseconds) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) {
    return refuse(`${quote(text)} is not a date and time that exists. ${example}`);
  }
  if (text !== `${date}T${time}${zone}`) {
    return refuse(
      `${quote(text)} is not written as RFC 3339 has it. Write ${quote(`${date}T${time}${zone}`)}.`,
    );
  }
  return understand({ text, milliseconds });
}

/** Loose, so that a message can say what the strict form would be. */
const form = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?) ?(Z|[+-]\d{2}:\d{2})?$/;

const example = 'Write date, time and zone, such as "2026-11-20T03:00:00Z".';
