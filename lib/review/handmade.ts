import type { Change } from '../changes/change.ts';
import type { State } from '../changes/state.ts';
import { show } from '../text/shown.ts';
import type { InstallationFile } from './installation-files.ts';

/**
 * Installations whose dist changes in this pull request while nothing does that it is made from: neither the file nor,
 * as far as can be seen, the program. Whatever changes, a page too, synth will take back.
 *
 * @param changed Every path that changes.
 * @param files The installation files, by what dist calls them.
 * @param inFolder The path of a file of dist, seen from the folder that is reviewed.
 * @param told Changes that are told as edits already.
 */
export function handmadeChanges(
  states: ReadonlyMap<string, State>,
  changed: ReadonlySet<string>,
  files: ReadonlyMap<string, InstallationFile>,
  inFolder: (path: string) => string,
  told: readonly Change[],
): Change[] {
  if (mayChangeProgram(changed)) return [];
  return [...states].flatMap(([installation, { source }]): Change[] => {
    const file = files.get(source ?? '');
    if (file === undefined || changed.has(file.path)) return [];
    const folder = inFolder(`${installation}/`);
    const refused = new Set(
      told.filter(({ id }) => id.includes(':edited:')).map((change) => inFolder(change.file)),
    );
    const edited = [...changed].filter((path) => path.startsWith(folder) && !refused.has(path));
    const [first] = edited;
    if (first === undefined) return [];
    return [
      {
        id: `${installation}:installation:handmade`,
        installation,
        grade: 'steps',
        topic: 'other',
        from: undefined,
        to: undefined,
        objects: [],
        sentence: show(
          `${listOf(edited.map((path) => path.slice(folder.length)))} of dist ${edited.length === 1 ? 'changes' : 'change'} and ${file.path} does not: Flux applies what is a manifest, and the next synth takes it all back, unless a newer immich-cdk8s wrote it.`,
        ),
        steps: [
          show(
            `On this branch: immich-cdk8s synth --check. Where it says that dist is not what it would write, write what is meant into ${file.path} and run synth.`,
          ),
        ],
        file: first.slice(inFolder('').length),
        path: [],
        key: undefined,
      },
    ];
  });
}

/** Whether another immich-cdk8s may have written what changes. */
export function mayChangeProgram(changed: ReadonlySet<string>): boolean {
  return [...changed].some(isOfProgram);
}

/** Whether a file may say which immich-cdk8s is run, or be a part of it. */
function isOfProgram(path: string): boolean {
  return /^\.github\//.test(path) || !/\.(ya?ml|md)$/.test(path) || /(^|\/)pnpm-lock\.yaml$/.test(path);
}

function listOf(paths: readonly string[]): string {
  const most = 3;
  return paths.length <= most
    ? paths.join(', ')
    : `${paths.slice(0, most).join(', ')} and ${paths.length - most} more`;
}
