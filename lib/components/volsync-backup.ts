import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { VolSyncBackup } from '../installation/volume-backup.ts';
import { moverNameOf, type VolumeBackupPlan } from '../installation/volume-backups.ts';
import { comment } from '../kubernetes/comment.ts';
import { podSecurity } from '../kubernetes/hardened.ts';
import { ownLabels, podLabelsOf } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { moverResources } from '../kubernetes/restic.ts';

/**
 * A restic backup of one claim by VolSync.
 *
 * Its type is written out here, not generated: that of VolSync is 420 KB, of which this needs a dozen fields.
 * https://volsync.readthedocs.io/en/stable/usage/restic/
 */
export function volSyncBackup(
  scope: Construct,
  props: Omit<VolumeBackupPlan, 'backup'> & {
    readonly backup: VolSyncBackup;
    readonly namespace: string;
    /** The Secret with the repository. */
    readonly secret: string;
    /** Whom the files belong to. */
    readonly user: number;
    readonly group: number;
  },
): void {
  const { claim, namespace, backup, volume, schedule, secret, user, group } = props;
  const storageClass =
    backup.cache.storageClass ?? (volume.kind === 'dynamic' ? volume.storageClass : undefined);
  const object = new ApiObject(scope, `${claim}-backup`, {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationSource',
    metadata: { name: claim, namespace, labels: ownLabels },
    spec: {
      sourcePVC: claim,
      trigger: { schedule: schedule.text },
      restic: {
        repository: secret,
        copyMethod: backup.copyMethod ?? (volume.kind === 'dynamic' ? 'Snapshot' : 'Direct'),
        ...present({ volumeSnapshotClassName: backup.volumeSnapshotClass }),
        cacheCapacity: backup.cache.size.text,
        ...present({ cacheStorageClassName: storageClass }),
        pruneIntervalDays: 7,
        retain: { ...backup.retain },
        moverPodLabels: podLabelsOf(moverNameOf(claim)),
        moverResources,
        moverSecurityContext: podSecurity(user, group),
      },
    },
  });
  comment(object, ['spec', 'trigger', 'schedule'], `Five fields: ${schedule.words}.`);
}
