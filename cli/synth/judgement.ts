import { basename, dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { type Verdict, verdictOf } from '../../lib/changes/accepted.ts';
import type { Change } from '../../lib/changes/change.ts';
import { changesBetween } from '../../lib/changes/compare.ts';
import { withEdits } from '../../lib/changes/edited.ts';
import { type Reader, type State, sharedReader, statesOf } from '../../lib/changes/state.ts';
import type { DistState } from '../../lib/dist/plan.ts';
import type { Acceptance } from '../../lib/installation/accept.ts';
import type { Manifest } from '../../lib/manifests/manifest.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { contentName, contentsOf, isIgnored, isNewer, listingOf } from '../git.ts';

/** What a synth is judged by. */
export interface Question {
  readonly synthesis: Synthesis;
  /** The installation files: names as messages show them, and texts. */
  readonly sources: ReadonlyMap<string, string>;
  /** The texts that synth would write. */
  readonly wanted: ReadonlyMap<string, string>;
  /** What stands in the folder. */
  readonly present: DistState;
  /** The folder. */
  readonly target: string;
  /** The only installations that are written; undefined for all. */
  readonly only: readonly string[] | undefined;
}

/**
 * What the change from the last commit to the wanted files does. It is compared with the commit, because that is what
 * was reviewed and what Flux applies; what was written since then may be half of a change. Where no commit can ever
 * hold the folder (no git, no commit, or git ignores it) it is compared with what stands there.
 */
export function judge(question: Question): Verdict<Acceptance> {
  const { synthesis, wanted } = question;
  const { before, touched } = baseOf(question);
  const after = new Map(
    [...wanted.keys()]
      .filter((path) => touched.has(installationOf(path)))
      .map((path) => [path, wanted.get(path) ?? '']),
  );
  const read = readerOf(synthesis, after);
  const later = statesOf(after, read);
  const changes = changesBetween(statesOf(before, read), later);
  const installations = new Set(synthesis.clusters.map(({ plan }) => plan.installation));
  return verdictOf(
    changes.length === 0 ? changes : withoutFile(changes, later, question),
    [...installations].flatMap(({ accept }) => accept),
  );
}

/**
 * Tells of changes whose installation file is as it was at the last commit, that dist was edited; unless that file was
 * committed after dist was, so that synth has not run yet.
 */
function withoutFile(
  changes: readonly Change[],
  states: ReadonlyMap<string, State>,
  { sources, target }: Question,
): Change[] {
  const texts = new Map<string, string>();
  const unchanged = new Set<string>();
  for (const [installation, { source }] of states) {
    const text = source === undefined ? undefined : sources.get(source);
    if (source === undefined || text === undefined) continue;
    const name = listingOf(dirname(source), 'HEAD')?.get(basename(source));
    if (name === undefined || contentName(text, name) !== name) continue;
    if (isNewer(source, join(target, installation))) continue;
    unchanged.add(installation);
    texts.set(installation, text);
  }
  return withEdits(changes, unchanged, (installation, key) => {
    const value: unknown = parseDocument(texts.get(installation) ?? '').getIn(key);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  });
}

/** What is compared with. */
interface Base {
  /** The installations in which any file is another one now, new, or gone. */
  readonly touched: ReadonlySet<string>;
  /** The texts that theirs were. */
  readonly before: ReadonlyMap<string, string>;
}

/** The texts of the last commit, of those installations in which any of them is another one now, or is gone. */
function baseOf({ wanted, present, target, only }: Question): Base {
  const isMeant = (path: string) => only === undefined || only.includes(installationOf(path));
  const listing = listingOf(target, 'HEAD');
  if (listing === undefined || (listing.size === 0 && isIgnored(target))) {
    const paths = [...present.files.keys()].filter(isMeant);
    const differ = filesDiffering(paths, wanted, (path) => present.files.get(path) === wanted.get(path));
    return { touched: differ, before: textsOf(differ, paths, (path) => present.files.get(path)) };
  }
  const names = new Map([...listing].filter(([path]) => isMeant(path)));
  const isSame = (path: string) => {
    const [name, text] = [names.get(path), wanted.get(path)];
    return name !== undefined && text !== undefined && contentName(text, name) === name;
  };
  const paths = [...names.keys()];
  const differ = filesDiffering(paths, wanted, isSame);
  const others = paths.filter((path) => differ.has(installationOf(path)) && !isSame(path));
  const contents = contentsOf(
    target,
    others.flatMap((path) => names.get(path) ?? []),
  );
  const changed = new Set(others);
  const read = (path: string) => (changed.has(path) ? contents.get(names.get(path) ?? '') : wanted.get(path));
  return { touched: differ, before: textsOf(differ, paths, read) };
}

/** The installations with a file that is not the same, or is in one of the two alone. */
function filesDiffering(
  paths: readonly string[],
  wanted: ReadonlyMap<string, string>,
  isSame: (path: string) => boolean,
): Set<string> {
  const known = new Set(paths);
  const found = new Set<string>();
  for (const path of [...paths, ...[...wanted.keys()].filter((path) => !known.has(path))]) {
    if (!found.has(installationOf(path)) && !isSame(path)) found.add(installationOf(path));
  }
  return found;
}

function textsOf(
  installations: ReadonlySet<string>,
  paths: readonly string[],
  read: (path: string) => string | undefined,
): Map<string, string> {
  return new Map(
    paths
      .filter((path) => installations.has(installationOf(path)))
      .flatMap((path): [string, string][] => {
        const text = read(path);
        return text === undefined ? [] : [[path, text]];
      }),
  );
}

/** Takes what was just built as it is, and reads the rest. */
function readerOf({ clusters }: Synthesis, wanted: ReadonlyMap<string, string>): Reader {
  const built = new Map<string, Manifest[]>();
  for (const manifest of clusters.flatMap(({ manifests }) => manifests)) {
    built.set(manifest.file, [...(built.get(manifest.file) ?? []), manifest]);
  }
  const read = sharedReader();
  return (file, text) => (wanted.get(file) === text ? built.get(file) : undefined) ?? read(file, text);
}

function installationOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}
