import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

/** The files of a folder as a commit has them: path below the folder to the name of its content. */
export type Listing = ReadonlyMap<string, string>;

/**
 * What a commit holds of a folder, in the repository that holds the folder; undefined when there is no git, no
 * repository, or no such commit. The folder itself need not be there any more.
 */
export function listingOf(folder: string, commit: string): Listing | undefined {
  const { anchor, below } = placeOf(folder);
  const listed = git(anchor, ['ls-tree', '-r', '-z', commit, ...(below === '' ? [] : ['--', `${below}/`])]);
  if (listed === undefined) return undefined;
  const start = below === '' ? '' : `${below}/`;
  const entries = listed.toString('utf8').split('\0');
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const [, type, name, path] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(entry) ?? [];
      return type !== 'blob' || name === undefined || !path?.startsWith(start)
        ? []
        : [[path.slice(start.length), name]];
    }),
  );
}

/** The texts of contents by their names; what git does not have is left out. */
export function contentsOf(folder: string, names: readonly string[]): Map<string, string> {
  const wanted = [...new Set(names)];
  const found = new Map<string, string>();
  if (wanted.length === 0) return found;
  const output = git(placeOf(folder).anchor, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  let at = 0;
  while (output !== undefined && at < output.length) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const [name = '', type, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (type === undefined || size === undefined) continue;
    found.set(name, output.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** The name that git gives to a text, as long as the given one, so that texts are compared without being read. */
export function contentName(text: string, like: string): string {
  const content = Buffer.from(text, 'utf8');
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

/** Whether git is told to leave a folder out, so that no commit will ever hold it. */
export function isIgnored(folder: string): boolean {
  const { anchor, below } = placeOf(folder);
  return git(anchor, ['check-ignore', '-q', below === '' ? '.' : below]) !== undefined;
}

/** The nearest folder that is there, and the way from it to the one that is meant. */
function placeOf(folder: string): { readonly anchor: string; readonly below: string } {
  const whole = resolve(folder);
  let anchor = whole;
  while (!existsSync(anchor) && dirname(anchor) !== anchor) anchor = dirname(anchor);
  return { anchor, below: relative(anchor, whole).split(sep).join('/') };
}

function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...args], {
    ...(input === undefined ? {} : { input }),
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: 1024 ** 3,
  });
  return status === 0 ? stdout : undefined;
}
