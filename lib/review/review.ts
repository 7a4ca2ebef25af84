import { type Acceptance, verdictOf } from '../changes/accepted.ts';
import { type Change, type Grade, gravest, inOrder } from '../changes/change.ts';
import { changesBetween } from '../changes/compare.ts';
import { type State, sharedReader } from '../changes/state.ts';
import type { Files } from '../files/files.ts';
import { redactionOf } from '../text/redaction.ts';
import type { RehearsalVerdict } from '../values/rehearsal.ts';
import { asEdit } from './edited.ts';
import { handmadeChanges, mayChangeProgram } from './handmade.ts';
import { type InstallationFile, installationFiles, type PlacedAcceptance } from './installation-files.ts';
import { others, othersIn } from './others.ts';
import { inside, ownDists } from './own-dist.ts';
import { type PictureChange, pictureChanges } from './pictures.ts';
import { type Place, Places } from './place.ts';
import { type Rehearsal, rehearsalsOf } from './rehearsals.ts';
import { secretsIn } from './secrets.ts';
import { type Stale, staleFiles } from './stale.ts';
import type { TreeChange } from './tree-change.ts';
import { withUnreadable } from './unreadable.ts';

/** What a change of a folder does. */
export interface Review {
  /** The gravest of the changes; what is accepted counts as `steps`. */
  readonly verdict: Grade;
  /** The gravest first. */
  readonly changes: readonly ReviewedChange[];
  /** Installations that are new, of which nothing else is told. */
  readonly added: readonly string[];
  /** Installation files that change without their dist, so that it cannot be told yet what they do. */
  readonly stale: readonly Stale[];
  /** The pictures of installations in which something comes or goes. */
  readonly pictures: readonly PictureChange[];
  /** Acceptances that no change answers to. */
  readonly unmatched: readonly PlacedAcceptance[];
  /** What rehearsals ended with, as far as somebody gave their results. */
  readonly rehearsals: readonly Rehearsal[];
}

/** A change, and where a reviewer looks for it. */
export interface ReviewedChange extends Change {
  /** Why it is meant although it is refused; undefined for all that nobody accepted. */
  readonly accepted: string | undefined;
  /** The installation file where the key is known, else the manifest. */
  readonly place: Place;
}

/**
 * Tells what happens because of a change of a folder: on our own dist, and in manifests of others.
 *
 * @param verdicts Of rehearsals, which count where they are of this change.
 */
export function reviewOf(tree: TreeChange, verdicts: readonly RehearsalVerdict[] = []): Review {
  const read = sharedReader();
  const changes = new Map<Change, ReviewedChange>();
  const added: string[] = [];
  const unmatched: PlacedAcceptance[] = [];
  const known = new Set<string>();
  const changed = new Set(tree.changed);
  const dists = ownDists(tree, read);
  for (const { root, before, after } of dists) {
    const files = installationFiles(tree.after, root, [...before.values(), ...after.values()]);
    for (const { path } of files.values()) known.add(path);
    const judged = judge(before, after, files, (path) => inside(root, path), changed, tree.after);
    for (const [change, reviewed] of judged.changes) changes.set(change, reviewed);
    added.push(...judged.added);
    unmatched.push(...judged.unmatched);
  }
  const stale = staleFiles(tree, known);
  for (const { file } of stale) known.add(file);
  const others = othersIn(tree, known);
  const judged = judge(others.before, others.after, new Map(), (path) => path, changed, tree.after);
  for (const [change, reviewed] of judged.changes) changes.set(change, reviewed);
  const rehearsals = rehearsalsOf(dists, verdicts);
  const ordered = inOrder([...changes.keys()]).flatMap((change) => changes.get(change) ?? []);
  return {
    verdict: gravest([
      ...ordered.map(({ grade, accepted }) => ({ grade: accepted === undefined ? grade : 'steps' }) as const),
      ...stale.map(() => ({ grade: 'steps' }) as const),
      ...rehearsals.map(({ ending }) => ({ grade: ending === 'passed' ? 'routine' : 'refused' }) as const),
    ]),
    changes: ordered,
    added: [...added, ...judged.added].sort(),
    pictures: pictureChanges(tree, dists),
    unmatched,
    stale,
    rehearsals,
  };
}

function judge(
  before: ReadonlyMap<string, State>,
  after: ReadonlyMap<string, State>,
  files: ReadonlyMap<string, InstallationFile>,
  inFolder: (path: string) => string,
  changed: ReadonlySet<string>,
  tree: Files,
): Pick<Review, 'added' | 'unmatched'> & { readonly changes: ReadonlyMap<Change, ReviewedChange> } {
  const unedited = (installation: string) => {
    const { source = '' } = after.get(installation) ?? before.get(installation) ?? {};
    const file = files.get(source);
    return file !== undefined && changed.has(file.path) ? undefined : file;
  };
  const isByHand = !mayChangeProgram(changed);
  const judged = withUnreadable(changesBetween(before, after), tree, inFolder).map((change) =>
    asEdit(change, unedited(change.installation), isByHand),
  );
  const standing = new Map([...after].filter(([name]) => before.has(name)));
  const changes = [...judged, ...handmadeChanges(standing, changed, files, inFolder, judged)];
  const acceptances: PlacedAcceptance[] = [...files.values()].flatMap((file) => file.acceptances);
  const { accepted, unmatched } = verdictOf<Acceptance & PlacedAcceptance>(changes, acceptances);
  const meant = new Map(accepted.map(({ change, because }) => [change.id, because]));
  const places = new Places(before, after, files, inFolder);
  const redact = redactionOf(secretsIn(before, after));
  const placed = (change: Change): ReviewedChange => {
    const place = places.of(change);
    const because = meant.get(change.id);
    return {
      ...change,
      id: redact(change.id),
      sentence: redact(change.sentence),
      steps: change.steps.map(redact),
      objects: change.objects.map(redact),
      file: place.file,
      place,
      accepted: because === undefined ? undefined : redact(because),
    };
  };
  const touched = new Set(judged.map(({ installation }) => installation));
  return {
    changes: new Map(changes.map((change) => [change, placed(change)])),
    added: [...after.keys()].filter((name) => !before.has(name) && !touched.has(name)),
    unmatched: unmatched.map((one) => ({ ...one, change: redact(one.change), because: redact(one.because) })),
  };
}

/** Whether the manifests of others are meant by the name of an installation. */
export function isOthers(installation: string): boolean {
  return installation === others;
}
