import { parseTimeZone } from '../../lib/values/time-zone.ts';
import { message, value } from './outcome.ts';

test.each([
  'Etc/UTC',
  'UTC',
  'Europe/Zurich',
  'America/Argentina/Buenos_Aires',
  'Etc/GMT+3',
  'Asia/Kolkata',
  'EST5EDT',
])('%s is a time zone', (text) => {
  expect(value(parseTimeZone(text))).toBe(text);
});

test.each([
  '',
  'Europe/Zürich',
  'Europe/Zurch',
  '+01:00',
  'europe/zurich',
  'Europe/ZURICH',
  'EUROPE/ZURICH',
  '../etc/passwd',
])('%j is none', (text) => {
  expect(message(parseTimeZone(text))).toMatch(/^".*" is not a time zone\. Write /);
});
