import type { VolumeView, WorkloadView } from '../../manifests/views/workload.ts';
import { type Comparison, changedWorkloads, type Draft } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';
import type { Pair } from '../pairs.ts';

/** Photos of external libraries that are mounted elsewhere, or no longer: what is not found at its path is taken for deleted. */
export function outsidePhotos(comparison: Comparison): Draft[] {
  return changedWorkloads(comparison).flatMap(({ pair, before, after }): Draft[] => {
    const container = serversAmong(after.containers)[0]?.name;
    if (container === undefined) return [];
    const [earlier, later] = [mountsOf(before), mountsOf(after)];
    const added = [...later].flatMap(([name, { path }]): Draft[] =>
      earlier.has(name) ? [] : [draftMount(pair, container, name, path)],
    );
    const others = [...earlier].flatMap(([name, { path: from }]): Draft[] => {
      const to = later.get(name)?.path;
      if (from === to) return [];
      const common = {
        grade: 'steps',
        topic: 'data',
        key: ['volumes', 'externalLibraries'],
        from,
        to: to ?? 'nothing',
      } as const;
      if (to === undefined) {
        const gone = objectsOf(comparison, before, name);
        return [
          {
            ...common,
            what: 'unmount',
            sentence: `The photos at ${from} are no longer mounted: at its next scan Immich takes every photo of an external library there for deleted, and puts it into the trash with its place in albums. The files themselves stay where they are.`,
            steps: [
              'Before merging: delete the external library in the web interface, where it is meant to go; else keep it.',
            ],
            pairs: [pair, ...gone],
            fields: fieldsOf(container, name),
            alone: gone,
          },
        ];
      }
      return [
        {
          ...common,
          what: 'mount',
          sentence: `The photos at ${from} are at ${to} from now on: Immich knows files of external libraries by their whole paths, and at its next scan takes those at ${from} for deleted and those at ${to} for new ones, without albums, faces and descriptions.`,
          steps: [
            `Keep ${from}, unless the library may be imported anew: then change its import path under Administration > External Libraries.`,
          ],
          pairs: [pair],
          fields: fieldsOf(container, name),
        },
      ];
    });
    return [...added, ...others];
  });
}

function draftMount(pair: Pair, container: string, name: string, path: string): Draft {
  return {
    grade: 'restarting',
    topic: 'data',
    what: 'mount',
    from: 'nothing',
    to: path,
    key: ['volumes', 'externalLibraries'],
    sentence: `Photos are mounted at ${path} from now on, and the server restarts, which takes about a minute. Immich shows none of them until an external library has that path.`,
    steps: [
      `After merging: make the library with the import path ${path} under Administration > External Libraries.`,
    ],
    pairs: [pair],
    fields: fieldsOf(container, name),
  };
}

function fieldsOf(container: string, name: string): string[] {
  return [
    `spec.template.spec.containers[${container}].volumeMounts[${name}]`,
    `spec.template.spec.volumes[${name}]`,
  ];
}

/** The mounts of external libraries in the server, by the names of their volumes. */
function mountsOf({ containers, volumes }: WorkloadView): Map<string, { readonly path: string }> {
  const names = new Set(volumes.filter(isOutside).map(({ name }) => name));
  return new Map(
    serversAmong(containers)
      .flatMap(({ mounts }) => mounts)
      .filter(({ volume }) => names.has(volume))
      .map(({ volume, path }) => [volume, { path }]),
  );
}

/** Whether a volume holds photos beside those of Immich, as our own are called. */
function isOutside({ name }: VolumeView): boolean {
  return name.startsWith('external-');
}

/** The claim of a volume that goes, and what it is bound to. */
function objectsOf({ pairs }: Comparison, { volumes, namespace }: WorkloadView, name: string): Pair[] {
  const claim = volumes.find((one) => one.name === name)?.claim?.text;
  return pairs.filter(
    (pair) =>
      pair.after === undefined &&
      ((pair.kind === 'PersistentVolumeClaim' && pair.name === claim && pair.namespace === namespace) ||
        (pair.kind === 'PersistentVolume' && pair.before?.get('spec', 'claimRef', 'name') === claim)),
  );
}
