import type { Entry, Files } from '../files/files.ts';

/** A text file of a folder. */
export interface TextFile {
  /** Its path with forward slashes, relative to the folder. */
  readonly file: string;
  readonly text: string;
}

/** A file that was left out, and why. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

/** What a folder holds. */
export interface FolderContents {
  /** The YAML files, in the order of their paths. */
  readonly files: Iterable<TextFile>;
  /** All paths, also of files that are no YAML, and of links. Filled in before `files` is read. */
  readonly paths: readonly string[];
  /** What was left out; grows while `files` is read. */
  readonly skipped: readonly Skipped[];
}

/** The largest file that is read, in bytes. Custom resource definitions reach two megabytes. */
const largest = 4 * 1024 * 1024;

/** The most files that are looked at. */
const most = 200_000;

/**
 * The YAML files of a folder, or one of them, read one after the other so that memory does not grow with them.
 * Symbolic links are not followed. Folders of version control and of installed packages are left out.
 *
 * @throws Error when the folder itself cannot be read.
 */
export function readFolder(files: Files, only?: string): FolderContents {
  if (only !== undefined) return contents(files, [only], []);
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const { name, kind } of entriesOf(files, folder, skipped)) {
      const path = folder + name;
      if (paths.length >= most) {
        skipped.push({ file: path, reason: `more than ${most} files` });
        return contents(files, paths.sort(), skipped);
      }
      if (kind === 'folder') {
        if (!ignored.has(name)) {
          open.push(`${path}/`);
        }
      } else if (kind === 'link' && !files.staysInside(path)) {
        skipped.push({ file: path, reason: 'a link out of the folder' });
      } else {
        paths.push(path);
      }
    }
  }
  return contents(files, paths.sort(), skipped);
}

/** Reads a file again; undefined when it is gone, too large, or no file. */
export function readText(files: Files, file: string): string | undefined {
  try {
    const status = files.look(file);
    return status?.kind === 'file' && status.size <= largest ? files.read(file) : undefined;
  } catch {
    return undefined;
  }
}

const ignored = new Set(['.git', 'node_modules', '.terraform', '.venv']);

function contents(folder: Files, paths: readonly string[], skipped: Skipped[]): FolderContents {
  return {
    paths,
    skipped,
    files: {
      *[Symbol.iterator]() {
        for (const file of paths) {
          const text = /\.ya?ml$/i.test(file) ? textOf(folder, file, skipped) : undefined;
          if (text !== undefined) {
            yield { file, text };
          }
        }
      },
    },
  };
}

function textOf(folder: Files, file: string, skipped: Skipped[]): string | undefined {
  try {
    const status = folder.look(file);
    if (status?.kind !== 'file') {
      return undefined;
    }
    if (status.size > largest) {
      skipped.push({ file, reason: `larger than ${largest} bytes` });
      return undefined;
    }
    const text = folder.read(file);
    if (text.includes('\0')) {
      skipped.push({ file, reason: 'not a text' });
      return undefined;
    }
    return text;
  } catch (error) {
    skipped.push({ file, reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function entriesOf(files: Files, folder: string, skipped: Skipped[]): readonly Entry[] {
  try {
    return files.list(folder);
  } catch (error) {
    if (folder === '') throw error;
    skipped.push({ file: folder, reason: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
