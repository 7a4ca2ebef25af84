import { readBackupSchedule } from '../../lib/cnpg/backup-schedule.ts';
import { inWords } from '../../lib/values/cron-words.ts';
import { value } from './outcome.ts';

const words = (text: string) => inWords(value(readBackupSchedule(text)).timing, { seconds: true });

describe('inWords', () => {
  test.each([
    ['* * * * * *', 'every second'],
    ['0 * * * * *', 'every minute'],
    ['30 * * * * *', 'every minute at second 30'],
    ['*/10 * * * * *', 'every 10 seconds'],
    ['*/7 * * * * *', 'at seconds 0, 7, 14, 21, 28, 35, 42, 49 and 56'],
    ['*/10 5 * * * *', 'every 10 seconds in minute 5'],
    ['* 5,6 1,3 * * *', 'every second in minutes 5 and 6 in the hours 01 and 03'],
    ['0 0,20 * * * *', 'at minutes 0 and 20'],
    ['0 5 */4 * * *', 'every day at 00:05:00, 04:05:00, 08:05:00, 12:05:00, 16:05:00 and 20:05:00'],
    ['0 5 */3 * * *', 'every 3 hours from 00:05:00'],
    [
      '0 0 0-7 * * *',
      'every day at 00:00:00, 01:00:00, 02:00:00, 03:00:00, 04:00:00, 05:00:00, 06:00:00 and 07:00:00',
    ],
    ['0 5 * * * 1', 'every hour at :05, every Monday'],
    ['0 5 * * 1 *', 'every hour at :05 in January only'],
    ['0 0 3 1,2,3,5,6 * *', 'every month on days 1 to 3, 5 and 6 at 03:00:00'],
    ['0 0 3 * 6 1-5', 'every Monday to Friday in June only at 03:00:00'],
    ['0 0 3 1 6 1', 'every June on day 1 and every Monday in June at 03:00:00'],
    ['0 0 3 */20 * 1', 'every Monday that falls on days 1 and 21 of the month at 03:00:00'],
    ['0 0 3 1-31 * 1', 'every day at 03:00:00'],
    ['0 0 3 1 * 0-6', 'every day at 03:00:00'],
    ['@every 1h', 'every hour, counted from the last run'],
    ['@every 90s', 'every 90 seconds, counted from the last run'],
    ['@every 90m', 'every 90 minutes, counted from the last run'],
    ['0 0 0 30 2 *', 'never'],
  ])('says %j as "%s"', (text, said) => {
    expect(words(text)).toBe(said);
  });
});
