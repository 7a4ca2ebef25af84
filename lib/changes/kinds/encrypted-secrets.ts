import type { Field } from '../../manifests/field.ts';
import { type Comparison, type Draft, pairsOfKind } from '../comparison.ts';

/** Secrets that come encrypted out of git, from another folder of it, or no more. */
export function encryptedSecrets(comparison: Comparison): Draft[] {
  return pairsOfKind(comparison, 'kustomize.toolkit.fluxcd.io', 'Kustomization').flatMap((pair): Draft[] => {
    const [from, to] = [encryptedFolderOf(pair.before), encryptedFolderOf(pair.after)];
    if (from === to) return [];
    const common = {
      grade: 'steps',
      topic: 'secrets',
      what: 'encrypted',
      from,
      to,
      key: ['secrets'],
      pairs: [pair],
      ...(pair.before === undefined || pair.after === undefined
        ? {}
        : { fields: ['spec.path', 'spec.decryption'] }),
    } as const;
    if (to === undefined) {
      return [
        {
          ...common,
          to: 'nothing',
          sentence: `The Secrets of ${from} come from git no more; they stay as they are, and nobody renews them.`,
          steps: [],
        },
      ];
    }
    return [
      {
        ...common,
        sentence: `Flux decrypts the Secrets in ${to}${from === undefined ? '' : ` instead of ${from}`}: what stands there replaces what is in the cluster.`,
        steps: [
          'Before merging: encrypt the same values there, the password of a running database and the one of restic repositories above all, and commit them with it.',
          `Before merging: make sure that the Secret ${pair.after?.at('spec', 'decryption', 'secretRef', 'name').text ?? 'with the key'} in the namespace ${pair.after?.at('metadata', 'namespace').text ?? 'of Flux'} holds the private key. Without it nothing starts that reads them.`,
        ],
      },
    ];
  });
}

/** The folder of a Kustomization that decrypts. */
export function encryptedFolderOf(kustomization: Field | undefined): string | undefined {
  return kustomization?.at('spec', 'decryption').exists ? kustomization.at('spec', 'path').text : undefined;
}
