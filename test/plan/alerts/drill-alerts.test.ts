import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

const job = 'namespace="immich-drill",job_name="immich-drill-29400"';
const cronJob = 'namespace="immich-drill",cronjob="immich-drill"';
const failed = (reason: string) => `kube_job_status_failed{${job},reason="${reason}"}`;
const started = `kube_job_status_start_time{${job}}`;
const succeeded = `kube_cronjob_status_last_successful_time{${cronJob}}`;
const created = `kube_cronjob_created{${cronJob}}`;

const situations: Situation[] = [
  {
    alert: 'ImmichDrillFailed',
    when: 'the first drill failed',
    series: { [failed('BackoffLimitExceeded')]: '1x40', [failed('Evicted')]: '0x40', [started]: '600x40' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichDrillFailed',
    when: 'a drill failed after one that succeeded',
    series: { [failed('DeadlineExceeded')]: '1x40', [started]: '1200x40', [succeeded]: '900x40' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichDrillFailed',
    when: 'a failed Job is kept, and a later drill succeeded',
    series: { [failed('BackoffLimitExceeded')]: '1x40', [started]: '600x40', [succeeded]: '0x4 1800x40' },
    after: '1h',
    fires: false,
  },
  {
    alert: 'ImmichDrillFailed',
    when: 'a drill runs or has succeeded',
    series: { [`kube_job_status_failed{${job}}`]: '0x40', [started]: '600x40' },
    after: '1h',
    fires: false,
  },
  { alert: 'ImmichDrillFailed', when: 'no metric at all', series: {}, after: '1h', fires: false },
  {
    alert: 'ImmichDrillOverdue',
    when: 'none since the installation',
    series: { [created]: '0x3000' },
    after: '9d',
    fires: true,
  },
  {
    alert: 'ImmichDrillOverdue',
    when: 'the first is due tomorrow',
    series: { [created]: '0x3000' },
    after: '6d',
    fires: false,
  },
  {
    alert: 'ImmichDrillOverdue',
    when: 'one every Sunday',
    series: { [created]: '0x3000', [succeeded]: '86400x2016 691200x3000' },
    after: '9d',
    fires: false,
  },
  { alert: 'ImmichDrillOverdue', when: 'no metric at all', series: {}, after: '9d', fires: false },
];

testAlerts(
  alertsOf('immich-db-backup').filter(({ name }) => name.startsWith('ImmichDrill')),
  situations,
);
