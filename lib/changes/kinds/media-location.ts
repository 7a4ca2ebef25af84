import type { WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';

/**
 * Immich looks for its files below another folder. When it starts it writes the paths in its database anew, which takes
 * no file along: https://docs.immich.app/administration/system-integrity
 */
export function mediaLocations(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const [from, to] = [mediaLocationOf(before), mediaLocationOf(after)];
    if (from === undefined || to === undefined || from.path === to.path) return [];
    const common = {
      topic: 'data',
      what: 'mediaLocation',
      from: from.path,
      to: to.path,
      pairs: [pair],
    } as const;
    const fields = [
      `spec.template.spec.containers[${to.container}].env[${variable}]`,
      `spec.template.spec.containers[${to.container}].volumeMounts`,
    ];
    if (to.volume === undefined) {
      return [
        {
          ...common,
          fields: fields.slice(0, 1),
          grade: 'refused',
          sentence: `Immich would keep its files in ${to.path} instead of ${from.path}, and no volume is mounted there: what is uploaded is written into the container, and is gone with it, while the photos in ${from.path} are not found.`,
          steps: [`Mount the volume of the photos at ${to.path}, or keep ${variable} at ${from.path}.`],
        },
      ];
    }
    return [
      {
        ...common,
        fields,
        grade: 'steps',
        sentence: `Immich keeps its files in ${to.path} instead of ${from.path}: at its next start it writes every path in its database anew, and finds the photos only if the same files are there.`,
        steps: [
          'Before merging: make a backup of the database, which is the way back.',
          ...(to.volume === from.volume
            ? []
            : [`Stop Immich, and move everything below ${from.path} to what is mounted at ${to.path}.`]),
          'After merging: open an old photo in its full size, and a video.',
        ],
      },
    ];
  });
}

const variable = 'IMMICH_MEDIA_LOCATION';

/** Where the server keeps files, and the volume that is mounted there; undefined where the manifests leave it to Immich. */
function mediaLocationOf({ containers }: WorkloadView) {
  const [server] = serversAmong(containers);
  if (server === undefined) return undefined;
  const path =
    server.environment.find(({ name }) => name === variable)?.value ??
    defaults.find((one) => server.mounts.some((mount) => mount.path === one));
  if (path === undefined) return undefined;
  const mount = server.mounts.find((one) => path === one.path || path.startsWith(`${one.path}/`));
  return { path, container: server.name, volume: mount?.volume };
}

/** https://docs.immich.app/install/environment-variables, and its default before v1.137.0. */
const defaults = ['/data', '/usr/src/app/upload'];
