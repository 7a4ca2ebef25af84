import type { Reader } from '../changes/state.ts';
import { settingsIn, withKeys } from './edited-file.ts';
import type { Move } from './moves.ts';
import { type NoUpgrade, type Stage, stageOf } from './stage.ts';

/** A move, and what the installation is after it. */
export interface Moved {
  readonly move: Move;
  readonly stage: Stage;
}

/**
 * The moves in an order in which each file between is valid: Immich, PostgreSQL and VectorChord must suit each other at
 * every moment. The database goes first where it can, since Immich never goes back.
 *
 * @param text The file before the first of them.
 */
export function inOrder(
  file: string,
  text: string,
  database: readonly Move[],
  immich: readonly Move[],
  read: Reader,
): { readonly kind: 'order'; readonly moved: readonly Moved[] } | NoUpgrade {
  const problems = new Set<string>();
  const from = (
    before: string,
    first: readonly Move[],
    second: readonly Move[],
  ): readonly Moved[] | undefined => {
    const ways = [
      { move: first[0], others: first.slice(1), rest: second },
      { move: second[0], others: first, rest: second.slice(1) },
    ];
    for (const { move, others, rest } of ways) {
      if (move === undefined) continue;
      const after = withKeys(before, settingsIn(before, move.keys));
      const stage = stageOf(file, after, read);
      if (stage.kind === 'none') {
        for (const problem of stage.problems) problems.add(`${move.title}: ${problem}`);
        continue;
      }
      const later = from(after, others, rest);
      if (later !== undefined) return [{ move, stage }, ...later];
    }
    return first.length + second.length === 0 ? [] : undefined;
  };
  const moved = from(text, database, immich);
  return moved === undefined
    ? {
        kind: 'none',
        problems: ['There is no order in which every step is valid by itself.', ...problems],
      }
    : { kind: 'order', moved };
}
