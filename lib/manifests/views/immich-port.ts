import { supportOf } from '../../immich/versions.ts';
import type { Inventory } from '../inventory.ts';
import { environment } from './environment.ts';
import type { ImmichContainerView } from './immich.ts';

/**
 * The port at which a part of Immich answers requests; undefined where it is not known. Versions that a tag does not
 * say are taken for new ones. https://immich.app/docs/install/environment-variables#ports
 */
export function listeningPort(inventory: Inventory, found: ImmichContainerView): number | undefined {
  const { workload, container, part, version } = found;
  const variables = environment(inventory, workload, container);
  const moved =
    variables.get('IMMICH_PORT') ??
    (part === 'machine-learning' ? variables.get('MACHINE_LEARNING_PORT') : variables.get('SERVER_PORT'));
  if (moved !== undefined) {
    return moved.value !== undefined && /^\d+$/.test(moved.value) ? Number(moved.value) : undefined;
  }
  // A secret or config map that is not here may hold it; a command of the user's own may do anything.
  const isKnown =
    container.environmentFrom.every(
      ({ kind, name }) => inventory.find('', kind, workload.namespace, name.text ?? '')?.keys !== undefined,
    ) &&
    !container.field.at('command').exists &&
    !container.field.at('args').exists;
  if (!isKnown) {
    return undefined;
  }
  return part === 'machine-learning' ? 3003 : version === undefined ? 2283 : supportOf(version).port;
}

/** Where the server gives metrics: https://immich.app/docs/features/monitoring/ */
export const metricsPorts: readonly number[] = [8081, 8082];
