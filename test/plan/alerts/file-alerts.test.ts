import { homeWithoutBackup } from '../../installation/example.ts';
import { type Situation, testAlerts } from '../../promtool.ts';
import { alertsOf } from './planned.ts';

const day = 288;
const withBackup = (backup: string) => alertsOf('immich-files', [homeWithoutBackup, `backup: { ${backup} }`]);

describe('VolSync', () => {
  const source = 'obj_name="immich-library",obj_namespace="immich",role="source",method="restic"';
  const outOfSync = `volsync_volume_out_of_sync{${source},namespace="volsync-system"}`;
  const failed = 'kube_job_status_failed{namespace="immich",job_name="volsync-src-immich-library"}';
  const absent = { alert: 'ImmichFilesBackupUnseen' };
  const situations: Situation[] = [
    {
      alert: 'ImmichFilesOutOfSync',
      when: 'the first backup takes half a day',
      series: { [outOfSync]: `1x${day / 2} 0x${day}` },
      after: '30h',
      fires: false,
    },
    {
      alert: 'ImmichFilesOutOfSync',
      when: 'the first backup never ends',
      series: { [outOfSync]: `1x${2 * day}` },
      after: '25h',
      fires: true,
    },
    {
      alert: 'ImmichFilesOutOfSync',
      when: 'due ones were missed and the next two as well',
      series: { [outOfSync]: `0x${day} 1x${2 * day}` },
      after: '50h',
      fires: true,
    },
    {
      alert: 'ImmichFilesOutOfSync',
      when: 'a restore of the same claim is out of sync',
      series: {
        [outOfSync.replace('"source"', '"destination"')]: `1x${2 * day}`,
        [outOfSync]: `0x${2 * day}`,
      },
      after: '25h',
      fires: false,
    },
    { alert: 'ImmichFilesOutOfSync', when: 'no metric at all', series: {}, after: '25h', fires: false },
    {
      alert: 'ImmichFilesMoverFailing',
      when: 'Jobs fail, are removed and made anew',
      series: { [failed]: '0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2 0 1 2' },
      after: '2h30m',
      fires: true,
    },
    {
      alert: 'ImmichFilesMoverFailing',
      when: 'one pod failed and the next did it',
      series: { [failed]: '0 1 1 0x40' },
      after: '2h30m',
      fires: false,
    },
    { alert: 'ImmichFilesMoverFailing', when: 'no metric at all', series: {}, after: '3h', fires: false },
    { ...absent, when: 'no metric at all', series: {}, after: '25h', fires: true },
    {
      ...absent,
      when: 'VolSync is watched',
      series: { [outOfSync]: `0x${2 * day}` },
      after: '25h',
      fires: false,
    },
  ];
  testAlerts(withBackup('volsync: {}'), situations);
});

describe('Longhorn', () => {
  const volume = 'pvc_namespace="immich",pvc="immich-library",volume="pvc-1",node="one"';
  const last = `longhorn_volume_last_backup_at{${volume}}`;
  const capacity = `longhorn_volume_capacity_bytes{${volume}}`;
  const state = (volume: string) =>
    `longhorn_backup_state{volume="${volume}",backup="backup-1",recurring_job="immich-immich-library-backup"}`;
  const created = (time: number) => ({
    [`kube_persistentvolumeclaim_created{namespace="immich",persistentvolumeclaim="immich-library"}`]: `${time}x${5 * day}`,
  });
  const situations: Situation[] = [
    {
      alert: 'ImmichFilesBackupMissing',
      when: 'a new volume, whose first backup takes long',
      series: { ...created(0), [last]: `0x${5 * day}` },
      after: '40h',
      fires: false,
    },
    {
      alert: 'ImmichFilesBackupMissing',
      when: 'a volume that never got one',
      series: { ...created(0), [last]: `0x${5 * day}` },
      after: '62h',
      fires: true,
    },
    {
      alert: 'ImmichFilesBackupMissing',
      when: 'none since three days',
      series: { ...created(0), [last]: `14400x${5 * day}` },
      after: '76h',
      fires: true,
    },
    {
      alert: 'ImmichFilesBackupMissing',
      when: 'one every night, which takes until noon',
      series: { ...created(0), [last]: `14400x95 100800x${day} 187200x${2 * day}` },
      after: '76h',
      fires: false,
    },
    { alert: 'ImmichFilesBackupMissing', when: 'no metric at all', series: {}, after: '76h', fires: false },
    {
      alert: 'ImmichFilesBackupFailed',
      when: 'its backup ended with an error',
      series: { [capacity]: '5x99', [state('pvc-1')]: '2x6 4x90' },
      after: '1h',
      fires: true,
    },
    {
      alert: 'ImmichFilesBackupFailed',
      when: 'the backup of another volume did',
      series: { [capacity]: '5x99', [state('pvc-1')]: '2x6 3x90', [state('pvc-2')]: '2x6 4x90' },
      after: '1h',
      fires: false,
    },
    { alert: 'ImmichFilesBackupFailed', when: 'no metric at all', series: {}, after: '1h', fires: false },
    { alert: 'ImmichFilesBackupUnseen', when: 'no metric at all', series: {}, after: '25h', fires: true },
    {
      alert: 'ImmichFilesBackupUnseen',
      when: 'a Longhorn older than v1.11',
      series: { [capacity]: `5x${2 * day}` },
      after: '25h',
      fires: true,
    },
    {
      alert: 'ImmichFilesBackupUnseen',
      when: 'Longhorn is watched',
      series: { [last]: `0x${2 * day}` },
      after: '25h',
      fires: false,
    },
  ];
  testAlerts(withBackup('longhorn: {}'), situations);
});
