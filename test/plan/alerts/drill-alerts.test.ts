import { type Edit, homeWithoutBackup } from '../../installation/example.ts';
import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

/** What may become of a drill, by the name of its CronJob and what its alerts begin with. */
function situationsOf(name: string, prefix: string): Situation[] {
  const job = `namespace="immich-drill",job_name="${name}-29400"`;
  const cronJob = `namespace="immich-drill",cronjob="${name}"`;
  const failed = (reason: string) => `kube_job_status_failed{${job},reason="${reason}"}`;
  const started = `kube_job_status_start_time{${job}}`;
  const succeeded = `kube_cronjob_status_last_successful_time{${cronJob}}`;
  const created = `kube_cronjob_created{${cronJob}}`;
  return [
    {
      alert: `${prefix}Failed`,
      when: 'the first drill failed',
      series: { [failed('BackoffLimitExceeded')]: '1x40', [failed('Evicted')]: '0x40', [started]: '600x40' },
      after: '1h',
      fires: true,
    },
    {
      alert: `${prefix}Failed`,
      when: 'a drill failed after one that succeeded',
      series: { [failed('DeadlineExceeded')]: '1x40', [started]: '1200x40', [succeeded]: '900x40' },
      after: '1h',
      fires: true,
    },
    {
      alert: `${prefix}Failed`,
      when: 'a failed Job is kept, and a later drill succeeded',
      series: { [failed('BackoffLimitExceeded')]: '1x40', [started]: '600x40', [succeeded]: '0x4 1800x40' },
      after: '1h',
      fires: false,
    },
    {
      alert: `${prefix}Failed`,
      when: 'a drill runs or has succeeded',
      series: { [`kube_job_status_failed{${job}}`]: '0x40', [started]: '600x40' },
      after: '1h',
      fires: false,
    },
    { alert: `${prefix}Failed`, when: 'no metric at all', series: {}, after: '1h', fires: false },
    {
      alert: `${prefix}Overdue`,
      when: 'none since the installation',
      series: { [created]: '0x3000' },
      after: '9d',
      fires: true,
    },
    {
      alert: `${prefix}Overdue`,
      when: 'the first is due tomorrow',
      series: { [created]: '0x3000' },
      after: '6d',
      fires: false,
    },
    {
      alert: `${prefix}Overdue`,
      when: 'one every Sunday',
      series: { [created]: '0x3000', [succeeded]: '86400x2016 691200x3000' },
      after: '9d',
      fires: false,
    },
    { alert: `${prefix}Overdue`, when: 'no metric at all', series: {}, after: '9d', fires: false },
  ];
}

const saved: Edit = [homeWithoutBackup, 'backup: { volsync: {} }'];
const drilled: Edit = ['    backup:\n', '    backup:\n      drill: { files: {} }\n'];

testAlerts(
  alertsOf('immich-db-backup', saved, drilled).filter(({ name }) => /^Immich(?:File)?Drill/.test(name)),
  [
    ...situationsOf('immich-drill', 'ImmichDrill'),
    ...situationsOf('immich-file-drill', 'ImmichFileDrill'),
    // One says nothing of the other.
    {
      alert: 'ImmichDrillFailed',
      when: 'a drill of files failed',
      series: {
        'kube_job_status_failed{namespace="immich-drill",job_name="immich-file-drill-29400"}': '1x40',
        'kube_job_status_start_time{namespace="immich-drill",job_name="immich-file-drill-29400"}': '600x40',
      },
      after: '1h',
      fires: false,
    },
  ],
);

test('without a drill of files there is no alert about one', () => {
  expect(alertsOf('immich-db-backup', saved).map(({ name }) => name)).not.toContain('ImmichFileDrillFailed');
});
