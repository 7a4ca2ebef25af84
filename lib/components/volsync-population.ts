import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Populate } from '../installation/populate.ts';
import type { DynamicVolume } from '../installation/volume.ts';
import type { VolSyncBackup } from '../installation/volume-backup.ts';
import { moverNameOf, populationName } from '../installation/volume-backups.ts';
import { comment } from '../kubernetes/comment.ts';
import { podSecurity } from '../kubernetes/hardened.ts';
import { ownLabels, podLabelsOf } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { moverResources } from '../kubernetes/restic.ts';

/**
 * The restore by VolSync that a claim with a `dataSourceRef` waits for: once, into a snapshot that the claim starts as.
 * https://volsync.readthedocs.io/en/stable/usage/volume-populator/index.html
 */
export function volSyncPopulation(
  scope: Construct,
  props: {
    readonly claim: string;
    readonly namespace: string;
    readonly volume: DynamicVolume;
    readonly backup: VolSyncBackup;
    readonly populate: Extract<Populate, { readonly kind: 'volsync' }>;
    /** The Secret with the repository. */
    readonly secret: string;
    /** Whom the files belong to. */
    readonly user: number;
    readonly group: number;
  },
): void {
  const { claim, namespace, volume, backup, populate, secret, user, group } = props;
  const name = populationName(claim);
  const object = new ApiObject(scope, name, {
    apiVersion: 'volsync.backube/v1alpha1',
    kind: 'ReplicationDestination',
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      trigger: { manual: 'once' },
      restic: {
        repository: secret,
        copyMethod: 'Snapshot',
        ...present({
          volumeSnapshotClassName: backup.volumeSnapshotClass,
          restoreAsOf: populate.restoreAsOf?.text,
        }),
        storageClassName: volume.storageClass,
        accessModes: [volume.accessMode],
        capacity: volume.size.text,
        cacheCapacity: backup.cache.size.text,
        cacheStorageClassName: backup.cache.storageClass ?? volume.storageClass,
        cleanupTempPVC: true,
        cleanupCachePVC: true,
        moverPodLabels: podLabelsOf(moverNameOf(claim)),
        moverResources,
        moverSecurityContext: podSecurity(user, group),
      },
    },
  });
  comment(object, ['spec', 'trigger', 'manual'], `Once: the claim ${claim} starts as what this restores.`);
}
