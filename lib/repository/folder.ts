import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

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
const LARGEST = 4 * 1024 * 1024;

/** The most files that are looked at. */
const MOST = 200_000;

/**
 * The YAML files below a folder, or a single file, read one after the other so that memory does not grow with
 * them. Symbolic links are not followed. Folders of version control and of installed packages are left out.
 *
 * @throws Error when there is no such folder or file.
 */
export function readFolder(root: string): FolderContents {
  if (!statSync(root).isDirectory()) {
    const name = basename(root);
    return contents(dirname(root), [name], []);
  }
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(join(root, folder), folder, skipped)) {
      const path = folder + entry.name;
      if (paths.length >= MOST) {
        skipped.push({ file: path, reason: `more than ${MOST} files` });
        return contents(root, paths.sort(), skipped);
      }
      if (entry.isDirectory()) {
        if (!IGNORED.has(entry.name)) {
          open.push(`${path}/`);
        }
      } else if (entry.isSymbolicLink() && !staysInside(root, path)) {
        skipped.push({ file: path, reason: 'a link out of the folder' });
      } else {
        paths.push(path);
      }
    }
  }
  return contents(root, paths.sort(), skipped);
}

/** Reads a file again; undefined when it is gone, too large, or no file. */
export function readText(root: string, file: string): string | undefined {
  try {
    const path = join(statSync(root).isDirectory() ? root : dirname(root), file);
    const status = lstatSync(path);
    return status.isFile() && status.size <= LARGEST ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const IGNORED = new Set(['.git', 'node_modules', '.terraform', '.venv']);

function contents(root: string, paths: readonly string[], skipped: Skipped[]): FolderContents {
  return {
    paths,
    skipped,
    files: {
      *[Symbol.iterator]() {
        for (const file of paths) {
          const text = /\.ya?ml$/i.test(file) ? textOf(root, file, skipped) : undefined;
          if (text !== undefined) {
            yield { file, text };
          }
        }
      },
    },
  };
}

function textOf(root: string, file: string, skipped: Skipped[]): string | undefined {
  try {
    const status = lstatSync(join(root, file));
    if (!status.isFile()) {
      return undefined;
    }
    if (status.size > LARGEST) {
      skipped.push({ file, reason: `larger than ${LARGEST} bytes` });
      return undefined;
    }
    const text = readFileSync(join(root, file), 'utf8');
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

function entriesOf(path: string, folder: string, skipped: Skipped[]) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    skipped.push({ file: folder, reason: error instanceof Error ? error.message : String(error) });
    return [];
  }
}

function staysInside(root: string, path: string): boolean {
  try {
    return realpathSync(join(root, path)).startsWith(realpathSync(root) + sep);
  } catch {
    return false;
  }
}
