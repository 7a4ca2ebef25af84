import type { Change } from '../changes/change.ts';
import { lineOf, refuseEdit } from '../changes/edited.ts';
import { pathText } from '../text/quoting.ts';
import { show } from '../text/shown.ts';
import type { InstallationFile } from './installation-files.ts';

/**
 * A change of dist alone, as Renovate's managers for Kubernetes and CloudNativePG make it: the installation file still
 * says what dist said before, or nothing, so that the next synth takes it back, after Flux has applied it.
 *
 * @param file The installation file, where it does not change.
 * @param isByHand Whether the program that writes dist is the same, as far as can be seen.
 */
export function asEdit(change: Change, file: InstallationFile | undefined, isByHand: boolean): Change {
  const { key, from, to } = change;
  if (file !== undefined && /^[^:]+:installation:remove:/.test(change.id)) return asDeletion(change, file);
  if (file === undefined || key === undefined || from === undefined || to === undefined) return change;
  const name = pathText(key);
  const [was, becomes] = [change.was ?? from, change.becomes ?? to];
  const written = file.written(key);
  if (written !== undefined && [from, was].includes(written)) {
    return refuseEdit(
      change,
      `dist is edited without its installation file, which says ${written} at ${name}: Flux applies ${to}, and the next synth takes it back.`,
      `If ${to} is meant, write ${becomes === to ? 'it' : becomes} at ${name} of ${file.path} and run synth.`,
    );
  }
  // What the file leaves to us is another one in a new version of the program too.
  if (written !== undefined || !isByHand || key.at(-1) !== 'image') return change;
  return refuseEdit(
    change,
    `dist is edited without its installation file, which has no ${name}: Flux applies ${becomes}, and the next synth takes it back.`,
    `If ${becomes} is meant, write ${lineOf(key, becomes)} into ${file.path} and run synth.`,
  );
}

/** The folder of an installation that is gone while its file still says that it is meant. */
function asDeletion(change: Change, { path }: InstallationFile): Change {
  const { installation } = change;
  return {
    ...change,
    sentence: show(
      `The folder ${installation} of dist is gone while ${path} is still there: Flux takes away Immich with all that is not protected, and nothing backs up what stays, until the next synth writes the folder again.`,
    ),
    steps: [
      show(
        `Run synth, which writes the folder again. If Immich is to go, remove ${path} in the same commit.`,
      ),
    ],
  };
}
