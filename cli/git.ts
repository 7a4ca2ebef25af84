import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** The files of a folder as a commit has them, without links: path below the folder to the name of its content. */
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
      const [, type, name, path] = /^100\d+ (\w+) (\w+)\t(.*)$/s.exec(entry) ?? [];
      return type !== 'blob' || name === undefined || !path?.startsWith(start)
        ? []
        : [[path.slice(start.length), name]];
    }),
  );
}

/** What differs between a commit and a folder as it stands, untracked files included; links and submodules are left out. */
export interface Difference {
  /** Path below the folder to the name of its content at the commit; undefined for a file that is new. */
  readonly changed: ReadonlyMap<string, string | undefined>;
  /** The paths of `changed` that are gone. */
  readonly gone: ReadonlySet<string>;
}

/** What differs between a commit and a folder that is there; undefined when git cannot tell. */
export function differenceFrom(folder: string, commit: string): Difference | undefined {
  const raw = ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--ignore-submodules'];
  const listed = git(folder, [...raw, '--relative', commit, '--', '.']);
  const others = git(folder, ['ls-files', '-z', '--others', '--exclude-standard', '--', '.']);
  if (listed === undefined || others === undefined) return undefined;
  const changed = new Map<string, string | undefined>();
  const gone = new Set<string>();
  const parts = listed.toString('utf8').split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, from = '', to = '', name = ''] = /^:(\d+) (\d+) (\w+) /.exec(parts[at] ?? '') ?? [];
    const path = parts[at + 1] ?? '';
    const [was, is] = [isRegular(from), isRegular(to)];
    // Without its refreshed index git also names files that were only written again.
    if (was && is && contentNameAt(join(folder, path), name) === name) continue;
    if (was || is) changed.set(path, was ? name : undefined);
    if (was && !is) gone.add(path);
  }
  for (const path of others.toString('utf8').split('\0')) {
    if (path !== '') changed.set(path, changed.get(path));
  }
  return { changed, gone };
}

function isRegular(mode: string): boolean {
  return mode.startsWith('100');
}

/** A commit by its name, or by that of a branch; undefined when there is none. */
export function commitOf(folder: string, reference: string): string | undefined {
  const found = git(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${reference}^{commit}`,
  ]);
  return found?.toString('utf8').trim();
}

/** The commit at which two histories parted; undefined when they have none in common. */
export function mergeBaseOf(folder: string, one: string, other: string): string | undefined {
  return git(folder, ['merge-base', one, other])?.toString('utf8').trim();
}

/** Whether the last commit of one path came after that of another, as far as git has their history. */
export function isNewer(path: string, other: string): boolean {
  const [one, before] = [path, other].map(lastCommitOf);
  if (one === undefined || before === undefined || one === before) return false;
  return git(placeOf(dirname(path)).anchor, ['merge-base', '--is-ancestor', before, one]) !== undefined;
}

/** The last commit in which a file or folder became another one. */
function lastCommitOf(path: string): string | undefined {
  const { anchor, below } = placeOf(dirname(resolve(path)));
  const name = [below, basename(path)].filter((part) => part !== '').join('/');
  const found = git(anchor, ['rev-list', '--max-count=1', 'HEAD', '--', name])?.toString('utf8').trim();
  return found === '' ? undefined : found;
}

/** A folder as seen from the root of its repository, `kubernetes/`; undefined without git or repository. */
export function placeInRepository(folder: string): string | undefined {
  return git(folder, ['rev-parse', '--show-prefix'])?.toString('utf8').trim();
}

/** Where the repository of a folder was cloned from; undefined without git, repository or origin. */
export function originOf(folder: string): string | undefined {
  return git(folder, ['remote', 'get-url', 'origin'])?.toString('utf8').trim();
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
  return nameOf(Buffer.from(text, 'utf8'), like);
}

function contentNameAt(path: string, like: string): string | undefined {
  try {
    return nameOf(readFileSync(path), like);
  } catch {
    return undefined;
  }
}

function nameOf(content: Buffer, like: string): string {
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

/** Runs git, which without the options would refresh its index on the way: `git diff` heeds only the second one. */
function git(folder: string, args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout } = spawnSync(
    'git',
    ['--no-optional-locks', '-c', 'diff.autoRefreshIndex=false', '-C', folder, ...args],
    {
      ...(input === undefined ? {} : { input }),
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 1024 ** 3,
    },
  );
  return status === 0 ? stdout : undefined;
}
