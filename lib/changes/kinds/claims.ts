import type { VolumeView } from '../../manifests/views/workload.ts';
import {
  type ChangedWorkload,
  type Comparison,
  changedWorkloads,
  type Draft,
  isAdded,
  isRemoved,
  type Side,
} from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { deletion, draftGoneClaim, isOnlyLearning } from './gone-claims.ts';

/** A volume of Immich that becomes another claim, a new volume over files that are there, and claims that go. */
export function claims(comparison: Comparison): Draft[] {
  const workloads = changedWorkloads(comparison);
  const switched = workloads.flatMap((workload) => switchedVolumes(comparison, workload));
  const seen = new Set(switched.flatMap(({ pairs }) => pairs));
  const gone = comparison.pairs.filter(
    (pair) => pair.kind === 'PersistentVolumeClaim' && isRemoved(pair) && !seen.has(pair),
  );
  return [...switched, ...gone.map((pair) => draftGoneClaim(pair, comparison.before))];
}

function switchedVolumes(comparison: Comparison, { pair, before, after }: ChangedWorkload): Draft[] {
  const names = new Set([...before.volumes, ...after.volumes].map(({ name }) => name));
  return [...names].flatMap((name): Draft[] => {
    const [earlier, later] = [before, after].map(({ volumes }) => volumes.find((one) => one.name === name));
    const [from, to] = [placeOf(earlier), placeOf(later)];
    if (from === to || isSamePlace(comparison, from, to)) return [];
    const objects = [pair, ...claimPairs(comparison, pair, [from, to])];
    const isMadeHere = objects.some((one) => one.name === to && isAdded(one));
    if (from !== undefined && to !== undefined) {
      if (/^(external|extra)-/.test(name)) return [otherPlace(name, objects, from, to)];
      const isModels = name === 'models' || isOnlyLearning(after);
      return [
        isModels ? otherModels(name, objects, from, to) : otherClaim(name, objects, from, to, isMadeHere),
      ];
    }
    if (name !== 'generated' || !isLibraryMounted(before.volumes) || !isLibraryMounted(after.volumes)) {
      return [];
    }
    return [to === undefined ? generatedRemoved(objects, from ?? '') : generatedAdded(objects, to)];
  });
}

/** What keeps the files of a volume: a claim, or a share or folder that is mounted without one. */
function placeOf(volume: VolumeView | undefined): string | undefined {
  if (volume === undefined) return undefined;
  const { field, claim } = volume;
  const share = field.at('nfs', 'path').text;
  return (
    claim?.text ??
    (share === undefined
      ? field.at('hostPath', 'path').text
      : `${field.at('nfs', 'server').text ?? ''}:${share}`)
  );
}

/** Whether one of two places is a claim that is bound to the share that the other one is. */
function isSamePlace(
  { before, after }: Comparison,
  from: string | undefined,
  to: string | undefined,
): boolean {
  if (from === undefined || to === undefined) return false;
  return shareBehind(after, to) === from || shareBehind(before, from) === to;
}

/** The share that a claim is bound to by a volume of these manifests. */
function shareBehind(side: Side, claim: string): string | undefined {
  const volume = side
    .all('', 'PersistentVolume')
    .find((one) => one.get('spec', 'claimRef', 'name') === claim);
  const share = volume?.at('spec', 'nfs');
  return share?.exists ? `${share.at('server').text ?? ''}:${share.at('path').text ?? ''}` : undefined;
}

function isLibraryMounted(volumes: readonly VolumeView[]): boolean {
  return volumes.some((volume) => volume.name === 'library' && placeOf(volume) !== undefined);
}

function otherClaim(
  name: string,
  pairs: readonly Pair[],
  from: string,
  to: string,
  isMadeHere: boolean,
): Draft {
  const what = name === 'generated' ? 'thumbnails and videos' : 'the photos';
  return {
    grade: 'refused',
    topic: 'data',
    what: 'claim',
    from,
    to,
    key: ['volumes', name, isMadeHere ? 'claim' : 'existingClaim'],
    sentence:
      `Immich would use the claim ${to}${isMadeHere ? ', which is new and empty,' : ''} while ${what} are in ${from}: ` +
      'it stops at its check of the folders, or shows every photo as missing.',
    steps: [
      `Keep the claim ${from}.`,
      `If it has to be another one: stop Immich, copy everything from ${from} to ${to}, compare, then switch.`,
    ],
    pairs,
    fields: [`spec.template.spec.volumes[${name}]`],
  };
}

/** A library or volume beside those of Immich. */
function otherPlace(name: string, pairs: readonly Pair[], from: string, to: string): Draft {
  return {
    grade: 'steps',
    topic: 'data',
    what: 'claim',
    from,
    to,
    sentence: `What Immich finds in the volume ${name.replace(/^\w+-/, '')} comes from ${to} instead of ${from}: photos of an external library that are not there too are taken for deleted at its next scan.`,
    steps: ['Before merging: make sure that the same files are there, below the same folders.'],
    pairs,
    fields: [`spec.template.spec.volumes[${name}]`],
  };
}

function otherModels(name: string, pairs: readonly Pair[], from: string, to: string): Draft {
  return {
    grade: 'restarting',
    topic: 'service',
    what: 'claim',
    from,
    to,
    key: ['volumes', name],
    sentence: `The models of machine learning move from the claim ${from} to ${to}, and are downloaded again when they are first needed.`,
    steps: pairs
      .filter((pair) => pair.name === from && isRemoved(pair))
      .map((pair) => `Flux leaves the old claim. ${deletion(pair)}`),
    pairs,
    fields: [`spec.template.spec.volumes[${name}]`],
  };
}

const generatedFields = [
  'spec.template.spec.volumes[generated]',
  'spec.template.spec.containers[server].volumeMounts',
  'spec.template.spec.initContainers',
];

/** A marker file is looked for in each folder: https://docs.immich.app/administration/system-integrity */
function generatedAdded(pairs: readonly Pair[], to: string): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'add',
    from: 'nothing',
    to,
    key: ['volumes', 'generated'],
    sentence:
      `Thumbnails and transcoded videos are looked for in the new, empty volume ${to} while they are in the library, ` +
      "and Immich's check of its folders stops the server, since their .immich files are not there.",
    steps: [
      'Move, then switch: suspend the Kustomization of the app layer, and scale the Deployments of Immich to 0.',
      `Make the claim ${to}, mount it beside the library in a pod, and copy thumbs/ and encoded-video/ with their .immich files into it.`,
      'Accept this change, merge it, and resume the Kustomization. Take the two folders out of the library when everything is seen.',
    ],
    pairs,
    fields: generatedFields,
  };
}

function generatedRemoved(pairs: readonly Pair[], from: string): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'remove',
    from,
    to: 'nothing',
    key: ['volumes'],
    sentence:
      `Thumbnails and transcoded videos are in ${from}, and are looked for in the library from now on: ` +
      "Immich's check of its folders stops the server, since their .immich files are not there.",
    steps: [
      'Keep generated, or move, then switch: suspend the Kustomization of the app layer, scale the Deployments of Immich to 0, copy thumbs/ and encoded-video/ with their .immich files into the library, accept this change and merge it.',
    ],
    pairs,
    fields: generatedFields,
  };
}

function claimPairs(
  { pairs }: Comparison,
  { cluster }: Pair,
  names: readonly (string | undefined)[],
): Pair[] {
  return pairs.filter(
    (pair) => pair.cluster === cluster && pair.kind === 'PersistentVolumeClaim' && names.includes(pair.name),
  );
}
