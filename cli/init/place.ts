import { posix } from 'node:path';
import { quote } from '../../lib/text/quoting.ts';
import { originOf, placeInRepository } from '../git.ts';

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
  /** The folder of the output that holds nothing else, as seen from the working folder, and from the root. */
  readonly own: { readonly output: string; readonly dist: string };
  /** The installation files that synth is told, where the output has others beside it; all of them where undefined. */
  readonly named: string | undefined;
  /** The folder of installation files, as seen from the working folder. */
  readonly installations: string;
  /** The folder for what Flux must be given once, as seen from the working folder. */
  readonly flux: string;
}

/** Folders as a person names them, seen from the working folder. */
export type Folders = Pick<Place, 'output' | 'installations' | 'flux'>;

/** A place whose output is shared with others, of which only the folder of an installation is written. */
export function sharedPlace(place: Place, name: string): Place {
  return {
    ...place,
    own: { output: posix.join(place.output, name), dist: posix.join(place.dist, name) },
    named: `${place.installations}/${name}.yaml`,
  };
}

/** The URL of the repository, where git knows one without a password in it. */
export function repositoryUrl(): string | undefined {
  const url = originOf('.') ?? '';
  return /^(?:https?:\/\/(?![^/]*@)|ssh:\/\/(?![^/@]*:[^/@]*@)|[\w.-]+@[\w.-]+:)\S+$/.test(url)
    ? url
    : undefined;
}

/**
 * The place that the working folder is. Git is asked for the root; without a repository the working folder is it.
 *
 * @returns A sentence that says what is wrong, when a folder is not inside the repository.
 */
export function placeOf(folders: Folders): Place | string {
  const inside = placeInRepository('.')?.replace(/\/$/, '');
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
  const dist = posix.join(project, seen.output);
  return {
    project,
    root,
    repository: inside === undefined ? undefined : root === '' ? '.' : root,
    dist,
    own: { output: seen.output, dist },
    named: undefined,
    ...seen,
  };
}

function tidy(folder: string): string {
  return posix.normalize(folder.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
}

/** The arguments that synth needs in this place. */
export function synthArguments({ output, installations, named }: Place): string {
  return [
    named !== undefined
      ? ` ${named}`
      : installations === 'installations'
        ? ''
        : ` --installations ${installations}`,
    output === 'dist' ? '' : ` --output ${output}`,
  ].join('');
}
