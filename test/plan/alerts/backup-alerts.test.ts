import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

const pod = 'namespace="immich",pod="immich-db-1"';
const last = `barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{${pod}}`;
const archived = `cnpg_pg_stat_archiver_seconds_since_last_archival{${pod}}`;
const service = 'kube_service_created{namespace="immich",service="immich-db-rw",uid="1"}';
/** Made at time 0; the service lives on. */
const young = { [service]: '0x900' };
const waiting = (segments: string) => ({
  [`cnpg_collector_pg_wal_archive_status{${pod},value="ready"}`]: segments,
  [`cnpg_collector_pg_wal_archive_status{${pod},value="done"}`]: '7x100',
});

const situations: Situation[] = [
  {
    alert: 'ImmichBackupMissing',
    when: 'a first install that waits for its first night',
    series: { ...young, [last]: '0x900' },
    after: '20h',
    fires: false,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'a first install whose database takes hours to come',
    series: young,
    after: '20h',
    fires: false,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'a database that never got a backup',
    series: { ...young, [last]: '0x900' },
    after: '27h',
    fires: true,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'a backup each night at 3',
    series: { ...young, [last]: '0x35 10800x288 97200x577' },
    after: '50h',
    fires: false,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'a backup at 3 and none the night after',
    series: { ...young, [last]: '0x35 10800x900' },
    after: '30h',
    fires: true,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'another instance, which knows of no backup',
    series: {
      ...young,
      [last]: '0x35 10800x900',
      [last.replace('db-1', 'db-2')]: '0x900',
    },
    after: '28h',
    fires: false,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'an old database whose instances are gone',
    series: { ...young, [last]: '0x35 10800x250' },
    after: '40h',
    fires: true,
  },
  {
    alert: 'ImmichBackupMissing',
    when: 'no kube-state-metrics and no backup',
    series: { [last]: '0x900' },
    after: '27h',
    fires: true,
  },
  { alert: 'ImmichBackupMissing', when: 'no metric at all', series: {}, after: '1h', fires: true },
  {
    alert: 'ImmichBackupsTooMany',
    when: 'a backup every hour',
    series: { [last]: Array.from({ length: 24 }, (_, hour) => `${hour * 3600 + 1}x11`).join(' ') },
    after: '12h',
    fires: true,
  },
  {
    alert: 'ImmichBackupsTooMany',
    when: 'one by hand beside that of the night',
    series: { [last]: '0x35 10800x35 21600x200' },
    after: '12h',
    fires: false,
  },
  { alert: 'ImmichBackupsTooMany', when: 'no metric at all', series: {}, after: '12h', fires: false },
  {
    alert: 'ImmichArchivingFailing',
    when: 'failures go on',
    series: { [`cnpg_pg_stat_archiver_failed_count{${pod}}`]: '0+3x40' },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichArchivingFailing',
    when: 'failures of last week',
    series: { [`cnpg_pg_stat_archiver_failed_count{${pod}}`]: '12x40' },
    after: '1h',
    fires: false,
  },
  { alert: 'ImmichArchivingFailing', when: 'no metric at all', series: {}, after: '1h', fires: false },
  {
    alert: 'ImmichArchivingLate',
    when: 'segments wait for half an hour',
    series: { [archived]: '0+300x40', ...waiting('4x40') },
    after: '1h',
    fires: true,
  },
  {
    alert: 'ImmichArchivingLate',
    when: 'nobody uses the database',
    series: { [archived]: '0+300x40', ...waiting('0x40') },
    after: '1h',
    fires: false,
  },
  { alert: 'ImmichArchivingLate', when: 'no metric at all', series: {}, after: '1h', fires: false },
];

testAlerts(
  alertsOf('immich-db-backup').filter(({ name }) => !name.startsWith('ImmichDrill')),
  situations,
);
