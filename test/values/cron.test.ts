import fc from 'fast-check';
import { nextTimes, parseCron } from '../../lib/values/cron.ts';
import { cronTexts, firesByDefinition } from './cron-texts.ts';
import { message, value } from './outcome.ts';

describe('parseCron', () => {
  test.each([
    ['0 2 * * *', '0 2 * * *', 'every day at 02:00', 1],
    [' 0  2 * * * ', '0 2 * * *', 'every day at 02:00', 1],
    ['@daily', '0 0 * * *', 'every day at 00:00', 1],
    ['@hourly', '0 * * * *', 'every hour at :00', 24],
    ['@yearly', '0 0 1 1 *', 'every January on day 1 at 00:00', 1 / 365.25],
    ['@every 6h', '0 */6 * * *', 'every day at 00:00, 06:00, 12:00 and 18:00', 4],
    ['@every 15m', '*/15 * * * *', 'every 15 minutes', 96],
    ['@every 1m', '* * * * *', 'every minute', 1440],
    ['0 */2 * * *', '0 */2 * * *', 'every 2 hours from 00:00', 12],
    [
      '*/5 9-17 * * MON-FRI',
      '*/5 9-17 * * MON-FRI',
      'every 5 minutes from 09:00 to 17:59, every Monday to Friday',
      (108 * 5) / 7,
    ],
    [
      '0 0,12 1 */2 *',
      '0 0,12 1 */2 *',
      'every January, March, May, July, September and November on day 1 at 00:00 and 12:00',
      12 / 365.25,
    ],
    ['30 1 * * sun,wed', '30 1 * * sun,wed', 'every Sunday and Wednesday at 01:30', 2 / 7],
    [
      '0 3 1 * 1',
      '0 3 1 * 1',
      'every month on day 1 and every Monday at 03:00',
      ((12 * 6) / 7 + 365.25 / 7) / 365.25,
    ],
  ])('reads %j', (text, written, words, perDay) => {
    const cron = value(parseCron(text));
    expect(cron.text).toBe(written);
    expect(cron.words).toBe(words);
    expect(cron.perDay).toBeCloseTo(perDay, 10);
  });

  test.each([
    [
      '0 0 3 * * *',
      '"0 0 3 * * *" has six fields; this one is read without seconds. Write "0 3 * * *" for every day at 03:00.',
    ],
    [
      '0 3',
      '"0 3" has two fields; cron reads five: minute, hour, day of the month, month, day of the week. Write "0 3 * * *" for every day at 03:00.',
    ],
    [
      'TZ=UTC 0 4 * * *',
      '"TZ=UTC 0 4 * * *" starts with a time zone, which does not belong into a schedule. Write "0 4 * * *" for every day at 04:00.',
    ],
    [
      'TZ=UTC * * * *',
      '"TZ=UTC * * * *" starts with a time zone, which does not belong into a schedule. Write "0 3 * * *" for every day at 03:00.',
    ],
    [
      '60 3 * * *',
      '"60 3 * * *" has "60" as minute. Write * or 0 to 59, alone, as a list (0,1) or as a range (0-59).',
    ],
    [
      '@every 7h',
      '"@every 7h" does not divide a day, so no five fields can say it. Write "0 3 * * *" for every day at 03:00.',
    ],
    ['@Weekly', '"@Weekly" is not a descriptor that cron knows. Write "@weekly".'],
    ['@reboot', '"@reboot" is not a descriptor that cron knows. Write "0 3 * * *" for every day at 03:00.'],
    [
      'nightly',
      '"nightly" has one field; cron reads five: minute, hour, day of the month, month, day of the week. Write "0 3 * * *" for every day at 03:00.',
    ],
    ['0 0 31 2 *', '"0 0 31 2 *" never fires: there is no such date. Write a day that the month has, or *.'],
  ])('says of %j what is wrong and what to write', (text, sentence) => {
    expect(message(parseCron(text))).toBe(sentence);
  });

  test.each([
    ['0 3 * * 7', 'Sunday is 0'],
    ['0 3 ? * *', '"?"'],
    ['0 3 +1 * *', '"+1"'],
    ['0 3 1,,2 * *', '""'],
    ['0 3 *-5 * *', '"*-5"'],
    ['0 3 * * 1/2', 'Write "1-6/2"'],
    ['0 3 1-31 * 1', 'Write * instead of "1-31"'],
    ['0 3 1 * 0-6', 'Write * instead of "0-6"'],
  ])('refuses %j, which Kubernetes and Immich read differently', (text, part) => {
    expect(message(parseCron(text))).toContain(part);
  });

  test('keeps a full range that is no restriction for either', () => {
    expect(value(parseCron('0 3 1-31 * *')).words).toBe('every day at 03:00');
    expect(value(parseCron('0 3 */1 * 1')).words).toBe('every Monday at 03:00');
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => void parseCron(text)),
    );
  });
});

describe('nextTimes of a cron', () => {
  test('fire on either day where both are restricted, also by a star with a step', () => {
    const cron = value(parseCron('0 0 */15 * FRI'));
    expect(nextTimes(cron, new Date('2026-02-12T00:00:00Z'), 3).map((time) => time.toISOString())).toEqual([
      '2026-02-13T00:00:00.000Z',
      '2026-02-16T00:00:00.000Z',
      '2026-02-20T00:00:00.000Z',
    ]);
  });

  test('agree with the definition for every minute of ten days', () => {
    fc.assert(
      fc.property(
        cronTexts(5),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01') }),
        (text, start) => {
          const cron = parseCron(text);
          fc.pre(cron.ok);
          const after = Math.floor(start.getTime() / 60_000) * 60_000;
          const window = { step: 60, length: 10 * 86_400, steppedStar: false };
          const expected = firesByDefinition(['0', ...text.split(' ')], after, window);
          const found = nextTimes(cron.value, new Date(after), expected.length + 1).map((time) =>
            time.getTime(),
          );
          expect(found.filter((time) => time <= after + window.length * 1000)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
