import type { Installation } from './installation.ts';

/** Whether the database runs in another Kubernetes cluster than Immich, and is reached over a network between them. */
export function hasRemoteDatabase({ clusters }: Pick<Installation, 'clusters'>): boolean {
  return clusters.app !== clusters.database;
}
