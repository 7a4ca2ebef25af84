import { isSameObject } from '../installation/exists.ts';
import { clustersOf } from '../layers/clusters.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Plan } from '../plan/plan.ts';
import { type SynthesizedCluster, synthesizedCluster } from './cluster-manifests.ts';
import { type LateProblem, patchManifests } from './patches.ts';

/** The clusters of an installation as plain objects, with its patches, and what is wrong with keys that name objects. */
export function synthesizedClusters(plan: Plan): {
  readonly clusters: readonly SynthesizedCluster[];
  readonly problems: readonly LateProblem[];
} {
  const { patches } = plan.installation;
  const built = clustersOf(plan).map(synthesizedCluster);
  const all = built.flatMap(({ manifests }) => manifests);
  const made = madeInSpite(plan, all);
  if (patches.length === 0) return { clusters: built, problems: made };
  const { manifests, problems } = patchManifests(all, patches);
  // Patches keep the order, so that each cluster has its part of them.
  let start = 0;
  const clusters = built.map((cluster) => {
    const end = start + cluster.manifests.length;
    const own = { ...cluster, manifests: manifests.slice(start, end) };
    start = end;
    return own;
  });
  return { clusters, problems: [...made, ...problems] };
}

/** What others are said to make, and is made here all the same, because it cannot be left to them by its name alone. */
function madeInSpite({ installation }: Plan, manifests: readonly Manifest[]): LateProblem[] {
  return installation.exists.flatMap((entry, index) => {
    const { kind, name } = entry;
    const isMade = manifests.some(
      ({ object: { kind, metadata } }) =>
        metadata?.name !== undefined &&
        isSameObject(
          entry,
          { kind, name: metadata.name, namespace: metadata.namespace },
          installation.namespace,
        ),
    );
    return isMade
      ? [
          {
            path: ['exists', index],
            message: `${kind} ${name} is made here, and is not left to others by its name alone. ${keyFor.get(kind) ?? 'Remove it.'}`,
          },
        ]
      : [];
  });
}

const keyFor = new Map([
  ['PersistentVolumeClaim', 'Write existingClaim for its volume.'],
  ['Namespace', 'Write sharedNamespace: true.'],
  ['Cluster', 'Write database: { cnpg: { existing: { cluster } } }.'],
  ['Secret', 'Remove it, and name the Secret where it is used.'],
]);
