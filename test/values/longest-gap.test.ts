import { parseBackupSchedule } from '../../lib/cnpg/backup-schedule.ts';
import { parseCron } from '../../lib/values/cron.ts';
import { longestGap } from '../../lib/values/longest-gap.ts';

const hour = 3600;

test.each([
  ['0 0 3 * * *', 24 * hour],
  ['0 0 */6 * * *', 6 * hour],
  ['0 0 3 * * 1,4', 4 * 24 * hour],
  ['0 0 1,2 * * *', 23 * hour],
  ['0 0 3 1 * *', 31 * 24 * hour],
])('the backups of %s are at most %d seconds apart', (text, seconds) => {
  const read = parseBackupSchedule(text);
  expect(read.ok && longestGap(read.value)).toBe(seconds);
});

test('a cron of five fields', () => {
  const read = parseCron('30 4 * * 0');
  expect(read.ok && longestGap(read.value)).toBe(7 * 24 * hour);
});
