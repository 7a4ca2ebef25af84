import type { Subject } from '../../lib/doctor/check.ts';
import { type FileProblem, parseInstallation } from '../../lib/installation/parse.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { nearest } from '../../lib/text/nearest.ts';
import { readInstallationFiles, UnreadableInput } from '../synth/installation-files.ts';
import type { Dist } from './dist.ts';

/** One installation in one of its Kubernetes clusters, before it is known how that is reached. */
export type Part = Omit<Subject, 'kubectl' | 'now'>;

/** An installation file with errors, which say what is wrong. */
export class UnfitInstallation extends Error {
  constructor(readonly errors: readonly FileProblem[]) {
    super('An installation file has errors.');
  }
}

/**
 * What is to be looked at: the installation of a file or of a name, or all of a folder, with what dist has for each.
 *
 * @throws UnreadableInput where there is no such installation, or dist has nothing for it.
 * @throws UnfitInstallation where a file has errors.
 */
export function partsOf(folder: string, wanted: string | undefined, dist: Dist): Part[] {
  const isFile = wanted !== undefined && /[/\\]|\.ya?ml$/.test(wanted);
  const sources = readInstallationFiles(folder, isFile ? [wanted] : []);
  const names: string[] = [];
  const plans = [...sources].flatMap(([file, text]) => {
    const { installation, problems } = parseInstallation(file, text);
    if (installation !== undefined) names.push(installation.name);
    if (wanted !== undefined && !isFile && installation?.name !== wanted) return [];
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (installation === undefined || errors.length > 0) {
      throw new UnfitInstallation(errors);
    }
    return [{ file, plan: planOf(installation) }];
  });
  if (plans.length === 0) {
    const near = nearest(wanted ?? '', names);
    const advice = near === undefined ? 'Write the path of its file.' : `Did you mean ${near}?`;
    throw new UnreadableInput(`No file in ${folder}/ has name: ${wanted}. ${advice}`);
  }
  return plans.flatMap(({ file, plan }) => {
    const { name, clusters } = plan.installation;
    const made = dist.of(name)?.clusters;
    if (made === undefined) {
      throw new UnreadableInput(`${dist.output}/${name}/ holds nothing. Run synth first.`);
    }
    return [...new Set([clusters.app, clusters.database])].map((cluster) => ({
      plan,
      file,
      cluster,
      manifests: made.get(cluster) ?? [],
      manifestsAt: (revision) => dist.at(revision, name)?.clusters.get(cluster),
    }));
  });
}
