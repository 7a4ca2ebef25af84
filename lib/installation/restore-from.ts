import { originalLineage } from '../cnpg/lineage.ts';
import { mapping, optional, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { label, moment, objectName } from './texts.ts';

/** Where a database that is set up anew gets its content from: an earlier life of it. */
export interface RestoreFrom {
  /** The name of the earlier database; undefined for the same name. */
  readonly database: string | undefined;
  /** The lineage that the earlier life archived to. */
  readonly lineage: string;
  /** The moment to come back to; undefined for everything that was archived. */
  readonly time: Read<typeof moment> | undefined;
  /** Snapshots that the volumes start as, in place of a base backup. */
  readonly volumeSnapshot: SnapshotNames | undefined;
}

export interface SnapshotNames {
  readonly storage: string;
  readonly walStorage: string | undefined;
  /** When the snapshot was taken, where its name does not say so. */
  readonly taken: Read<typeof moment> | undefined;
}

const snapshotKeys = mapping({
  storage: required(objectName, 'Name of the VolumeSnapshot of the data, in the namespace of the database.'),
  walStorage: optional(
    objectName,
    'Name of the VolumeSnapshot of the write-ahead log, where it has a volume.',
  ),
  taken: optional(
    moment,
    'When the snapshot was taken, date, time and zone; needed with time, unless its name ends in YYYYMMDDhhmmss.',
  ),
});

const volumeSnapshot: Schema<SnapshotNames> = {
  read: (value, at) => snapshotKeys.read(typeof value === 'string' ? { storage: value } : value, at),
  json: { oneOf: [objectName.json, snapshotKeys.json] },
};

const otherStores = ['azure', 's3', 'gcs', 'store', 'destinationPath', 'endpoint', 'bucket'];

const keys = mapping({
  lineage: required(
    label,
    `The lineage to restore, such as "v0"; ${quote(originalLineage)} is the folder that is called like the database.`,
  ),
  database: optional(label, 'Name of the database that archived it; default the name of this one.'),
  time: optional(moment, 'The moment to come back to: date, time and zone; default the newest.'),
  volumeSnapshot: optional(
    volumeSnapshot,
    'A VolumeSnapshot to start from in place of a base backup, or { storage, walStorage, taken }.',
  ),
});

/** A lineage by its name, or `{ lineage, time }`, or `{ lineage, volumeSnapshot }`. */
export const restoreFrom: Schema<RestoreFrom> = {
  read: (value, at) => {
    if (typeof value === 'string') return written.read({ lineage: value }, at);
    return refusesOtherStore(value, at) ? undefined : written.read(value, at);
  },
  json: { oneOf: [label.json, keys.json] },
};

const written = refine(keys, (read, at): RestoreFrom => {
  const { time, volumeSnapshot } = read;
  if (time !== undefined && volumeSnapshot !== undefined) checkReach(time, volumeSnapshot, at);
  return read;
});

/** A restore reads what the backup wrote, so that there is one store. Naming it again can only name another one. */
function refusesOtherStore(value: unknown, at: Place): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [other] = otherStores.filter((name) => Object.hasOwn(value, name));
  if (other === undefined) return false;
  at.keyError(
    other,
    `${quote(other)} names a store, but a restore reads from the store of database.cnpg.backup, with the same secret. Remove it; to restore from another store, name that one in backup.`,
  );
  return true;
}

/** A snapshot can be rolled forward by the archive, never back. */
function checkReach({ text, milliseconds }: Moment, snapshot: SnapshotNames, at: Place): void {
  const taken = snapshot.taken?.milliseconds ?? momentInName(snapshot.storage);
  if (taken === undefined) {
    at.in('volumeSnapshot').error(
      `${quote(snapshot.storage)} does not tell when it was taken, and ${quote(text)} can only be reached when it comes later. Write volumeSnapshot: { storage: ${snapshot.storage}, taken: "2026-11-20T03:00:00Z" }.`,
    );
  } else if (milliseconds < taken) {
    at.in('time').error(
      `${quote(text)} comes before the volume snapshot ${quote(snapshot.storage)} was taken (${new Date(taken).toISOString()}), which cannot be rolled back. Write an older snapshot, or none.`,
    );
  }
}

type Moment = Read<typeof moment>;

/** CloudNativePG names the snapshots of a ScheduledBackup after their moment: `immich-db-20261121030000`. */
function momentInName(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(name) ?? [];
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
