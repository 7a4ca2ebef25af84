import fc from 'fast-check';
import { nextTimes, parseBackupSchedule, readBackupSchedule } from '../../lib/cnpg/backup-schedule.ts';
import { cronTexts, firesByDefinition } from '../values/cron-texts.ts';
import { message, value } from '../values/outcome.ts';

/** What CloudNativePG makes of these, as found in its parser and in manifests that people run. */
const readings: readonly [text: string, words: string, perDay: number, problems: readonly string[]][] = [
  ['0 0 3 * * *', 'every day at 03:00:00 UTC', 1, []],
  ['0 0 * * *', 'every hour at :00', 24, ['five-fields']],
  ['0 3 * * *', 'every hour at :03', 24, ['five-fields']],
  ['30 2 * * 1', 'every hour at :02:30 in January only', (24 * 31) / 365.25, ['five-fields', 'some-months']],
  ['*/5 * * * *', 'every 5 seconds', 17280, ['five-fields', 'too-often']],
  ['0 */6 * * *', 'every 6 minutes', 240, ['five-fields', 'too-often']],
  ['0 0 1 * *', 'every day at 01:00:00 UTC', 1, ['five-fields']],
  ['* * 3 * * *', 'every second from 03:00 to 03:59 UTC', 3600, ['too-often']],
  ['0 3 * * * *', 'every hour at :03', 24, ['hour-as-minute']],
  ['0 0 * * * *', 'every hour at :00', 24, []],
  ['0 30 * * * *', 'every hour at :30', 24, []],
  ['0 0,30 3 * * *', 'every day at 03:00:00 and 03:30:00 UTC', 2, ['too-often']],
  ['0 0 3 1 1,7 *', 'every January and July on day 1 at 03:00:00 UTC', 2 / 365.25, ['some-months']],
  ['0 0 3 31 * *', 'every month on day 31 at 03:00:00 UTC', 7 / 365.25, ['some-months']],
  ['0 0 3 29 2 *', 'every February on day 29 at 03:00:00 UTC', 1 / 1461, ['some-months']],
  ['0 0 0 31 2 *', 'never', 0, ['never']],
  [', * * * * *', 'never', 0, ['never']],
  ['@daily', 'every day at 00:00:00 UTC', 1, []],
  ['@midnight', 'every day at 00:00:00 UTC', 1, []],
  ['@hourly', 'every hour at :00', 24, []],
  ['@weekly', 'every Sunday at 00:00:00 UTC', 1 / 7, []],
  ['@monthly', 'every month on day 1 at 00:00:00 UTC', 12 / 365.25, []],
  ['@yearly', 'every January on day 1 at 00:00:00 UTC', 1 / 365.25, ['some-months']],
  ['@annually', 'every January on day 1 at 00:00:00 UTC', 1 / 365.25, ['some-months']],
  ['@every 24h', 'every 24 hours, counted from the last run', 1, []],
  ['@every 36h', 'every 36 hours, counted from the last run', 24 / 36, ['interval']],
  ['@every 5m', 'every 5 minutes, counted from the last run', 288, ['too-often']],
];

/** What CloudNativePG's webhook rejects. */
const rejected = [
  ...[
    '0 0 * * 0',
    '0 1 * * 0',
    '0 12 * * MON',
    '0 0 3 * * 7',
    '0 0 3 * * * *',
    '@reboot',
    '@Daily',
    ' @daily',
  ],
  ...['TZ=Europe/Zurich 0 0 3 * * *', 'CRON_TZ=UTC 0 3 * * *', '0 3 * *', '', '0 60 3 * * *', '0 0 24 * * *'],
  ...[
    '0 0 3 0 * *',
    '0 0 3 * 13 *',
    '0 0 3 * * FRI-MON',
    '0 0 3 */0 * *',
    '0 0 3 1-2-3 * *',
    '0 0 3 1/2/3 * *',
  ],
  ...['0 0 3 L * ?', '0 0 3 - * *', '@every', '@every 1d', '@every 1h 2m', '@every soon'],
];

