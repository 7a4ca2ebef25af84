import { type Parsed, quote, refuse, understand } from './parsed.ts';

/** The names without a region, which are words and stay as they are: https://data.iana.org/time-zones/tzdb/backward */
const words =
  'UTC|GMT(?:[-+]?0)?|UCT|CET|EET|MET|WET|EST|HST|MST|EST5EDT|CST6CDT|MST7MDT|PST8PDT|Cuba|Egypt|Eire|GB(?:-Eire)?|Greenwich|Hongkong|Iceland|Iran|Israel|Jamaica|Japan|Kwajalein|Libya|NZ(?:-CHAT)?|Navajo|PRC|Poland|Portugal|ROC|ROK|Singapore|Turkey|Universal|W-SU|Zulu';
const regions =
  'Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US';

/** The form of the names, for editors, which need not know every city. */
export const timeZonePattern = `^(?:${words}|(?:${regions})(?:/[A-Z][A-Za-z0-9_+-]*)+)$`;

const form = new RegExp(timeZonePattern);

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
  if (!form.test(text)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    // Files of time zones are found by the letters of their names as they are; here they are not.
    return timeZone === text || timeZone.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}
