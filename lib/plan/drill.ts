import type { Expectations } from '../drill/checks.ts';
import { extensionsOf } from '../immich/extensions.ts';
import { tablesOf } from '../immich/tables.ts';
import { supportOf } from '../immich/versions.ts';
import type { Backup } from '../installation/backup.ts';
import { archiveFolderOf, type Cnpg } from '../installation/cnpg.ts';
import { type Drill, drillStoreOf } from '../installation/drill.ts';
import type { Installation } from '../installation/installation.ts';
import type { Store } from '../installation/store.ts';
import type { Image } from '../values/image.ts';

/** Everything that a drill is made of, from the same values as the database that it restores. */
export interface DrillPlan {
  /** Name of the drill's objects. */
  readonly name: string;
  /** Name of the throw-away database. */
  readonly database: string;
  readonly namespace: string;
  readonly drill: Drill;
  readonly cnpg: Cnpg;
  /** Image of the database. */
  readonly image: Image;
  readonly method: Backup['method'];
  /** The store of the backups, opened with the drill's own credentials. */
  readonly store: Store;
  /** The folder that the database archives to. */
  readonly folder: string;
  readonly expectations: Expectations;
}

/** The drill of an installation; undefined where there is none. */
export function drillPlanOf(installation: Installation): DrillPlan | undefined {
  const { database, images, namespace, version } = installation;
  if (database.kind !== 'cnpg' || images.database === undefined) return undefined;
  const { cnpg } = database;
  if (cnpg.backup === 'none' || cnpg.backup.drill === 'none') return undefined;
  const { method, store, drill } = cnpg.backup;
  return {
    name: 'immich-drill',
    database: 'immich-drill-db',
    namespace: drillNamespaceOf(namespace, drill),
    drill,
    cnpg,
    image: images.database,
    method,
    store: drillStoreOf(store, drill),
    folder: archiveFolderOf(cnpg),
    expectations: {
      extensions: extensionsOf(images.database),
      tables: tablesOf(version),
      mediaLocation: supportOf(version).mediaLocation,
      newestDays: drill.newest.days,
      fewerRowsPercent: drill.fewerRows,
    },
  };
}

/** The namespace of the drill: `immich-drill` for an Immich in `immich`. */
function drillNamespaceOf(namespace: string, drill: Drill): string {
  return drill.namespace ?? `${namespace}-drill`;
}