describe('readBackupSchedule', () => {
  test.each(readings)('reads %j as CloudNativePG does: %s', (text, words, perDay, problems) => {
    const reading = value(readBackupSchedule(text));
    expect(reading.text).toBe(text);
    expect(reading.words).toBe(words);
    expect(reading.perDay).toBeCloseTo(perDay, 10);
    expect(reading.problems.map(({ kind }) => kind)).toEqual(problems);
    for (const problem of reading.problems) expect(problem.message).toContain(JSON.stringify(text));
  });

  test.each(rejected)('refuses %j, as CloudNativePG does', (text) => {
    expect(message(readBackupSchedule(text))).toContain(JSON.stringify(text));
  });

  test('says in which months it fires', () => {
    expect(value(readBackupSchedule('30 2 * * 1')).months).toEqual([1]);
    expect(value(readBackupSchedule('0 0 3 31 * *')).months).toEqual([1, 3, 5, 7, 8, 10, 12]);
    expect(value(readBackupSchedule('0 0 3 30 2 MON')).months).toEqual([2]);
    expect(value(readBackupSchedule('@daily')).months).toHaveLength(12);
  });

  test('counts the fields that were written', () => {
    const counts = ['0 3 * * *', '0 0 3 * * *', '@daily', '@every 1h'].map((text) =>
      value(readBackupSchedule(text)),
    );
    expect(counts.map(({ fieldCount }) => fieldCount)).toEqual([5, 6, 0, 0]);
  });

  test('names the six fields that were probably meant', () => {
    expect(value(readBackupSchedule('30 2 * * 1')).problems[0]).toMatchObject({ write: '0 30 2 * * 1' });
    expect(value(readBackupSchedule('0 3 * * * *')).problems[0]).toMatchObject({ write: '0 0 3 * * *' });
    expect(value(readBackupSchedule('*/5 * * * *')).problems[0]).toMatchObject({ write: '0 0 3 * * *' });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), cronTexts(6)), (text) => {
        readBackupSchedule(text);
        parseBackupSchedule(text);
      }),
    );
  });
});

describe('parseBackupSchedule', () => {
  test.each([
    ['0 0 3 * * *', '0 0 3 * * *'],
    ['  0  0\t3 * * *\n', '0 0 3 * * *'],
    ['@daily', '0 0 0 * * *'],
    ['@hourly', '0 0 * * * *'],
    ['@weekly', '0 0 0 * * 0'],
    ['@monthly', '0 0 0 1 * *'],
    ['@every 24h', '0 0 0 * * *'],
    ['@every 360m', '0 0 */6 * * *'],
    ['@every 1h', '0 0 * * * *'],
    ['@every 168h', '0 0 0 * * 0'],
  ])('writes %j with six fields: %s', (text, written) => {
    expect(value(parseBackupSchedule(text)).text).toBe(written);
  });

  test.each([
    [
      '0 3 * * *',
      '"0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03. Write "0 0 3 * * *" for every day at 03:00:00.',
    ],
    [
      '0 12 * * MON',
      '"0 12 * * MON" has five fields; CloudNativePG reads seconds first and would refuse "MON" as month. Write "0 0 12 * * MON" for every Monday at 12:00:00.',
    ],
    [
      '0 0 3 * * 7',
      '"0 0 3 * * 7" has "7" as day of the week. Write 0 (Sunday) to 6 (Saturday) or SUN to SAT; Sunday is 0, not 7.',
    ],
    [
      'TZ=UTC 0 0 4 * * *',
      `"TZ=UTC 0 0 4 * * *" starts with a time zone, which CloudNativePG cannot read: schedules are in the operator's time, normally UTC. Write "0 0 4 * * *" for every day at 04:00:00.`,
    ],
    [
      '0 0 0 31 2 *',
      '"0 0 0 31 2 *" never fires: there is no such date. Write "0 0 0 1 * *" for every month on day 1 at 00:00:00.',
    ],
    [
      '0 0 3 1 1 *',
      '"0 0 3 1 1 *" fires in January only and leaves the other months without a backup. Write "0 0 3 1 * *" for every month on day 1 at 03:00:00.',
    ],
    [
      '0 0 20-4 * * *',
      '"0 0 20-4 * * *" has "20-4" as hour, a range that ends before it begins. Write "20-23,0-4" if it is to go across the end.',
    ],
    ['daily', '"daily" is not a schedule. Write "@daily".'],
  ])('says of %j what it would do and what to write', (text, sentence) => {
    expect(message(parseBackupSchedule(text))).toBe(sentence);
  });

  test.each(readings.filter(([, , , problems]) => problems.length > 0).map(([text]) => [text]))(
    'refuses %j',
    (text) => {
      const sentence = message(parseBackupSchedule(text));
      const [, write = ''] = /Write "([^"]+)"/.exec(sentence) ?? [];
      expect(value(parseBackupSchedule(write)).text).toBe(write);
    },
  );

  test('takes what it has written, with the same meaning', () => {
    const clock = fc.tuple(fc.nat(59), fc.nat(59));
    fc.assert(
      fc.property(clock, cronTexts(6), ([second, minute], text) => {
        const [, , hour, day, , weekday] = text.split(' ');
        const schedule = parseBackupSchedule(` ${second}  ${minute} ${hour} ${day} * ${weekday}\n`);
        // The days 30 and 31 leave out February, and some minutes look like hours.
        fc.pre(schedule.ok);
        expect(value(parseBackupSchedule(schedule.value.text))).toEqual(schedule.value);
        expect(schedule.value.perDay).toBeLessThanOrEqual(24);
      }),
    );
  });
});

