import { appointmentsOf, clashesOf } from '../../lib/overview/day.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { installationOf } from '../components/built.ts';
import { edited, home, homeWithoutBackup, k3s, tachtit } from '../installation/example.ts';

const of = (text: string) => appointmentsOf(planOf(installationOf(text)));
const clashes = (text: string) => clashesOf(of(text)).map((pair) => pair.map(({ what }) => what));
const at = (schedule: string) => edited(home, ['s3: {', `schedule: "${schedule}"\n      s3: {`]);

test('what is done, and when', () => {
  expect(of(k3s).map(({ what, when }) => `${what}: ${when}`)).toEqual([
    'Snapshot of library, which stays in Longhorn: every day at 01:00 UTC',
    "Immich's own dump of the database, into the library: every day at 02:00 Etc/UTC",
  ]);
  expect(of(tachtit).map(({ what }) => what)).toContain('Restore drill');
});

test('a base backup in the middle of a dump is told, and one an hour later is not', () => {
  expect(clashes(at('0 10 2 * * *'))).toEqual([
    ["Immich's own dump of the database, into the library", 'Base backup of the database'],
  ]);
  expect(clashes(at('0 30 2 * * *'))).toEqual([]);
});

test('what runs on other days does not clash', () => {
  expect(clashes(at('0 30 4 * * 1'))).toEqual([]);
  expect(clashes(at('0 30 4 * * 0'))).toEqual([['Base backup of the database', 'Restore drill']]);
});

test('a dump in a time zone with summer time is not compared with what runs in UTC', () => {
  const zoned = edited(at('0 0 2 * * *'), ['version:', 'timezone: Europe/Berlin\nversion:']);
  expect(of(zoned).map(({ when }) => when)).toContain(
    'every day at 02:00 Europe/Berlin, unless it was changed in the settings',
  );
  expect(clashes(zoned)).toEqual([]);
});

test('both drills have their time, some hours apart', () => {
  const text = edited(
    home,
    [homeWithoutBackup, 'backup: { volsync: {} }'],
    ['    backup:\n', '    backup:\n      drill: { files: {} }\n'],
  );
  expect(of(text).map(({ what, when }) => `${what}: ${when}`)).toEqual(
    expect.arrayContaining([
      'Restore drill: every Sunday at 04:30 UTC',
      'Drill of files: every Sunday at 06:30 UTC',
    ]),
  );
  expect(clashes(text)).toEqual([]);
});
