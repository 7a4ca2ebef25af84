import type { VolumeView } from '../../manifests/views/workload.ts';
import {
  type ChangedWorkload,
  type Comparison,
  changedWorkloads,
  type Draft,
  isAdded,
  isRemoved,
} from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** A volume of Immich that becomes another claim, a new volume over files that are there, and claims that go. */
export function claims(comparison: Comparison): Draft[] {
  const workloads = changedWorkloads(comparison);
  const switched = workloads.flatMap((workload) => switchedVolumes(comparison, workload));
  const seen = new Set(switched.flatMap(({ pairs }) => pairs));
  const gone = comparison.pairs
    .filter((pair) => pair.kind === 'PersistentVolumeClaim' && isRemoved(pair) && !seen.has(pair))
    .map(goneClaim);
  return [...switched, ...gone];
}

function switchedVolumes(comparison: Comparison, { pair, before, after }: ChangedWorkload): Draft[] {
  return after.volumes.flatMap((volume): Draft[] => {
    const earlier = before.volumes.find(({ name }) => name === volume.name);
    const [from, to] = [earlier?.claim?.text, volume.claim?.text];
    if (to === undefined || from === to) return [];
    const objects = [pair, ...claimPairs(comparison, pair, [from, to])];
    const isMadeHere = objects.some((one) => one.name === to && isAdded(one));
    if (from === undefined) {
      return earlier === undefined && isLibraryMounted(before.volumes) && volume.name === 'generated'
        ? [generatedAdded(volume, objects, to)]
        : [];
    }
    return [
      volume.name === 'models'
        ? otherModels(volume, objects, from, to)
        : otherClaim(volume, objects, from, to, isMadeHere),
    ];
  });
}

function isLibraryMounted(volumes: readonly VolumeView[]): boolean {
  return volumes.some(({ name, claim }) => name === 'library' && claim !== undefined);
}

function otherClaim(
  volume: VolumeView,
  pairs: readonly Pair[],
  from: string,
  to: string,
  isMadeHere: boolean,
): Draft {
  const what = volume.name === 'library' ? 'the photos' : 'the files';
  return {
    grade: 'refused',
    topic: 'data',
    what: 'claim',
    from,
    to,
    key: ['volumes', volume.name, isMadeHere ? 'claim' : 'existingClaim'],
    sentence:
      `Immich would use the claim ${to}${isMadeHere ? ', which is new and empty,' : ''} while ${what} are in ${from}: ` +
      'it stops at its check of the folders, or shows every photo as missing.',
    steps: [
      `Keep the claim ${from}.`,
      `If it has to be another one: stop Immich, copy everything from ${from} to ${to}, compare, then switch.`,
    ],
    pairs,
    fields: [`spec.template.spec.volumes[${volume.name}]`],
  };
}

function otherModels(volume: VolumeView, pairs: readonly Pair[], from: string, to: string): Draft {
  return {
    grade: 'restarting',
    topic: 'service',
    what: 'claim',
    from,
    to,
    key: ['volumes', volume.name],
    sentence: `The models of machine learning move from the claim ${from} to ${to}, and are downloaded again when they are first needed.`,
    steps: [`kubectl delete the claim ${from} when nothing needs it any more; Flux leaves it.`],
    pairs,
    fields: [`spec.template.spec.volumes[${volume.name}]`],
  };
}

/** https://docs.immich.app/administration/system-integrity: a marker file is looked for in each folder. */
function generatedAdded(volume: VolumeView, pairs: readonly Pair[], to: string): Draft {
  return {
    grade: 'refused',
    topic: 'data',
    what: 'add',
    from: 'nothing',
    to,
    key: ['volumes', volume.name],
    sentence:
      `Thumbnails and transcoded videos are looked for in the new, empty volume ${to} while they are in the library, ` +
      "and Immich's check of its folders stops the server, since their .immich files are not there.",
    steps: [
      'Move, then switch: stop Immich (kubectl scale its Deployments to 0, with the Kustomization suspended).',
      `Make the claim ${to}, mount it together with the library in a pod, and copy thumbs/ and encoded-video/ with their .immich files into it.`,
      'Accept this change, merge it, resume the Kustomization. Remove the two folders from the library when everything is seen.',
    ],
    pairs,
    fields: [
      `spec.template.spec.volumes[${volume.name}]`,
      `spec.template.spec.containers[server].volumeMounts`,
    ],
  };
}

function goneClaim(pair: Pair): Draft {
  const isProtected =
    pair.before?.get('metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune') === 'disabled';
  return {
    grade: isProtected ? 'steps' : 'refused',
    topic: 'data',
    what: 'remove',
    from: pair.name,
    to: 'nothing',
    sentence: isProtected
      ? `The claim ${pair.name} is gone from dist. Flux leaves it and what is in it in the cluster, and nothing backs it up any more.`
      : `The claim ${pair.name} is gone from dist, and Flux removes it with everything that is in it.`,
    steps: isProtected
      ? [
          `When nothing in it is needed any more: kubectl annotate pvc ${pair.name}${namespaceOption(pair)} immich-cdk8s/delete=allowed, then kubectl delete pvc ${pair.name}${namespaceOption(pair)}.`,
        ]
      : [
          `Keep the claim, or give it the annotation kustomize.toolkit.fluxcd.io/prune: disabled one commit before.`,
        ],
    pairs: [pair],
  };
}

function namespaceOption({ namespace }: Pair): string {
  return namespace === undefined ? '' : ` --namespace ${namespace}`;
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
