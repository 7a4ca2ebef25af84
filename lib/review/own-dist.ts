import { type Reader, type State, statesOf } from '../changes/state.ts';
import { isMarked } from '../dist/plan.ts';
import type { Files } from '../files/files.ts';
import { pathsBelow, type TreeChange, textAt } from './tree-change.ts';

/** A folder that synth writes, with the installations in which something changes. */
export interface OwnDist {
  /** The folder; empty where it is the whole. */
  readonly root: string;
  readonly before: ReadonlyMap<string, State>;
  readonly after: ReadonlyMap<string, State>;
}

/** The folders of ours in which files change. Installations without a change are not read. */
export function ownDists({ before, after, changed }: TreeChange, read: Reader): OwnDist[] {
  const touched = new Map<string, Set<string>>();
  for (const path of changed) {
    const place = placeOf(path, (page) =>
      [before, after].some((files) => isMarked(textAt(files, page) ?? '')),
    );
    if (place === undefined) continue;
    const isMade = [before, after].some((files) => isMarked(textAt(files, path) ?? ''));
    if (isMade) touched.set(place.root, (touched.get(place.root) ?? new Set()).add(place.installation));
  }
  return [...touched]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([root, installations]) => ({
      root,
      before: statesOf(textsOf(before, root, installations), read),
      after: statesOf(textsOf(after, root, installations), read),
    }));
}

/** A path without its folder of ours, which it stands in. */
export function inside(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}

/**
 * Where an installation stands, by its runbook: `<root>/<installation>/RUNBOOK.md`. Without one a file is
 * `<root>/<installation>/<cluster>/<layer>/<file>.yaml`.
 */
function placeOf(
  path: string,
  isOurs: (page: string) => boolean,
): { readonly root: string; readonly installation: string } | undefined {
  const steps = path.split('/');
  const runbook = [2, 3, 4].find(
    (depth) => depth <= steps.length && isOurs([...steps.slice(0, 1 - depth), 'RUNBOOK.md'].join('/')),
  );
  const depth = runbook ?? (path.endsWith('.md') ? 2 : 4);
  const installation = steps.at(-depth);
  return installation === undefined ? undefined : { root: steps.slice(0, -depth).join('/'), installation };
}

function textsOf(files: Files, root: string, installations: ReadonlySet<string>): Map<string, string> {
  return new Map(
    [...installations].sort().flatMap((installation) =>
      pathsBelow(files, inside(root, installation)).flatMap((path): [string, string][] => {
        const text = textAt(files, path);
        return text === undefined ? [] : [[root === '' ? path : path.slice(root.length + 1), text]];
      }),
    ),
  );
}
