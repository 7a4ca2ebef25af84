import type { Installation } from '../installation/installation.ts';
import { type RequiredSecret, secretsToMake } from './secrets.ts';

/** A Secret that stands in git, encrypted with SOPS, and where. */
export interface EncryptedSecret {
  readonly secret: RequiredSecret;
  /** Its file, seen from the root of the repository. */
  readonly file: string;
}

/** The encrypted Secrets; none where something else makes them. */
export function encryptedSecretsOf(plan: {
  readonly installation: Installation;
  readonly secrets: readonly RequiredSecret[];
}): EncryptedSecret[] {
  const { secrets: source } = plan.installation;
  if (source.kind !== 'sops') return [];
  return secretsToMake(plan).map((secret) => ({
    secret,
    file: `${encryptedFolderOf(source.folder, secret)}/${secret.name}.sops.yaml`,
  }));
}

/**
 * The folder that one Kustomization of Flux applies. Flux takes the folders below one too, so that those of the drill,
 * whose namespace comes later, stand beside it.
 */
export function encryptedFolderOf(
  folder: string,
  { cluster, namespace }: Pick<RequiredSecret, 'cluster' | 'namespace'>,
): string {
  return `${folder}/${cluster}/${namespace}`;
}
