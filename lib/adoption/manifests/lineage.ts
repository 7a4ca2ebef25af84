import { archiveFolderOf } from '../../cnpg/lineage.ts';

/**
 * The lineage with which a database archives to a folder, `none` where it needs none; undefined where no lineage leads
 * there.
 *
 * @param folder What Barman calls the server name.
 */
export function lineageOf(name: string, folder: string): string | undefined {
  if (archiveFolderOf({ name, lineage: undefined }) === folder) return 'none';
  return folder.startsWith(`${name}-`) ? folder.slice(name.length + 1) : undefined;
}
