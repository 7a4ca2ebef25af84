import { settingNameProblem } from '../../lib/cnpg/postgres-settings.ts';
import { settingMajorProblem } from '../../lib/cnpg/setting-majors.ts';
import { edited, errorsIn, home } from '../installation/example.ts';

// Each was given to the real PostgreSQL of that version, which started, or ended with "unrecognized configuration parameter".
test.each([
  ['io_method', 17, 'is a setting from PostgreSQL 18 on'],
  ['io_method', 18, undefined],
  ['transaction_timeout', 16, 'is a setting from PostgreSQL 17 on'],
  ['archive_library', 14, 'is a setting from PostgreSQL 15 on'],
  ['stats_temp_directory', 16, 'is no setting after PostgreSQL 14'],
  ['vacuum_defer_cleanup_age', 16, 'is no setting after PostgreSQL 15'],
  ['force_parallel_mode', 17, 'is no setting after PostgreSQL 15'],
  ['trace_recovery_messages', 17, 'is no setting after PostgreSQL 16'],
  ['old_snapshot_threshold', 18, 'is no setting after PostgreSQL 16'],
  ['ssl_ecdh_curve', 18, undefined],
  ['work_mem', 14, undefined],
  ['vchordrq.probes', 18, undefined],
])('%s in PostgreSQL %i', (name, major, problem) => {
  expect(settingMajorProblem(name, major)).toBe(problem);
  expect(settingNameProblem(name)).toBeUndefined();
});

test('a setting of another major version than that of the image is refused', () => {
  const withSetting = (setting: string) =>
    errorsIn(edited(home, ['    backup:\n', `    parameters: { ${setting} }\n    backup:\n`]));
  expect(withSetting('transaction_timeout: 1h')).toEqual([]);
  expect(withSetting('io_method: worker').join()).toContain(
    '"io_method" is a setting from PostgreSQL 18 on, and the image has PostgreSQL 17, which would not start. Remove it.',
  );
});
