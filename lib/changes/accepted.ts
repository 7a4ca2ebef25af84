import type { Change } from './change.ts';

/** A change that somebody means in spite of its grade. */
export interface Acceptance {
  /** The id of the change. */
  readonly change: string;
  readonly because: string;
}

/** What is left to refuse, what was let through, and what was meant and does not happen. */
export interface Verdict<A extends Acceptance> {
  readonly refused: readonly Change[];
  /** Refused changes that are meant, with why. */
  readonly accepted: readonly { readonly change: Change; readonly because: string }[];
  /** Everything that was never refused. */
  readonly others: readonly Change[];
  /** Acceptances that no change answers to. */
  readonly unmatched: readonly A[];
}

/** Sorts changes by whether they may happen. An acceptance in any file counts, since a removed installation has none. */
export function verdictOf<A extends Acceptance>(
  changes: readonly Change[],
  acceptances: readonly A[],
): Verdict<A> {
  const meant = new Map(acceptances.map((acceptance) => [acceptance.change, acceptance.because]));
  const ids = new Set(changes.map(({ id }) => id));
  const refused = changes.filter(({ grade }) => grade === 'refused');
  return {
    refused: refused.filter(({ id }) => !meant.has(id)),
    accepted: refused.flatMap((change) => {
      const because = meant.get(change.id);
      return because === undefined ? [] : [{ change, because }];
    }),
    others: changes.filter(({ grade }) => grade !== 'refused'),
    unmatched: acceptances.filter(({ change }) => !ids.has(change)),
  };
}
