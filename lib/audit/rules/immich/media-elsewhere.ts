import { supportOf } from '../../../immich/versions.ts';
import { isUnknown } from '../../../manifests/field.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isUnder } from '../../views/writable.ts';

export const mediaElsewhere: Rule = {
  id: 'media-elsewhere',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'The library is mounted where this version of Immich does not look, so photos go to the container and are lost.',
  why: 'Immich keeps its files where IMMICH_MEDIA_LOCATION says. Without it, it takes /data or /usr/src/app/upload, whichever is there, and before v1.137 only the latter. With the volume at another place new photos are written to the disk of the container itself, and they are gone with the pod.',
  url: 'https://github.com/immich-app/immich/blob/main/server/src/services/storage.service.ts',
  limits: 'What Immich has written into its database about the place of its files is not known.',
  examples: {
    good: documents(
      server(
        `env: [{ name: IMMICH_MEDIA_LOCATION, value: /data }]
volumeMounts: [{ name: library, mountPath: /data }]`,
        'volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]',
      ),
    ),
    broken: {
      'mountPath: /data': 'mountPath: /photos',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const { workload, container, part } = found;
      const set = environment(inventory, workload, container).get('IMMICH_MEDIA_LOCATION');
      const locations = set === undefined ? placesOf(found) : set.value === undefined ? [] : [set.value];
      const [location] = locations;
      const { mounts } = container;
      if (
        part !== 'server' ||
        location === undefined ||
        isUnknown(location) ||
        mounts.some(({ path }) => isUnknown(path))
      ) {
        continue;
      }
      // Without any volume for the library there may be one that is not to be seen, as from a chart's defaults.
      const candidate = mounts.find(
        ({ path, readOnly }) =>
          !readOnly && [...mediaLocations, ...locations].some((one) => isUnder(path, one)),
      );
      const isMounted = mounts.some(({ path }) =>
        locations.some((one) => isUnder(one, path) || isUnder(path, one)),
      );
      if (candidate !== undefined && !isMounted) {
        report(candidate.field.at('mountPath'), {
          message: `Immich keeps its files at ${locations.join(' or ')}, and nothing is mounted there; new photos go to the container's own disk and are gone with the pod.`,
          fix:
            set === undefined
              ? `Mount the library at ${location}, or set IMMICH_MEDIA_LOCATION to where it is.`
              : `Mount the library at ${location}, or set IMMICH_MEDIA_LOCATION to ${candidate.path}.`,
          // What is mounted at another place may be photos that Immich only looks at.
          ...(set === undefined && !inventory.complete && !isOwnPlace(candidate.path)
            ? { severity: 'warning' }
            : {}),
        });
      }
    }
  },
};

/** Where versions of Immich keep, or kept, their files. */
const ownPlaces = ['/data', '/usr/src/app/upload'];
const mediaLocations = [...ownPlaces, '/upload', '/photos', '/library'];

function isOwnPlace(path: string): boolean {
  return ownPlaces.some((one) => isUnder(path, one));
}

/** Where Immich looks without being told; nowhere when its version is not known. */
function placesOf({ version }: ImmichContainerView): readonly string[] {
  const place = version === undefined ? undefined : supportOf(version).mediaLocation;
  return place === undefined ? [] : place === '/data' ? ownPlaces : [place];
}
