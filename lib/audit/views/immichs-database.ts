import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { appliedBy } from '../../manifests/views/flux.ts';
import { immich } from '../../manifests/views/immich.ts';

/**
 * Whether a CloudNativePG cluster is Immich's: a server connects to it, or where no server tells, its names say so.
 * Where everything is known, every cluster is.
 */
export function isImmichsDatabase(inventory: Inventory, cluster: Field): boolean {
  const { databases } = immich(inventory);
  const initdb = cluster.at('spec', 'bootstrap', 'initdb');
  return (
    inventory.complete ||
    databases.includes(cluster) ||
    [cluster.at('metadata', 'name'), initdb.at('database'), initdb.at('owner')].some(({ text }) =>
      /immich/i.test(text ?? ''),
    )
  );
}

/** The Flux Kustomizations that apply Immich, or a database of it. */
export function immichsKustomizations(inventory: Inventory): ReadonlySet<Field['manifest']> {
  const manifests = [
    ...[...immich(inventory).workloads].map(({ manifest }) => manifest),
    ...inventory
      .all('postgresql.cnpg.io', 'Cluster')
      .filter((cluster) => isImmichsDatabase(inventory, cluster))
      .map(({ manifest }) => manifest),
  ];
  return new Set(manifests.flatMap((manifest) => appliedBy(inventory, manifest)?.manifest ?? []));
}
