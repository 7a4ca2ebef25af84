/**
 * The lineage of a database that never had one: it archives to a folder that is called like itself. A word and not an
 * empty value, so that a restore from there can be written down.
 */
export const originalLineage = 'original';

/** The lineage that comes after one: `v1` after `v0`, and after the first life, which has none. */
export function nextLineage(lineage: string | undefined): string {
  const [, word = '', number] = /^(.*?)(\d+)$/.exec(lineage ?? '') ?? [];
  return number === undefined ? 'v1' : `${word}${Number(number) + 1}`;
}

/** One life of a database: its name, and its lineage, which the first life may be without. */
export interface Life {
  readonly name: string;
  readonly lineage: string | undefined;
}

/** The folder in the store that a life of a database archives to; Barman calls it the server name. */
export function archiveFolderOf({ name, lineage }: Life): string {
  return lineage === undefined || lineage === originalLineage ? name : `${name}-${lineage}`;
}

/** A database, and the earlier life that it starts from. */
export interface Restored {
  readonly name: string;
  readonly restoreFrom: { readonly database: string | undefined; readonly lineage: string } | undefined;
}

/** The folder in the store that the database starts from, where it starts from a backup. */
export function sourceFolderOf({ name, restoreFrom }: Restored): string | undefined {
  return restoreFrom && archiveFolderOf({ name: restoreFrom.database ?? name, lineage: restoreFrom.lineage });
}
