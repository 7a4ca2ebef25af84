import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FileProblem } from '../../lib/installation/parse.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { quote } from '../../lib/text/quoting.ts';

/**
 * A warning for each installation whose flux.path is not the folder that is written, as seen from the root of the git
 * repository: Flux would apply another folder, or none. Outside of a repository nothing is known, and nothing said.
 */
export function outputProblems({ clusters, locate }: Synthesis, target: string): FileProblem[] {
  const written = placeInRepository(target);
  if (written === undefined) return [];
  const installations = [...new Set(clusters.map(({ plan }) => plan.installation))];
  return installations.flatMap(({ name, flux }): FileProblem[] => {
    // What is packed into an artifact or a bucket may stand there at another path.
    if (flux.source.kind !== 'GitRepository' || flux.path === written) return [];
    const advice =
      written === ''
        ? `Call synth with --output ${flux.path}.`
        : `Write flux: { path: ./${written} }, or call synth with another --output.`;
    const message = `${quote(`./${flux.path}`)} is the folder that Flux applies, but synth writes to ${quote(`./${written}`)} of this repository. ${advice}`;
    const problem = locate(name, ['flux', 'path'], message);
    return problem === undefined ? [] : [{ ...problem, severity: 'warning' }];
  });
}

/** A folder as seen from the root of the git repository around it, `clusters/dist`; undefined without a repository. */
function placeInRepository(folder: string): string | undefined {
  const root = repositoryAround(folder);
  return root === undefined ? undefined : relative(root, resolve(folder)).split(sep).join('/');
}

/** The root of the git repository around a folder; undefined without one. */
export function repositoryAround(folder: string): string | undefined {
  for (let root = resolve(folder); ; root = dirname(root)) {
    if (existsSync(join(root, '.git'))) return root;
    if (root === dirname(root)) return undefined;
  }
}
