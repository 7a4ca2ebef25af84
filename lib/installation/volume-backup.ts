import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, choice, wholeNumber } from '../schema/scalar.ts';
import { refine } from '../schema/schema.ts';
import { variants, wordOr } from '../schema/variants.ts';
import type { Cron } from '../values/cron.ts';
import type { Quantity } from '../values/quantity.ts';
import { cron, endpoint, objectName, storageSize } from './texts.ts';

/** How the files of a volume get to a place that outlives the volume and what it lies on. */
export type VolumeBackup = VolSyncBackup | LonghornBackup;

/** Restic, run by VolSync: https://volsync.readthedocs.io/en/stable/usage/restic/ */
export interface VolSyncBackup {
  readonly kind: 'volsync';
  /** Undefined for an hour after the base backup of the database. */
  readonly schedule: Cron | undefined;
  /** The Secret with the address and the password of the repository; undefined for the claim with `-restic`. */
  readonly secret: string | undefined;
  /** What the repository lies in; undefined for the same as the backups of the database. */
  readonly store: 's3' | 'azure' | 'gcs' | undefined;
  /** The service that S3 is reached at, when it is not that of the database's backups and not on port 443. */
  readonly endpoint: string | undefined;
  /** Undefined for what suits the volume. */
  readonly copyMethod: 'Snapshot' | 'Clone' | 'Direct' | undefined;
  readonly volumeSnapshotClass: string | undefined;
  readonly retain: { readonly daily: number; readonly weekly: number; readonly monthly: number };
  readonly cache: { readonly size: Quantity; readonly storageClass: string | undefined };
}

/** Longhorn's own backups, to the backup target of Longhorn. */
export interface LonghornBackup {
  readonly kind: 'longhorn';
  readonly schedule: Cron | undefined;
  readonly retain: number;
}

const schedule = optional(
  cron,
  'When to back up, as a five-field cron in UTC; default an hour after the base backup of the database.',
);

const retention = (standard: number, what: string) => defaulting(wholeNumber(0, 1000), standard, what);

const volsync = mapping({
  schedule,
  secret: optional(
    objectName,
    'Name of the Secret with RESTIC_REPOSITORY, RESTIC_PASSWORD and the keys of the store; default the claim with "-restic".',
  ),
  store: optional(
    choice('s3', 'azure', 'gcs'),
    'Kind of store that the restic repository lies in; default that of the database backups, else s3.',
  ),
  endpoint: optional(
    endpoint,
    'URL of the S3 service, for the network policy; needed when its port is not 443 and it is not that of the database backups.',
  ),
  copyMethod: optional(
    choice('Snapshot', 'Clone', 'Direct'),
    'What is read: a snapshot, a clone, or the volume itself; default Snapshot, and Direct for NFS and existing claims.',
  ),
  volumeSnapshotClass: optional(objectName, 'VolumeSnapshotClass for Snapshot; default that of the cluster.'),
  retain: defaulting(
    mapping({
      daily: retention(14, 'How many daily backups are kept.'),
      weekly: retention(8, 'How many weekly backups are kept.'),
      monthly: retention(12, 'How many monthly backups are kept.'),
    }),
    {},
    'How many backups are kept.',
  ),
  cache: defaulting(
    mapping({
      size: defaulting(storageSize, '5Gi', "Size of restic's cache volume."),
      storageClass: optional(
        objectName,
        "Storage class of restic's cache; default that of the volume, or of the cluster.",
      ),
    }),
    {},
    "The volume of restic's cache.",
  ),
});

const longhorn = mapping({
  schedule,
  retain: defaulting(wholeNumber(1, 250), 30, 'How many backups are kept.'),
});

const volumeBackup = wordOr(
  'none',
  variants<VolumeBackup>({
    volsync: refine(
      mapping({ volsync: defaulting(volsync, {}, 'Restic, run by VolSync, to an object store.') }),
      ({ volsync }) => ({ kind: 'volsync', ...volsync, endpoint: volsync.endpoint?.text }),
    ),
    longhorn: refine(
      mapping({
        longhorn: defaulting(longhorn, {}, 'A recurring backup of Longhorn to its own backup target.'),
      }),
      ({ longhorn }) => ({ kind: 'longhorn', ...longhorn }),
    ),
  }),
);

const reason = optional(anyText, 'Why there is no backup; only with "backup: none".');

/** The keys that a volume has for its backup, where it may be lost. */
export const optionalBackup = {
  backup: optional(
    volumeBackup,
    'How the files are backed up: { volsync }, { longhorn }, or none with a reason.',
  ),
  reason,
};

/** The keys that the library has for its backup. */
export const requiredBackup = {
  backup: required(
    volumeBackup,
    'How the photos outlive their volume: { volsync: {} }, { longhorn: {} }, or none with a reason. What Immich can make again stays out when it has a volume of its own, generated.',
    'none',
  ),
  reason,
};

/** The reason that `migrate` writes where a file said nothing of a backup, so that the warning about it stays. */
export const undecided = 'not decided yet';
