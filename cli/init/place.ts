import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { quote } from '../../lib/text/quoting.ts';

/** Where a repository of one's own keeps what. Folders have forward slashes. */
export interface Place {
  /** The working folder as seen from the root of the git repository; empty where it is the root. */
  readonly project: string;
  /** The way from the working folder to that root; empty where it is the root. */
  readonly root: string;
  /** The way to the root of the repository; undefined where there is no repository. */
  readonly repository: string | undefined;
  /** What synth writes, as seen from the working folder, and from the root. */
  readonly output: string;
  readonly dist: string;
  /** The folder of installation files, as seen from the working folder. */
  readonly installations: string;
  /** The folder for what Flux must be given once, as seen from the working folder. */
  readonly flux: string;
}

/** Folders as a person names them, seen from the working folder. */
export type Folders = Pick<Place, 'output' | 'installations' | 'flux'>;

/**
 * The place that the working folder is. Git is asked for the root; without a repository the working folder is it.
 *
 * @returns A sentence that says what is wrong, when a folder is not inside the repository.
 */
export function placeOf(folders: Folders): Place | string {
  const inside = prefix();
  const project = inside ?? '';
  const seen: Folders = {
    output: tidy(folders.output),
    installations: tidy(folders.installations),
    flux: tidy(folders.flux),
  };
  for (const [option, folder] of Object.entries(seen)) {
    if (posix.isAbsolute(folder) || /^\.\.?(\/|$)/.test(posix.join(project, folder))) {
      return `--${option} ${folder} is not a folder inside the repository. Write one, such as ${quote(option)} or "immich/${option}".`;
    }
  }
  const root = project === '' ? '' : project.replaceAll(/[^/]+/g, '..');
  return {
    project,
    root,
    repository: inside === undefined ? undefined : root === '' ? '.' : root,
    dist: posix.join(project, seen.output),
    ...seen,
  };
}

function tidy(folder: string): string {
  return posix.normalize(folder.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
}

/** The working folder as seen from the root of the repository; undefined where there is none. */
function prefix(): string | undefined {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--show-prefix'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace(/\/$/, '') : undefined;
}

/** The arguments that synth needs in this place. */
export function synthArguments({ output, installations }: Place): string {
  return [
    installations === 'installations' ? '' : ` --installations ${installations}`,
    output === 'dist' ? '' : ` --output ${output}`,
  ].join('');
}
