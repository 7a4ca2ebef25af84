import type { Files } from '../files/files.ts';

/** A folder at two times. */
export interface TreeChange {
  readonly before: Files;
  readonly after: Files;
  /** The paths of files that are not the same, are new, or are gone. */
  readonly changed: readonly string[];
}

/** The paths of all files below a folder, in order; none where there is no such folder. */
export function pathsBelow(files: Files, folder: string): string[] {
  if (files.look(folder)?.kind !== 'folder') return [];
  return files
    .list(folder)
    .flatMap(({ name, kind }) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') return pathsBelow(files, path);
      return kind === 'file' ? [path] : [];
    })
    .sort();
}

/** The text of a file; undefined when there is none that can be read. */
export function textAt(files: Files, path: string): string | undefined {
  try {
    return files.look(path)?.kind === 'file' ? files.read(path) : undefined;
  } catch {
    return undefined;
  }
}
