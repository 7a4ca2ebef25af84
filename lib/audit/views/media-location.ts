import { supportOf } from '../../immich/versions.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { environment } from '../../manifests/views/environment.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';

/** Where a server looks for its library. */
export interface MediaLocationView {
  /** The folders, of which it takes the one that exists; none where that is not to be known. */
  readonly places: readonly string[];
  /** Whether a variable says it. */
  readonly isSet: boolean;
}

/** Where versions of Immich keep, or kept, their files without being told. */
export const ownPlaces = ['/data', '/usr/src/app/upload'];

/** Where a container of Immich's server keeps its files: as it is told, or where its version looks. */
export function mediaLocationOf(inventory: Inventory, found: ImmichContainerView): MediaLocationView {
  const set = environment(inventory, found.workload, found.container).get('IMMICH_MEDIA_LOCATION');
  return set === undefined
    ? { places: placesOf(found), isSet: false }
    : { places: set.value === undefined ? [] : [set.value], isSet: true };
}

/** Nowhere when the version is not known. */
function placesOf({ version }: ImmichContainerView): readonly string[] {
  const place = version === undefined ? undefined : supportOf(version).mediaLocation;
  return place === undefined ? [] : place === '/data' ? ownPlaces : [place];
}
