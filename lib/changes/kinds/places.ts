import type { Comparison, Draft } from '../comparison.ts';

/** What holds data and cannot move along with a name. */
const dataKinds = new Set(['PersistentVolumeClaim', 'PersistentVolume', 'Cluster', 'ObjectStore']);

/** The namespace of Immich or of its database has another name: everything is made anew and empty beside the data. */
export function namespaces({ renames, pairs }: Comparison): Draft[] {
  const [first] = renames.namespaces;
  if (first === undefined) return [];
  const [from, to] = first;
  const hasDatabase = pairs.some(({ kind, namespace }) => kind === 'Cluster' && namespace === to);
  const moved = pairs.filter(({ kind, namespace, name }) =>
    kind === 'Namespace' ? name === to : namespace === to && dataKinds.has(kind),
  );
  return [
    {
      grade: 'refused',
      topic: 'data',
      what: 'rename',
      from,
      to,
      key: ['namespace'],
      sentence:
        `Kubernetes cannot rename a namespace: Immich starts in ${to} with new, empty volumes${hasDatabase ? ' and a new, empty database' : ''}, ` +
        `while ${hasDatabase ? 'photos and database' : 'the photos'} stay behind in ${from}, without Immich and without backups.`,
      steps: [
        `Keep namespace: ${from}.`,
        `If Immich has to move: back up, then restore ${hasDatabase ? 'files and database' : 'the files'} into ${to} as RUNBOOK.md says.`,
      ],
      pairs: moved.length > 0 ? moved : pairs.slice(0, 1),
      fields: [''],
    },
  ];
}

/** The Kubernetes cluster has another name, which means that it is another one. */
export function clusters({ renames, pairs, installation, formerName, after }: Comparison): Draft[] {
  return [...renames.clusters].flatMap(([from, to]): Draft[] => {
    if (from === formerName && to === installation) return [];
    const role = rolesOf(after.state.clusters.get(to) ?? []);
    return [
      {
        grade: 'refused',
        topic: 'data',
        what: 'rename',
        from,
        to,
        key: ['clusters', role],
        sentence:
          `The folder of the Kubernetes cluster ${from} becomes ${to}: a cluster of that name gets everything anew ` +
          `and empty, and Flux in ${from} no longer finds its folder.`,
        steps: [
          `Keep the name ${from}; it is that of a folder only.`,
          `If only the folder is to be renamed, change path in the Kustomization that Flux of this cluster was pointed at with, in the same commit.`,
        ],
        pairs: pairs.filter(({ cluster, kind }) => cluster === to && dataKinds.has(kind)).slice(0, 1),
        fields: [''],
      },
    ];
  });
}

function rolesOf(manifests: readonly { readonly object: { readonly kind: string } }[]): 'app' | 'database' {
  return manifests.some(({ object }) => object.kind === 'Deployment') ? 'app' : 'database';
}
