import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LateTexts } from '../lib/dist/late-texts.ts';
import { filesOf } from '../lib/files/texts.ts';
import type { TreeChange } from '../lib/review/tree-change.ts';
import { quote } from '../lib/text/quoting.ts';
import { commitOf, contentsOf, differenceFrom, listingOf, mergeBaseOf, placeInRepository } from './git.ts';

/**
 * A folder at the commit where HEAD and a reference parted, and as it stands now. Files that are the same are read from
 * disk for both, the others from git, so that nothing is checked out.
 *
 * @returns A sentence that says why there is nothing to compare.
 */
export function treesOf(folder: string, reference: string): TreeChange | string {
  if (placeInRepository(folder) === undefined) {
    return `${folder} is in no git repository, or git cannot be run.`;
  }
  const [head, other] = [commitOf(folder, 'HEAD'), commitOf(folder, reference)];
  if (head === undefined) return `${folder} is in a git repository without a commit.`;
  if (other === undefined) {
    return `git knows no commit by the name of ${quote(reference)}. Fetch it first: git fetch origin, or fetch-depth: 0 in actions/checkout.`;
  }
  const base = mergeBaseOf(folder, other, head);
  if (base === undefined) {
    return `HEAD and ${quote(reference)} have no commit in common here. Fetch more of their history: git fetch --unshallow, or fetch-depth: 0 in actions/checkout.`;
  }
  const listing = listingOf(folder, base);
  const difference = differenceFrom(folder, base);
  if (listing === undefined || difference === undefined) return `git does not say what changed in ${folder}.`;
  const { changed, gone } = difference;
  const names = [...changed].flatMap(([path, name]) => (name !== undefined && isText(path) ? [name] : []));
  const contents = contentsOf(folder, names);
  const onDisk = (path: string) => readFileSync(join(folder, path), 'utf8');
  const earlier = (path: string) => {
    const name = changed.get(path);
    if (name === undefined) return onDisk(path);
    return contents.get(name) ?? contentsOf(folder, [name]).get(name) ?? '';
  };
  const now = [...listing.keys()].filter((path) => !gone.has(path));
  const added = [...changed].flatMap(([path, name]) => (name === undefined ? [path] : []));
  return {
    before: filesOf(folder, new LateTexts(listing.keys(), earlier)),
    after: filesOf(folder, new LateTexts([...now, ...added], onDisk)),
    changed: [...changed.keys()].sort(),
  };
}

/** What is sure to be read; the rest is asked for one by one, if at all. */
function isText(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
