import { dirname } from 'node:path';
import type { FileProblem } from '../../lib/installation/parse.ts';
import { lookAtEncryptedFiles } from '../../lib/synthesis/encrypted-secrets.ts';
import type { Synthesis } from '../../lib/synthesis/synthesis.ts';
import { nodeFiles } from '../node-files.ts';
import { repositoryAround } from './output-place.ts';

/** The encrypted Secrets of all installations. */
export interface EncryptedSecrets {
  /** What is missing in their folders, or wrong, at the key that names the folder. */
  readonly problems: readonly FileProblem[];
  /** Writes the examples that there are not yet. Returns their paths in the repository. */
  readonly write: () => readonly string[];
}

/** Looks at the encrypted files in the repository around a folder; without one, in the present folder. */
export function encryptedSecretsAround(target: string, { clusters, locate }: Synthesis): EncryptedSecrets {
  const files = nodeFiles(repositoryAround(target) ?? '.');
  const looked = [...new Set(clusters.map(({ plan }) => plan))].map((plan) => ({
    name: plan.installation.name,
    ...lookAtEncryptedFiles(plan, files),
  }));
  const examples = looked.flatMap((one) => [...one.examples]);
  return {
    problems: looked.flatMap(({ name, told }) =>
      told.flatMap(({ severity, message }) => {
        const problem = locate(name, ['secrets', 'sops', 'folder'], message);
        return problem === undefined ? [] : [{ ...problem, severity }];
      }),
    ),
    write: () => {
      for (const [path, text] of examples) {
        files.makeFolder(dirname(path));
        files.write(path, text);
      }
      return examples.map(([path]) => path);
    },
  };
}
