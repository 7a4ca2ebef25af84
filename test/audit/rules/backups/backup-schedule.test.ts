import { scheduledBackup } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('backup-schedule', () => {
  test.each([
    ['0 0 3 * * *', 0],
    ['@daily', 0],
    ['@every 24h', 0],
    ['\u0024{SCHEDULE}', 0],
    ['0 3 * * *', 1],
    ['* * 3 * * *', 1],
    ['0 0 3 1 1 *', 1],
    ['0 0 0 31 2 *', 1],
    ['0 0 * * 0', 1],
    ['TZ=UTC 0 0 3 * * *', 1],
    ['nonsense', 1],
  ])('%s', (schedule, count) => {
    expect(said('backup-schedule', scheduledBackup().replace('0 0 3 * * *', schedule))).toHaveLength(count);
  });

  test('no backup at all is an error, one too often or too seldom a warning', () => {
    const of = (schedule: string) =>
      said('backup-schedule', scheduledBackup().replace('0 0 3 * * *', schedule));
    expect(of('0 0 0 31 2 *')).toEqual(['error spec.schedule']);
    expect(of('0 3 * * * *')).toEqual(['warning spec.schedule']);
    expect(of('0 3 * * *')).toEqual(['error spec.schedule']);
    // Every day at half past midnight, and on the first day of a month.
    expect(of('0 30 0 * *')).toEqual(['info spec.schedule']);
    expect(of('0 30 0 1 1')).toEqual(['warning spec.schedule']);
    // There is no day 0: whoever writes this has the second in mind.
    expect(of('0 0 0/12 * *')).toEqual(['info spec.schedule']);
    // Every sixth hour, or midnight of every sixth day.
    expect(of('0 0 */6 * *')).toEqual(['warning spec.schedule']);
    expect(of('* * 3 * * *')).toEqual(['warning spec.schedule']);
    expect(of('0 0 3 1 1 *')).toEqual(['warning spec.schedule']);
  });
});
