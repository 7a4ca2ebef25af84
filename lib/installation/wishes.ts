import type { Wish } from '../schema/wish.ts';
import type { Path } from '../text/path.ts';
import {
  configWishes,
  containerWishes,
  fluxWishes,
  monitoringWishes,
  networkWishes,
  routeWishes,
  valkeyWishes,
} from './wishes/components.ts';
import {
  backupWishes,
  cnpgWishes,
  databaseWishes,
  externalDatabaseWishes,
  s3Wishes,
} from './wishes/database.ts';
import { fileWishes } from './wishes/file.ts';
import { externalLibraryWishes, volumesWishes, volumeWishes } from './wishes/volumes.ts';

/**
 * Keys that people look for by the path of their section, in which * is any name, and what to write instead of each. None may be a key of its
 * section, and all that is advised must be right: a test holds both.
 */
export const wishes: ReadonlyMap<string, readonly Wish[]> = new Map([
  ['', fileWishes],
  ['volumes', volumesWishes],
  ['volumes.library', volumeWishes],
  ['volumes.generated', volumeWishes],
  ['volumes.models', volumeWishes],
  ['volumes.externalLibraries.*', externalLibraryWishes],
  ['database', databaseWishes],
  ['database.external', externalDatabaseWishes],
  ['database.cnpg', cnpgWishes],
  ['database.cnpg.backup', backupWishes],
  ['database.cnpg.backup.s3', s3Wishes],
  ['server', containerWishes],
  ['machineLearning', containerWishes],
  ['valkey', valkeyWishes],
  ['config', configWishes],
  ['route', routeWishes],
  ['monitoring', monitoringWishes],
  ['network', networkWishes],
  ['flux', fluxWishes],
]);

/** The wishes of the section at a path. */
export function wishesAt(path: Path): readonly Wish[] {
  return wishes.get(path.join('.')) ?? wishes.get([...path.slice(0, -1), '*'].join('.')) ?? [];
}
