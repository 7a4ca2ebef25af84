import { quote } from '../text/quoting.ts';

/** What stands in a folder that synth writes. Paths are relative to it, with forward slashes. */
export interface DistState {
  /** The text of every regular file. */
  readonly files: ReadonlyMap<string, string>;
  readonly folders: readonly string[];
  /** Symbolic links, sockets and whatever else is neither a file nor a folder. */
  readonly others: readonly string[];
}

/** What has to happen for a folder to hold what it should. */
export interface DistPlan {
  /** New and changed files: path to text. */
  readonly write: ReadonlyMap<string, string>;
  /** Those of `write` that stand there with an older text. */
  readonly changed: readonly string[];
  /** Files of an earlier synth that are no longer produced. */
  readonly remove: readonly string[];
  /** Files that already are as they should be. */
  readonly unchanged: readonly string[];
  /** Folders in which nothing is left, the innermost first. */
  readonly emptied: readonly string[];
  /** What synth did not write and so will not touch: nothing is written while there is any. */
  readonly foreign: readonly ForeignFile[];
}

/** Something that synth did not write. */
export interface ForeignFile {
  readonly path: string;
  /** How synth knows, as in `path was not written by synth: it ...`. */
  readonly reason: string;
}

/**
 * A text with the line in front that says where it comes from. By this line a later synth, also in a fresh
 * clone, knows the file for its own, to change or to remove. An inventory file would do the same, but conflict
 * in every merge.
 *
 * @param path Its extension says what a comment looks like.
 * @param source The file that a person edits instead.
 * @throws Error when there is no comment in files of that extension.
 */
export function withMarker(path: string, source: string, text: string): string {
  const style = Object.entries(commentStyles).find(([extension]) => path.endsWith(extension));
  if (style === undefined) {
    const known = Object.keys(commentStyles).join(' or ');
    throw new Error(`${path}: synth can only mark files as its own that end in ${known}.`);
  }
  const [, { start, end }] = style;
  return `${start}${marker}${source}. Edit that file, not this one.${end}\n${text}`;
}

/**
 * What to do so that a folder holds the wanted files and nothing else.
 *
 * @param wanted Path to text; every text is `marked`.
 * @param same Paths of which it is known already that both texts are the same, and so are not read again.
 * @throws Error when the wanted files cannot stand in one folder: a path that leads out of it, two paths that
 * differ only in case (one file on macOS and Windows), a file in the place of a folder, a text without mark.
 */
export function planDist(
  wanted: ReadonlyMap<string, string>,
  present: DistState,
  same: ReadonlySet<string> = new Set(),
): DistPlan {
  const write = new Map<string, string>();
  for (const path of wanted.keys()) {
    if (same.has(path)) continue;
    const text = wanted.get(path) ?? '';
    if (!isMarked(text)) throw new Error(`${path}: the text does not say that synth made it.`);
    if (present.files.get(path) !== text) write.set(path, text);
  }
  checkPaths(wanted);
  const changed = [...write.keys()].filter((path) => present.files.has(path));
  const unwanted = [...present.files.keys()].filter((path) => !wanted.has(path));
  const isOwn = (path: string) => isMarked(present.files.get(path) ?? '');
  const foreign = [
    ...[...changed, ...unwanted].filter((path) => !isOwn(path)).map((path) => ({ path, reason: unmarked })),
    ...present.others.map((path) => ({ path, reason: irregular })),
  ];
  return {
    write,
    changed,
    remove: unwanted.filter(isOwn),
    unchanged: [...wanted.keys()].filter((path) => !write.has(path)),
    emptied: emptiedFolders(present.folders, [...wanted.keys(), ...foreign.map(({ path }) => path)]),
    foreign,
  };
}

/** The folders that lead to a path, the outermost first. */
export function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

const marker = 'Made by immich-cdk8s from ';

const unmarked = `it does not begin with a comment that says ${quote(marker.trim())}`;
const irregular = 'it is a symbolic link or something else that is not a regular file';

const commentStyles = {
  '.yaml': { start: '# ', end: '' },
  '.md': { start: '<!-- ', end: ' -->' },
};

/** Whether a text says in its first line that synth made it. */
export function isMarked(text: string): boolean {
  return Object.values(commentStyles).some(({ start }) => text.startsWith(start + marker));
}

function emptiedFolders(present: readonly string[], kept: readonly string[]): string[] {
  const needed = new Set(kept.flatMap(foldersOf));
  return present
    .filter((folder) => !needed.has(folder))
    .sort()
    .reverse();
}

function checkPaths(wanted: ReadonlyMap<string, string>): void {
  const spellings = new Map<string, string>();
  for (const path of wanted.keys()) {
    if (path.split('/').some((name) => ['', '.', '..'].includes(name)) || /[\\\p{Cc}]/u.test(path)) {
      throw new Error(`${quote(path)} is not a path inside the folder that synth writes.`);
    }
    const folders = foldersOf(path);
    const file = folders.find((folder) => wanted.has(folder));
    if (file !== undefined) throw new Error(`${file} cannot be a file: ${path} needs a folder of that name.`);
    for (const spelling of [...folders, path]) {
      const earlier = spellings.get(spelling.toLowerCase());
      if (earlier !== undefined && earlier !== spelling) {
        throw new Error(
          `${earlier} and ${spelling} differ only in case: on macOS and Windows they are one file.`,
        );
      }
      spellings.set(spelling.toLowerCase(), spelling);
    }
  }
}
