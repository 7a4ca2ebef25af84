import { quote } from '../lib/text/quoting.ts';

/** Why a file or folder cannot be read or written, in a sentence for people. */
export function unreadableText(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const name = nameOf(path);
  switch (code) {
    case 'ENOENT':
      return `There is no ${name}.`;
    case 'EISDIR':
      return `${name} is a folder. Name a file in it.`;
    case 'ENOTDIR':
      return `There is no ${name}: a part of that path is a file.`;
    case 'ENAMETOOLONG':
      return `${name} is longer than a path can be.`;
    case 'EACCES':
    case 'EPERM':
      return `${name} cannot be opened: you have no right to it.`;
    default:
      return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** A path as messages show it: as it is, unless it is no path that anybody would write. */
export function nameOf(path: string): string {
  return path.length > longest ? quote(path) : path;
}

/** Longer than what people have. */
const longest = 250;
