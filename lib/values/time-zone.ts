import { type Parsed, quote, refuse, understand } from './parsed.ts';

/** Reads the name of a time zone of the IANA database, such as `Europe/Zurich`. Others count as UTC without a word. */
export function parseTimeZone(text: string): Parsed<string> {
  return isTimeZone(text)
    ? understand(text)
    : refuse(
        `${quote(text)} is not a time zone. Write its region and city, such as Europe/Zurich, or Etc/UTC.`,
      );
}

function isTimeZone(text: string): boolean {
  // The default needs no database, which takes a while to load.
  if (text === 'Etc/UTC') return true;
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
