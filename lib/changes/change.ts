import type { Path } from '../text/path.ts';
import type { Severity } from '../text/severity.ts';
import type { Shown } from '../text/shown.ts';

/**
 * How grave a change is. `refused` must not happen by accident; `steps` needs somebody to do or to know something;
 * `restarting` interrupts for about a minute; `routine` is none of these.
 */
export type Grade = 'refused' | 'steps' | 'restarting' | 'routine';

/** What a change is about, as a review orders them. */
export type Topic = 'data' | 'service' | 'traffic' | 'secrets' | 'other';

/** Something that happens because one state of an installation becomes another. */
export interface Change {
  /** `<installation>:<object or key>:<what>:<from>-><to>`, the same for the same change wherever it is seen. */
  readonly id: string;
  readonly installation: string;
  readonly grade: Grade;
  readonly topic: Topic;
  /** What becomes something else, and what it becomes, where one value does. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What the key said in the earlier state, where that is more than `from`: all of an image. */
  readonly was?: string;
  /** What the key has to say for the later state, where that is more than `to`. */
  readonly becomes?: string;
  /** Whether Kubernetes or a webhook refuses it too, so that accepting it is of no use. */
  readonly impossible?: true;
  /** The objects it is about, as `Cluster immich/immich-db`. */
  readonly objects: readonly string[];
  /** What happens because of it: one sentence, or few. */
  readonly sentence: Shown;
  /** What to do, in this order: a sentence or a command each. */
  readonly steps: readonly Shown[];
  /** Where it is seen: a file of the later state, or of the earlier one when it is gone from there. */
  readonly file: string;
  readonly path: Path;
  /** The key of the installation file it comes from, where dist is ours and the key is known. */
  readonly key: Path | undefined;
}

/** The grades, the gravest first. */
export const grades: readonly Grade[] = ['refused', 'steps', 'restarting', 'routine'];

/** How grave a grade is in the words of findings. */
export const severityOfGrade: Readonly<Record<Grade, Severity>> = {
  refused: 'error',
  steps: 'warning',
  restarting: 'info',
  routine: 'info',
};

/** The gravest of some changes; `routine` when there are none. */
export function gravest(changes: readonly { readonly grade: Grade }[]): Grade {
  return grades.find((grade) => changes.some((change) => change.grade === grade)) ?? 'routine';
}

/** What changes are about, in the order in which they are told. */
export const topics: readonly Topic[] = ['data', 'service', 'traffic', 'secrets', 'other'];

/** Changes in the order in which they are told: the gravest first, then data before the rest, then by their ids. */
export function inOrder(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (one, other) =>
      grades.indexOf(one.grade) - grades.indexOf(other.grade) ||
      topics.indexOf(one.topic) - topics.indexOf(other.topic) ||
      (one.id < other.id ? -1 : 1),
  );
}
