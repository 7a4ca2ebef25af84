import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { distPathOf } from '../../lib/installation/delivery.ts';
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
  return installations.flatMap((installation): FileProblem[] => {
    const { name, flux, argocd } = installation;
    const path = distPathOf(installation);
    const [who, section] = argocd === undefined ? ['Flux', 'flux'] : ['Argo CD', 'argocd'];
    // What is packed into an artifact or a bucket may stand there at another path.
    if ((argocd === undefined && flux.source.kind !== 'GitRepository') || path === written) return [];
    const advice =
      written === ''
        ? `Call synth with --output ${path}.`
        : `Write ${section}: { path: ./${written} }, or call synth with another --output.`;
    const message = `${quote(`./${path}`)} is the folder that ${who} applies, but synth writes to ${quote(`./${written}`)} of this repository. ${advice}`;
    const problem = locate(name, [section, 'path'], message);
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
