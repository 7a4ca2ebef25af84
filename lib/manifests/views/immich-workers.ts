import { isUnknown } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { environment } from './environment.ts';
import type { ImmichContainerView } from './immich.ts';

/** A worker of Immich's server: one answers requests, the other runs jobs. */
export type Worker = 'api' | 'microservices';

/**
 * Whether a server runs a worker; undefined when that is not known. It runs both unless it is told otherwise.
 * https://docs.immich.app/administration/jobs-workers/#workers
 */
export function runsWorker(
  inventory: Inventory,
  { workload, container, part }: ImmichContainerView,
  worker: Worker,
): boolean | undefined {
  if (part !== 'server') {
    return false;
  }
  const commands = ['command', 'args'].flatMap((list) => container.field.at(list).texts);
  // Until v1.106 one image was started as one or the other.
  if (commands.some((word) => word.includes('microservices'))) {
    return worker === 'microservices';
  }
  if (
    commands.some((word) => /(^|[\s/])start(-server\.sh|\.sh immich)\b/.test(word)) ||
    commands.at(-1) === 'immich'
  ) {
    return worker === 'api';
  }
  const variables = environment(inventory, workload, container);
  const included = variables.get('IMMICH_WORKERS_INCLUDE');
  const excluded = variables.get('IMMICH_WORKERS_EXCLUDE');
  const isIncluded = included === undefined ? true : names(included.value, worker);
  const isExcluded = excluded === undefined ? false : names(excluded.value, worker);
  if (isIncluded === false || isExcluded === true) {
    return false;
  }
  return isIncluded === undefined || isExcluded === undefined ? undefined : true;
}

/** Whether a list of workers has this one; undefined when the list is not known. */
function names(list: string | undefined, worker: Worker): boolean | undefined {
  return list === undefined || isUnknown(list)
    ? undefined
    : list.split(',').some((one) => one.trim() === worker);
}
