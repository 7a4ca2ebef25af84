import { parseMoment } from '../../lib/values/moment.ts';

test.each([
  ['2026-11-20T03:00:00Z', '2026-11-20T03:00:00.000Z'],
  ['2026-11-20T03:00:00+02:00', '2026-11-20T01:00:00.000Z'],
  ['2024-02-29T23:59:59.5Z', '2024-02-29T23:59:59.500Z'],
])('%s is a moment', (text, utc) => {
  const read = parseMoment(text);
  expect(read.ok && new Date(read.value.milliseconds).toISOString()).toBe(utc);
});

test.each([
  ['2026-11-20T03:00:00', 'has no time zone, and would mean UTC. Write "2026-11-20T03:00:00Z" for UTC'],
  ['2026-11-20 03:00:00', 'has no time zone'],
  ['2026-11-20 03:00:00Z', 'Write "2026-11-20T03:00:00Z"'],
  ['2026-02-29T03:00:00Z', 'is not a date and time that exists'],
  ['2026-13-01T03:00:00Z', 'is not a date and time that exists'],
  ['2026-11-20T25:00:00Z', 'is not a date and time that exists'],
  ['yesterday', 'is not a moment'],
  ['2026-11-20', 'is not a moment'],
  ['', 'is not a moment'],
])('%j is refused', (text, message) => {
  const read = parseMoment(text);
  expect(read.ok ? '' : read.message).toContain(message);
  expect(read.ok ? '' : read.message).toContain(JSON.stringify(text));
});
