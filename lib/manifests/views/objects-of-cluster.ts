import type { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { nameOf } from '../name.ts';

/** The objects of a kind of CloudNativePG that name a Cluster, which they do in its own namespace alone. */
export function objectsOfCluster(
  inventory: Inventory,
  kind: 'Database' | 'DatabaseRole' | 'ScheduledBackup',
  cluster: Field,
): Field[] {
  return inventory
    .all('postgresql.cnpg.io', kind)
    .filter(
      (one) =>
        one.get('spec', 'cluster', 'name') === nameOf(cluster) &&
        one.get('metadata', 'namespace') === cluster.get('metadata', 'namespace'),
    );
}
