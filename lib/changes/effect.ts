import type { Grade, Topic } from './change.ts';

/** What happens when fields of an object change that no kind of change speaks of. */
export interface Effect {
  /** The kinds of object. */
  readonly kinds: readonly string[];
  /** Ways that begin so. */
  readonly ways: readonly string[];
  readonly grade: Grade;
  readonly topic: Topic;
  /** Said after the object and its fields. */
  readonly effect: string;
}
