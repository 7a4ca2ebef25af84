import { list } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, choice, wholeNumber } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import type { Cron } from '../values/cron.ts';
import type { Quantity } from '../values/quantity.ts';
import { type Populate, populate } from './populate.ts';
import { cron, label, nfsPath, nfsServer, objectName, storageSize } from './texts.ts';
import { optionalBackup, requiredBackup, type VolumeBackup } from './volume-backup.ts';

/** A claim and what backs it. */
export type Volume = DynamicVolume | NfsVolume | ExistingVolume;

export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';

interface BackedUp {
  /** Undefined where nothing is said about it. */
  readonly backup: VolumeBackup | 'none' | undefined;
  /** Why there is none. */
  readonly reason: string | undefined;
}

/** A claim that a storage class fills. */
export interface DynamicVolume extends BackedUp {
  readonly kind: 'dynamic';
  readonly claim: string | undefined;
  readonly storageClass: string;
  readonly size: Quantity;
  readonly accessMode: AccessMode;
  readonly longhorn: LonghornJobs | undefined;
  /** Undefined for a claim that comes up empty. */
  readonly populate: Populate | undefined;
}

/** A folder that an NFS server exports, as a volume and a claim that are bound to each other. */
export interface NfsVolume extends BackedUp {
  readonly kind: 'nfs';
  readonly claim: string | undefined;
  readonly server: string;
  readonly path: string;
  readonly mountOptions: readonly string[];
  readonly size: Quantity;
  readonly accessMode: 'ReadWriteMany';
}

/** A claim that exists already and is not touched. */
export interface ExistingVolume extends BackedUp {
  readonly kind: 'existing';
  readonly claim: string;
  readonly accessMode: AccessMode;
}

/** Longhorn's recurring jobs for one claim. */
export interface LonghornJobs {
  readonly snapshots: { readonly schedule: Cron; readonly retain: number } | undefined;
  /** Names of RecurringJobs that exist already. */
  readonly jobs: readonly string[];
  /** Names of groups of RecurringJobs that exist already. */
  readonly groups: readonly string[];
}

/** Whether several nodes can mount the volume at once. */
export function isShared(volume: Volume): boolean {
  return volume.accessMode === 'ReadWriteMany';
}

const claim = optional(label, 'Name of the claim; default "immich-" and the key of the volume.');
const size = required(storageSize, 'Size, such as "500Gi". It can grow later, never shrink.');
const accessMode = choice('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany');

const longhorn = mapping({
  snapshots: optional(
    mapping({
      schedule: defaulting(cron, '0 1 * * *', 'When to snapshot, as a five-field cron in UTC.'),
      retain: defaulting(wholeNumber(1, 250), 14, 'How many snapshots are kept.'),
    }),
    'Snapshots by a Longhorn RecurringJob that is made for this volume. They stay in the same Longhorn: no backup.',
  ),
  jobs: defaulting(
    list(label),
    [],
    'Names of existing Longhorn RecurringJobs that this volume takes part in.',
  ),
  groups: defaulting(list(label), [], 'Names of existing groups of Longhorn RecurringJobs.'),
});

type BackupKeys = typeof optionalBackup | typeof requiredBackup;

function dynamicVolume(backupKeys: BackupKeys): Schema<DynamicVolume> {
  return refine(
    mapping({
      storageClass: required(objectName, 'Storage class that makes the volume, such as "longhorn".'),
      size,
      accessMode: defaulting(
        accessMode,
        'ReadWriteOnce',
        'Who may mount it; ReadWriteMany where the class can share it.',
      ),
      claim,
      ...backupKeys,
      longhorn: optional(longhorn, 'Recurring jobs of Longhorn for this volume; only for Longhorn classes.'),
      populate: optional(
        populate,
        'What the claim is filled from when it is made: { volsync: {} } or { dataSourceRef }. A claim that exists cannot get it, nor lose it.',
      ),
    }),
    (volume) => ({ kind: 'dynamic', ...volume }),
  );
}

function nfsVolume(backupKeys: BackupKeys): Schema<NfsVolume> {
  return refine(
    mapping({
      nfs: required(
        mapping({
          server: required(nfsServer, 'DNS name or address of the NFS server.'),
          path: required(
            nfsPath,
            'Exported folder, an absolute path. It must belong to the user that Immich runs as.',
          ),
          mountOptions: defaulting(
            list(anyText),
            ['nfsvers=4.1', 'hard', 'noatime'],
            'Mount options. "hard" waits for a server that is away, where "soft" would lose writes.',
          ),
        }),
        'An NFS export.',
      ),
      size,
      claim,
      ...backupKeys,
    }),
    ({ nfs, ...rest }) => ({ kind: 'nfs', ...nfs, ...rest, accessMode: 'ReadWriteMany' }),
  );
}

function existingVolume(backupKeys: BackupKeys): Schema<ExistingVolume> {
  return refine(
    mapping({
      existingClaim: required(objectName, 'Name of a claim that exists already, in the namespace of Immich.'),
      accessMode: defaulting(accessMode, 'ReadWriteOnce', 'Who may mount it.'),
      ...backupKeys,
    }),
    ({ existingClaim, ...rest }) => ({ kind: 'existing', claim: existingClaim, ...rest }),
  );
}

function volumeWith(backupKeys: BackupKeys): Schema<Volume> {
  return variants<Volume>({
    storageClass: dynamicVolume(backupKeys),
    nfs: nfsVolume(backupKeys),
    existingClaim: existingVolume(backupKeys),
  });
}

/** `{ storageClass, size }`, `{ nfs: { server, path }, size }` or `{ existingClaim }`. */
export const volume: Schema<Volume> = volumeWith(optionalBackup);

/** A volume whose loss is the loss of the photos: it says how it is backed up, or why it is not. */
export const libraryVolume: Schema<Volume> = volumeWith(requiredBackup);