describe('nextTimes of a backup schedule', () => {
  const times = (text: string, after: string, count: number) =>
    nextTimes(value(readBackupSchedule(text)), new Date(after), count).map((time) => time.toISOString());

  test('come after the given time, never at it', () => {
    expect(times('0 0 3 * * *', '2026-02-28T03:00:00Z', 2)).toEqual([
      '2026-03-01T03:00:00.000Z',
      '2026-03-02T03:00:00.000Z',
    ]);
    expect(times('0 0 3 * * *', '2026-02-28T02:59:59.999Z', 1)).toEqual(['2026-02-28T03:00:00.000Z']);
  });

  test('fire on either day where both kinds of days are restricted', () => {
    expect(times('0 0 0 13 * FRI', '2026-02-12T00:00:00Z', 3)).toEqual([
      '2026-02-13T00:00:00.000Z',
      '2026-02-20T00:00:00.000Z',
      '2026-02-27T00:00:00.000Z',
    ]);
  });

  test('need both days where one is a star, even with a step', () => {
    expect(times('0 0 0 */2 * FRI', '2026-02-12T00:00:00Z', 2)).toEqual([
      '2026-02-13T00:00:00.000Z',
      '2026-02-27T00:00:00.000Z',
    ]);
  });

  test('end where the parser gives up after five years', () => {
    expect(times('0 0 0 29 2 *', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T00:00:00.000Z',
      '2032-02-29T00:00:00.000Z',
    ]);
    expect(times('0 0 0 29 2 *', '2096-03-01T00:00:00Z', 1)).toEqual([]);
    expect(times('0 0 0 31 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([]);
  });

  test('of an interval count from the given time', () => {
    expect(times('@every 36h', '2026-01-01T00:00:30Z', 1)).toEqual(['2026-01-02T12:00:30.000Z']);
  });

  test('end at the end of time', () => {
    const daily = value(readBackupSchedule('@daily'));
    expect(nextTimes(daily, new Date(8.64e15), 3)).toEqual([]);
    expect(nextTimes(daily, new Date(Number.NaN), 3)).toEqual([]);
    expect(nextTimes(daily, new Date(0), 0)).toEqual([]);
  });

  test('agree with the definition for every second of two hours', () => {
    fc.assert(
      fc.property(
        cronTexts(6),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01') }),
        (text, start) => {
          const reading = readBackupSchedule(text);
          fc.pre(reading.ok);
          const after = Math.floor(start.getTime() / 1000) * 1000;
          const window = { step: 1, length: 7200, steppedStar: true };
          const expected = firesByDefinition(text.split(' '), after, window);
          const found = nextTimes(reading.value, new Date(after), expected.length + 1).map((time) =>
            time.getTime(),
          );
          expect(found.filter((time) => time <= after + window.length * 1000)).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});
