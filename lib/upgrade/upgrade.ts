import type { Change } from '../changes/change.ts';
import { changesBetween } from '../changes/compare.ts';
import { type Standing, standingOf } from '../changes/standing.ts';
import { type State, sharedReader, statesOf } from '../changes/state.ts';
import { learningPoolsOf } from '../installation/machine-learning.ts';
import { namesOf } from '../runbook/names.ts';
import { settingsIn, withKeys } from './edited-file.ts';
import { databaseMoves, immichMoves, presentKeys, type Setting } from './moves.ts';
import { inOrder } from './order.ts';
import { type NoUpgrade, type Stage, stageOf } from './stage.ts';
import { waitsFor } from './waits.ts';

/** The way from what is to what is wanted: commits, each of which is merged and waited for before the next. */
export interface Upgrade {
  readonly kind: 'upgrade';
  readonly installation: string;
  readonly now: Standing;
  readonly wanted: Standing;
  readonly commits: readonly Commit[];
}

/** One commit of an upgrade. */
export interface Commit {
  readonly title: string;
  /** Keys of the installation file to write; none where it is the rest of what the file says. */
  readonly keys: readonly Setting[];
  readonly notes: readonly string[];
  /** What happens because of it, the gravest first. */
  readonly changes: readonly Change[];
  /** What to wait for before the next commit: commands. */
  readonly waits: readonly string[];
}

/**
 * The way from the manifests that are committed to what a file wants.
 *
 * @param file Name of the installation file, as messages show it.
 * @param text What is wanted, which is valid.
 * @param dist The committed texts of dist, of this installation at least.
 */
export function upgradeOf(
  file: string,
  text: string,
  dist: ReadonlyMap<string, string>,
): Upgrade | NoUpgrade {
  const read = sharedReader();
  const target = stageOf(file, text, read);
  if (target.kind === 'none') return target;
  const installation = target.plan.installation.name;
  const base = statesOf(dist, read).get(installation);
  if (base === undefined) {
    return {
      kind: 'none',
      problems: [`No dist of ${installation} is committed: it is new, and nothing is upgraded.`],
    };
  }
  const pools = learningPoolsOf(target.plan.installation.machineLearning);
  const [now, wanted] = [standingOf(base), standingOf(target.state)];
  const present = withKeys(text, settingsIn(text, presentKeys(now, wanted, pools)));
  const first = stageOf(file, present, read);
  if (first.kind === 'none') return first;
  const database =
    now.database === undefined || wanted.database === undefined
      ? []
      : databaseMoves(now.database, wanted.database);
  const order = inOrder(file, present, database, immichMoves(now, wanted, pools), read);
  if (order.kind === 'none') return order;
  const commit = (parts: Pick<Commit, 'title' | 'keys' | 'notes'>, before: State, { plan, state }: Stage) => {
    const changes = changesBetween(new Map([[installation, before]]), new Map([[installation, state]]));
    return { ...parts, changes, waits: waitsFor(namesOf(plan, file), changes) };
  };
  const rest = commit({ title: 'Everything else that the file changes', keys: [], notes: [] }, base, first);
  const befores = [first.state, ...order.moved.map(({ stage }) => stage.state)];
  const moves = order.moved.map(({ move, stage }, index) =>
    commit({ ...move, keys: settingsIn(text, move.keys) }, befores[index] ?? first.state, stage),
  );
  const commits = [...(rest.changes.length === 0 ? [] : [rest]), ...moves];
  return { kind: 'upgrade', installation, now, wanted, commits };
}
