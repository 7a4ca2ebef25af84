import { type Verdict, verdictOf } from '../../lib/changes/accepted.ts';
import { changesBetween } from '../../lib/changes/compare.ts';
import { type Reader, type State, sharedReader, statesOf } from '../../lib/changes/state.ts';
import type { DistState } from '../../lib/dist/plan.ts';
import type { Acceptance } from '../../lib/installation/accept.ts';
import type { Manifest } from '../../lib/manifests/manifest.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { contentName, contentsOf, isIgnored, listingOf } from '../git.ts';

/** What a synth is judged by. */
export interface Question {
  readonly synthesis: Synthesis;
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
  const before = baseOf(question);
  const touched = new Set(
    [...new Set([...before.keys(), ...wanted.keys()])]
      .filter((path) => before.get(path) !== wanted.get(path))
      .map(installationOf),
  );
  const part = (files: ReadonlyMap<string, string>) =>
    new Map([...files].filter(([path]) => touched.has(installationOf(path))));
  const read = readerOf(synthesis, wanted);
  const states = (files: ReadonlyMap<string, string>): Map<string, State> => statesOf(part(files), read);
  const installations = new Set(synthesis.clusters.map(({ plan }) => plan.installation));
  return verdictOf(
    changesBetween(states(before), states(wanted)),
    [...installations].flatMap(({ accept }) => accept),
  );
}

/** The texts of the last commit, as far as they are of installations that are written. */
function baseOf({ wanted, present, target, only }: Question): Map<string, string> {
  const isMeant = (path: string) => only === undefined || only.includes(installationOf(path));
  const listing = listingOf(target, 'HEAD');
  if (listing === undefined || (listing.size === 0 && isIgnored(target))) {
    return new Map([...present.files].filter(([path]) => isMeant(path)));
  }
  const meant = [...listing].filter(([path]) => isMeant(path));
  const others = meant.filter(([path, name]) => {
    const text = wanted.get(path);
    return text === undefined || contentName(text, name) !== name;
  });
  const contents = contentsOf(
    target,
    others.map(([, name]) => name),
  );
  const changed = new Set(others.map(([path]) => path));
  return new Map(
    meant.flatMap(([path, name]): [string, string][] => {
      const text = changed.has(path) ? contents.get(name) : wanted.get(path);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

/** Takes what was just built as it is, and reads the rest. */
function readerOf({ clusters }: Synthesis, wanted: ReadonlyMap<string, string>): Reader {
  const built = new Map<string, Manifest>(
    clusters.flatMap(({ manifests }) =>
      manifests.map((manifest): [string, Manifest] => [manifest.file, manifest]),
    ),
  );
  const read = sharedReader();
  return (file, text) => (wanted.get(file) === text ? built.get(file) : undefined) ?? read(file, text);
}

function installationOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}
