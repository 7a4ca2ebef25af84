import type { Change } from '../changes/change.ts';
import { refuseEdit } from '../changes/edited.ts';
import { pathText } from '../text/quoting.ts';
import type { InstallationFile } from './installation-files.ts';

/**
 * A change of dist alone, as Renovate's managers for Kubernetes make it: the installation file still says what dist said
 * before, so that the next synth takes it back, after Flux has applied it.
 *
 * @param file The installation file, where it does not change.
 */
export function asEdit(change: Change, file: InstallationFile | undefined): Change {
  const { key, from, to } = change;
  if (file === undefined || key === undefined || to === undefined) return change;
  if (from === undefined || file.written(key) !== from) return change;
  const name = pathText(key);
  return refuseEdit(
    change,
    `dist is edited without its installation file, which says ${from} at ${name}: Flux applies ${to}, and the next synth takes it back.`,
    `If ${to} is meant, write it at ${name} of ${file.path} and run synth.`,
  );
}
