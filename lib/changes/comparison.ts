import type { Field } from '../manifests/field.ts';
import { Inventory } from '../manifests/inventory.ts';
import { type WorkloadView, workload } from '../manifests/views/workload.ts';
import type { Path } from '../text/path.ts';
import type { Grade, Topic } from './change.ts';
import type { Pair, Renames } from './pairs.ts';
import type { State } from './state.ts';

/** Two states of one installation, side by side. */
export interface Comparison {
  readonly installation: string;
  /** What the installation was called before; undefined when it kept its name. */
  readonly formerName: string | undefined;
  readonly before: Side;
  readonly after: Side;
  readonly renames: Renames;
  /** The objects that differ. */
  readonly pairs: readonly Pair[];
}

/** All objects of one of the two states, for what cannot be judged by one object alone. */
export class Side {
  readonly state: State;
  #inventories: ReadonlyMap<string, Inventory> | undefined;

  constructor(state: State) {
    this.state = state;
  }

  /** The objects of each Kubernetes cluster. */
  get inventories(): ReadonlyMap<string, Inventory> {
    this.#inventories ??= new Map(
      [...this.state.clusters].map(([cluster, manifests]) => [cluster, new Inventory(manifests)]),
    );
    return this.#inventories;
  }

  /** The objects of a kind in all Kubernetes clusters. */
  all(apiGroup: string, kind: string): Field[] {
    return [...this.inventories.values()].flatMap((inventory) => inventory.all(apiGroup, kind));
  }

  /** Everything that makes pods. */
  get workloads(): WorkloadView[] {
    return [...this.inventories.values()].flatMap((inventory) => inventory.workloads);
  }
}

/** A change as a kind of change finds it, before it has its id and its place. */
export interface Draft {
  readonly grade: Grade;
  readonly topic: Topic;
  /** What is done to it, as in ids: `rename`, `upgrade`. */
  readonly what: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** What the key said in the earlier state, where that is more than `from`: all of an image. */
  readonly was?: string | undefined;
  /** What the key has to say for the later state, where that is more than `to`: all of an image. */
  readonly becomes?: string | undefined;
  readonly sentence: string;
  readonly steps?: readonly string[] | undefined;
  readonly impossible?: boolean | undefined;
  /** The key of an installation file that it comes from. */
  readonly key?: Path | undefined;
  /** The objects; the first is where it is seen. */
  readonly pairs: readonly Pair[];
  /** Ways to the fields it speaks of, and of all below them; the first is where it is seen. All, where there are none. */
  readonly fields?: readonly string[] | undefined;
  /** Objects that come or go along, of which no other kind needs to speak. */
  readonly alone?: readonly Pair[] | undefined;
}

/** What finds one kind of change. */
export type Kind = (comparison: Comparison) => Draft[];

/** The pairs of a kind of object. */
export function pairsOfKind({ pairs }: Comparison, apiGroup: string, kind: string): Pair[] {
  return pairs.filter((pair) => pair.apiGroup === apiGroup && pair.kind === kind);
}

/** A pair that is in both states. */
export interface ChangedPair extends Pair {
  readonly before: Field;
  readonly after: Field;
}

/** Whether an object is in both states. */
export function isChanged(pair: Pair): pair is ChangedPair {
  return pair.before !== undefined && pair.after !== undefined;
}

/** An object that is new. */
export function isAdded(pair: Pair): pair is Pair & { readonly after: Field; readonly before: undefined } {
  return pair.before === undefined && pair.after !== undefined;
}

/** An object that is gone. */
export function isRemoved(pair: Pair): pair is Pair & { readonly before: Field; readonly after: undefined } {
  return pair.before !== undefined && pair.after === undefined;
}

/** A pair seen as what makes pods, in both states. */
export interface ChangedWorkload {
  readonly pair: ChangedPair;
  readonly before: WorkloadView;
  readonly after: WorkloadView;
}

/** What makes pods and differs. */
export function changedWorkloads({ pairs }: Comparison): ChangedWorkload[] {
  return pairs.flatMap((pair) => {
    if (!isChanged(pair)) return [];
    const [before, after] = [workload(pair.before.manifest), workload(pair.after.manifest)];
    return before === undefined || after === undefined ? [] : [{ pair, before, after }];
  });
}
