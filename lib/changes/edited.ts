import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import type { Change } from './change.ts';

/** What an installation file says in one value at a key: undefined when nothing, or more than one value stands there. */
export type Written = (installation: string, key: Path) => string | undefined;

/**
 * Changes that come from dist alone: the file says the same as at the last commit, so that somebody has edited dist
 * without it, as Renovate does, and synth would take that back. Each becomes a refusal that says what to write.
 *
 * @param unchanged The installations whose file is as it was at the last commit.
 */
export function withEdits(
  changes: readonly Change[],
  unchanged: ReadonlySet<string>,
  written: Written,
): Change[] {
  return changes.map((change) => {
    const { installation, key, from, to, id } = change;
    if (key === undefined || from === undefined || to === undefined || !unchanged.has(installation))
      return change;
    const value = written(installation, key);
    if (value === undefined) return change;
    const name = pathText(key);
    return {
      ...change,
      id: id.replace(/^([^:]*:[^:]*):[^:]*:/, '$1:edited:'),
      grade: 'refused',
      sentence: `dist was edited without this file: it says ${from} where ${name} says ${value}, and Flux may have applied that already. Synth would take it back: ${change.sentence}`,
      steps: [
        `If ${from} is meant, write it here at ${name}, as Renovate is told to by a manager for installation files, and run synth again.`,
        ...change.steps,
      ],
    };
  });
}
