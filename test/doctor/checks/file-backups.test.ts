import { fileBackups } from '../../../lib/doctor/checks/file-backups.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { edited, home, homeWithoutBackup } from '../../installation/example.ts';
import { found, subjectOf } from '../living.ts';

const metadata = { creationTimestamp: '2026-01-01T00:00:00Z' };

describe('VolSync', () => {
  const subject = subjectOf(edited(home, [homeWithoutBackup, 'backup: { volsync: {} }']));
  const path = '/apis/volsync.backube/v1alpha1/namespaces/immich/replicationsources/immich-library';
  const told = (status: { [field: string]: Value }) =>
    found(fileBackups, { paths: { [path]: { metadata, status } } }, subject);

  test('a backup of last night is well, and an older one is not', async () => {
    expect(await told({ lastSyncTime: '2026-11-26T05:00:00Z' })).toEqual([
      'well: The last backup of immich-library was made 7 hours ago, at 2026-11-26T05:00:00Z.',
    ]);
    expect((await told({ lastSyncTime: '2026-11-23T05:00:00Z' }))[0]).toMatch(
      /^error: The last backup of immich-library was made 3 days ago, at 2026-11-23T05:00:00Z; one is due every day at .* UTC\.$/,
    );
    expect((await told({}))[0]).toBe(
      'error: There is no whole backup of immich-library yet; one is due every day at 04:00 UTC.',
    );
  });

  test('a mover that has failed says why', async () => {
    expect(
      await told({ latestMoverStatus: { result: 'Failed', logs: 'a\nunable to create lock\n' } }),
    ).toEqual([
      'error: The last backup of immich-library has failed: unable to create lock. "unable to create lock" has its own commands in RUNBOOK.md.',
      '  kubectl logs job/volsync-src-immich-library --namespace immich',
    ]);
  });
});

test('Longhorn knows the volume of the claim, and only whole backups count', async () => {
  const subject = subjectOf(edited(home, [homeWithoutBackup, 'backup: { longhorn: {} }']));
  const backup = (state: string, backupCreatedAt: string) => ({ status: { state, backupCreatedAt } });
  const paths = {
    '/api/v1/namespaces/immich/persistentvolumeclaims/immich-library': {
      metadata,
      spec: { volumeName: 'pvc-1' },
    },
    '/apis/longhorn.io/v1beta2/namespaces/longhorn-system/backups?labelSelector=backup-volume%3Dpvc-1': {
      items: [backup('Completed', '2026-11-20T05:00:00Z'), backup('Error', '2026-11-26T05:00:00Z')],
    },
  };
  expect((await found(fileBackups, { paths }, subject))[0]).toContain(
    'error: The last backup of immich-library was made 6 days ago, at 2026-11-20T05:00:00Z; ',
  );
});
