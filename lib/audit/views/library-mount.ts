import { isUnknown } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { MountView } from '../../manifests/views/container.ts';
import { type ImmichContainerView, immich } from '../../manifests/views/immich.ts';
import { isUnder, mountAt } from '../../manifests/views/mount-at.ts';
import type { VolumeView } from '../../manifests/views/workload.ts';
import { mediaLocationOf } from './media-location.ts';

/** A folder of originals and the volume that it lies on. */
export interface LibraryMountView {
  /** The server that keeps them. */
  readonly server: ImmichContainerView;
  /** Such as `/data/upload`. */
  readonly folder: string;
  readonly mount: MountView;
  readonly volume: VolumeView;
}

/**
 * The volumes on which the originals of each server lie, each once. Nothing where they lie on the container's own disk,
 * or where something about it is not known.
 */
export function libraryMounts(inventory: Inventory): LibraryMountView[] {
  return (
    immich(inventory)
      .containers.filter(({ part, container }) => part === 'server' && !container.init)
      // A Job has other business with the library than to keep it.
      .filter(({ workload }) => workload.kind !== 'Job' && workload.kind !== 'CronJob')
      .flatMap((server) => mountsOf(inventory, server))
  );
}

function mountsOf(inventory: Inventory, server: ImmichContainerView): LibraryMountView[] {
  const { mounts } = server.container;
  if (mounts.some(({ path }) => isUnknown(path))) {
    return [];
  }
  const { places } = mediaLocationOf(inventory, server);
  const mounted = places.filter((place) =>
    mounts.some(({ path }) => isUnder(place, path) || isUnder(path, place)),
  );
  const [place] = mounted;
  // Where both places have a volume, which one Immich takes is in its database.
  if (place === undefined || mounted.length > 1 || isUnknown(place)) {
    return [];
  }
  const all = folders.flatMap((name) => {
    const folder = `${place.replace(/\/+$/, '')}/${name}`;
    const mount = mountAt(mounts, folder);
    const volume = server.workload.volumes.find((one) => one.name === mount?.volume);
    return mount === undefined || volume === undefined ? [] : [{ server, folder, mount, volume }];
  });
  return all.filter(({ mount }, index) => all.findIndex((one) => one.mount === mount) === index);
}

/** Those that hold what nothing can make again: https://docs.immich.app/administration/backup-and-restore#filesystem */
const folders = ['upload', 'library', 'profile'];
