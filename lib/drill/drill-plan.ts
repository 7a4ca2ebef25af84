import { archiveFolderOf } from '../cnpg/lineage.ts';
import { extensionsOf } from '../immich/extensions.ts';
import { tablesOf } from '../immich/tables.ts';
import type { Backup } from '../installation/backup.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { Deadline } from '../installation/deadline.ts';
import { type Drill, drillStoreOf } from '../installation/drill.ts';
import type { MediaLocation } from '../installation/media-location.ts';
import type { Resources } from '../installation/resources.ts';
import type { Store } from '../installation/store.ts';
import type { Image } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import type { Expectations } from './checks.ts';

/** Everything that a drill is made of, from the same values as the database that it restores. */
export interface DrillPlan {
  /** Name of the drill's objects. */
  readonly name: string;
  /** Name of the throw-away database. */
  readonly database: string;
  readonly namespace: string;
  readonly drill: TimedDrill;
  /** How far back the backups reach, in days. */
  readonly retentionDays: number;
  readonly cnpg: Cnpg;
  /** Image of the database. */
  readonly image: Image;
  readonly method: Backup['method'];
  /** The store of the backups, opened with the drill's own credentials. */
  readonly store: Store;
  /** What the program that restores may use, where the plugin does it. */
  readonly sidecar: Resources;
  /** The folder that the database archives to. */
  readonly folder: string;
  readonly expectations: Expectations;
  /** How many files the drill of files compares besides the newest and the oldest; undefined where there is none. */
  readonly randomFiles: number | undefined;
}

/** A drill whose time is limited. */
export interface TimedDrill extends Drill {
  readonly deadline: Deadline;
}

/** Four hours, and an hour more for every 25Gi of the database, up to two days. */
function deadlineFor({ storage }: Cnpg): Deadline {
  const hours = Math.min(48, Math.max(4, 1 + Math.ceil(storage.size.amount / (25 * 2 ** 30))));
  return { text: `${hours}h`, seconds: hours * 3600 };
}

/** The drill of a database; undefined where its backup or its drill is switched off. */
export function drillPlanOf(database: {
  readonly cnpg: Cnpg;
  readonly image: Image;
  /** Version of Immich, which decides what the database must hold. */
  readonly version: Version;
  /** Namespace of the drill, which holds nothing else. */
  readonly namespace: string;
  /** Name of the drill's objects. */
  readonly name: string;
  /** Where Immich keeps its files. */
  readonly mediaLocation: MediaLocation;
  /** Whether Immich sleeps, so that nothing new is written. */
  readonly isStopped: boolean;
}): DrillPlan | undefined {
  const { cnpg, image, version, namespace, name, mediaLocation, isStopped } = database;
  if (cnpg.backup === 'none' || cnpg.backup.drill === 'none') return undefined;
  const { method, store, drill, sidecar, retention } = cnpg.backup;
  return {
    name,
    database: `${name}-db`,
    namespace,
    drill: { ...drill, deadline: drill.deadline ?? deadlineFor(cnpg) },
    retentionDays: retention.days,
    cnpg,
    image,
    method,
    store: drillStoreOf(store, drill),
    sidecar,
    folder: archiveFolderOf(cnpg),
    expectations: {
      extensions: extensionsOf(image),
      tables: tablesOf(version),
      mediaLocation,
      newest: isStopped ? undefined : { days: drill.newest.days, photoDays: drill.newestPhoto.days },
      folder: archiveFolderOf(cnpg),
      fewerRowsPercent: drill.fewerRows,
    },
    randomFiles: drill.files?.random,
  };
}
