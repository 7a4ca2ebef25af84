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
  why: "Since v1.137 the image of Immich keeps its files at /data, and no longer at /usr/src/app/upload. With the volume at another place new photos are written to the container's own disk, and they are gone with the pod.",
  url: 'https://github.com/immich-app/immich/pull/20367',
  examples: {
    good: documents(
      server(
        `volumeMounts: [{ name: library, mountPath: /data }]`,
        'volumes: [{ name: library, persistentVolumeClaim: { claimName: immich-library } }]',
      ),
    ),
    broken: {
      'mountPath: /data': 'mountPath: /usr/src/app/upload',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      const { workload, container, part } = found;
      const set = environment(inventory, workload, container).get('IMMICH_MEDIA_LOCATION');
      const location = set === undefined ? defaultOf(found) : set.value;
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
        ({ path }) => LOCATIONS.some((one) => isUnder(path, one)) || isUnder(path, location),
      );
      if (
        candidate !== undefined &&
        !mounts.some(({ path }) => isUnder(location, path) || isUnder(path, location))
      ) {
        report(candidate.field.at('mountPath'), {
          message: `Immich keeps its files at ${location}, and nothing is mounted there; new photos go to the container's own disk and are gone with the pod.`,
          fix:
            set === undefined
              ? `Mount the library at ${location}.`
              : `Mount the library at ${location}, or remove IMMICH_MEDIA_LOCATION.`,
          // An installation that began before v1.137 keeps its old place in the database.
          ...(set === undefined && isUnder(candidate.path, '/usr/src/app/upload')
            ? { severity: inventory.complete ? 'error' : 'info' }
            : {}),
        });
      }
    }
  },
};

/** Where versions of Immich keep, or kept, their files. */
const LOCATIONS = ['/data', '/usr/src/app/upload', '/upload', '/photos', '/library'];

function defaultOf({ version }: ImmichContainerView): string | undefined {
  return version === undefined ? undefined : supportOf(version).mediaLocation;
}
