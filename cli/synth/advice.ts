import type { FileProblem } from '../../lib/installation/parse.ts';
import { databaseImageFor } from '../../lib/migration/database-image.ts';
import { show } from '../../lib/text/shown.ts';
import { readSource } from '../../lib/text/yaml-source.ts';

/** What synth knows beyond the text of the installation files. */
export interface Surroundings {
  /** File names as messages show them, and their texts. */
  readonly sources: ReadonlyMap<string, string>;
  /** Path inside dist to text, before this synth. */
  readonly dist: ReadonlyMap<string, string>;
  /** The folder that is dist, as messages name it. */
  readonly target: string;
}

/** The same problems; where a key is missing whose value dist knows, the message says what to write. */
export function adviseOn(problems: readonly FileProblem[], around: Surroundings): readonly FileProblem[] {
  return problems.map((problem) =>
    problem.key === 'database.cnpg' && problem.missing === 'image'
      ? { ...problem, message: show(`${problem.message}${adviceOn(problem.file, around)}`) }
      : problem,
  );
}

function adviceOn(file: string, { sources, dist, target }: Surroundings): string {
  const found = databaseImageFor(readSource(sources.get(file) ?? '', { strict: true }).data, dist);
  if (found === undefined) return '';
  const why =
    found.file === undefined
      ? `the newest that this version of Immich is known to work with; no database of this name is in ${target}/`
      : `which ${target}/${found.file} has now`;
  return ` Write image: ${found.image}, ${why}. "immich-cdk8s migrate" writes it.`;
}
