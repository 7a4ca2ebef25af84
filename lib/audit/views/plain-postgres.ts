import type { Inventory } from '../../manifests/inventory.ts';
import type { ContainerView } from '../../manifests/views/container.ts';
import { databaseHosts, workloadsAt } from '../../manifests/views/database-host.ts';
import { immich, repositoryOf } from '../../manifests/views/immich.ts';
import type { VolumeView, WorkloadView } from '../../manifests/views/workload.ts';

/** A PostgreSQL of Immich that no operator runs, but a plain workload. */
export interface PlainPostgresView {
  readonly workload: WorkloadView;
  readonly container: ContainerView;
  /** The volumes that its files are in. */
  readonly volumes: readonly VolumeView[];
}

/** The workloads that Immich connects to and that run PostgreSQL, and those with the images of Immich's PostgreSQL. */
export function plainPostgres(inventory: Inventory): PlainPostgresView[] {
  const immichs = new Set(
    immich(inventory)
      .containers.filter(({ part }) => part === 'server')
      .flatMap((found) => databaseHosts(inventory, found))
      .flatMap((host) => workloadsAt(inventory, host)),
  );
  return inventory.workloads.flatMap((workload) => {
    const pattern = immichs.has(workload) ? anyPostgres : postgres;
    const container = workload.containers.find(
      ({ image, init }) => !init && pattern.test(repositoryOf(image.text ?? '')),
    );
    return container === undefined ? [] : [{ workload, container, volumes: volumesOf(workload, container) }];
  });
}

/** The volumes at the paths where PostgreSQL keeps its files, of which PGDATA may be one more. */
function volumesOf({ volumes }: WorkloadView, { mounts, environment }: ContainerView): VolumeView[] {
  const data = environment.find(({ name }) => name === 'PGDATA')?.value;
  const mounted = mounts.filter(
    ({ path }) => /postgres|pgdata/.test(path) || data === path || data?.startsWith(`${path}/`) === true,
  );
  return volumes.filter(({ name }) => mounted.some(({ volume }) => volume === name));
}

/** Images of PostgreSQL as Immich uses it. */
const postgres = /(immich-app\/postgres|pgvecto-rs|vchord-postgres|tensorchord\/)/;

/** Images of PostgreSQL by any name, of a workload that Immich connects to. */
const anyPostgres = /postgres|pgvector|pgvecto|vchord|vectorchord/;
