import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { databaseOf, immich } from '../../manifests/views/immich.ts';

/** Whether a container beside a server that uses a database creates extensions in it, as somebody who may. */
export function areCreatedByPod(inventory: Inventory, database: Field): boolean {
  return immich(inventory).containers.some(
    (found) =>
      databaseOf(inventory, found).includes(database) &&
      /create extension/i.test(JSON.stringify(found.workload.pod.value)),
  );
}
