import {
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import type { EntryKind, WritableFiles } from '../lib/files/files.ts';

/** The files of a folder on disk, by Node. */
export function nodeFiles(folder: string): WritableFiles {
  const at = (path: string) => join(folder, path);
  return {
    name: folder,
    look: (path) => {
      const status = lstatSync(at(path), { throwIfNoEntry: false });
      return status === undefined ? undefined : { kind: kindOf(status), size: status.size };
    },
    list: (path) =>
      readdirSync(at(path), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        kind: kindOf(entry),
      })),
    read: (path) => readFileSync(at(path), 'utf8'),
    staysInside: (path) => {
      try {
        return realpathSync(at(path)).startsWith(realpathSync(folder) + sep);
      } catch {
        // A link to nothing, or in a circle.
        return false;
      }
    },
    makeFolder: (path) => {
      mkdirSync(at(path), { recursive: true });
    },
    claimFolder: (path) => mkdirSync(at(path)),
    write: (path, text) => writeFileSync(at(path), text),
    move: (from, to) => renameSync(at(from), at(to)),
    remove: (path) => rmSync(at(path), { recursive: true, force: true }),
    removeEmptyFolder: (path) => rmdirSync(at(path)),
    withoutInterruption,
  };
}

function kindOf(one: Dirent | Stats): EntryKind {
  if (one.isSymbolicLink()) return 'link';
  if (one.isDirectory()) return 'folder';
  return one.isFile() ? 'file' : 'other';
}

function withoutInterruption(work: () => void): void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => {};
  for (const signal of signals) process.on(signal, wait);
  try {
    work();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
