import type { Path } from '../text/path.ts';
import { pathText } from '../text/quoting.ts';
import { show } from '../text/shown.ts';
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
    const { installation, key, from, to } = change;
    if (key === undefined || from === undefined || to === undefined || !unchanged.has(installation)) {
      return change;
    }
    const value = written(installation, key);
    const was = change.was ?? from;
    if (value !== undefined) return edit(change, was, `where ${pathText(key)} says ${value}`, pathText(key));
    // What the file leaves to us is another one in a new version of this program too, which never takes it back.
    return key.at(-1) === 'image' && isTakenBack(was, to)
      ? edit(
          change,
          was,
          `where synth writes ${to}, since the file has no ${pathText(key)}`,
          lineOf(key, was),
        )
      : change;
  });
}

/**
 * A change as one that was made in dist alone, which is refused under an id of its own.
 *
 * @param said What happened, before what the change itself says.
 * @param step What to do first.
 */
export function refuseEdit(change: Change, said: string, step: string): Change {
  return {
    ...change,
    id: change.id.replace(/^([^:]*:[^:]*):[^:]*:/, '$1:edited:'),
    grade: 'refused',
    sentence: show(`${said} ${change.sentence}`),
    steps: [show(step), ...change.steps],
  };
}

function edit(change: Change, was: string, instead: string, place: string): Change {
  return refuseEdit(
    change,
    `dist was edited without this file: it says ${was} ${instead}, and Flux may have applied that already. Synth would take it back:`,
    `If ${was} is meant, write it here at ${place}, as Renovate is told to by a manager for installation files, and run synth again.`,
  );
}

/** A key with its value, as it is added to a file: `valkey: { image: ... }`. */
export function lineOf(key: Path, value: string): string {
  return key.reduceRight<string>(
    (inner, step, at) => (at === 0 ? `${step}: ${inner}` : `{ ${step}: ${inner} }`),
    `"${value}"`,
  );
}

/** Whether an image gives way to an older one, or loses its digest. */
function isTakenBack(was: string, to: string): boolean {
  if (was.includes('@') && !to.includes('@')) return true;
  const [earlier, later] = [was, to].map((image) =>
    (/:v?(\d+(?:\.\d+)*)[^:/]*$/.exec(image.replace(/@.*$/, ''))?.[1] ?? '').split('.').map(Number),
  );
  const at = earlier?.findIndex((number, index) => number !== (later?.[index] ?? 0)) ?? -1;
  return at >= 0 && (earlier?.[at] ?? 0) > (later?.[at] ?? 0);
}
