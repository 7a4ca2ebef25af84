import { isUnknown } from '../../../manifests/field.ts';
import { immich } from '../../../manifests/views/immich.ts';
import { isUnder } from '../../../manifests/views/mount-at.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { mediaLocationOf, ownPlaces } from '../../views/media-location.ts';

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
      const { container, part } = found;
      const { places: locations, isSet } = mediaLocationOf(inventory, found);
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
          fix: isSet
            ? `Mount the library at ${location}, or set IMMICH_MEDIA_LOCATION to ${candidate.path}.`
            : `Mount the library at ${location}, or set IMMICH_MEDIA_LOCATION to where it is.`,
          // What is mounted at another place may be photos that Immich only looks at.
          ...(!isSet && !inventory.complete && !isOwnPlace(candidate.path) ? { severity: 'warning' } : {}),
        });
      }
    }
  },
};

/** Where people mount it, too. */
const mediaLocations = [...ownPlaces, '/upload', '/photos', '/library'];

function isOwnPlace(path: string): boolean {
  return ownPlaces.some((one) => isUnder(path, one));
}
