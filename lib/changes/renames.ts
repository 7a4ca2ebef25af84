import type { Manifest } from '../manifests/manifest.ts';
import { workload } from '../manifests/views/workload.ts';
import { serversAmong } from './immich-parts.ts';
import type { Renames } from './pairs.ts';
import type { State } from './state.ts';

/**
 * What has only got another name: the Kubernetes cluster that an installation is in, and the namespace that holds
 * Immich or its database.
 *
 * @param installations A name of the installation that became another one. Its Kubernetes cluster is called like it.
 */
export function renamesOf(before: State, after: State, installations: ReadonlyMap<string, string>): Renames {
  const gone = [...before.clusters.keys()].filter((name) => !after.clusters.has(name));
  const added = [...after.clusters.keys()].filter((name) => !before.clusters.has(name));
  const clusters = new Map<string, string>();
  for (const name of gone) {
    const now = installations.get(name);
    const [only, ...more] = added;
    if (now !== undefined && added.includes(now)) clusters.set(name, now);
    else if (gone.length === 1 && only !== undefined && more.length === 0) clusters.set(name, only);
    else {
      // Both clusters of an installation at once: each is the one that holds the same.
      const role = roleOf(before, name);
      const alike = added.filter((one) => roleOf(after, one) === role);
      const rivals = gone.filter((one) => roleOf(before, one) === role);
      const [match] = alike;
      if (match !== undefined && alike.length === 1 && rivals.length === 1) clusters.set(name, match);
    }
  }
  return { clusters, namespaces: namespacesOf(before, after) };
}

/** What stands in a Kubernetes cluster: Immich's server, its database, both or none. */
function roleOf(state: State, cluster: string): string {
  const manifests = state.clusters.get(cluster) ?? [];
  const hasDatabase = manifests.some(({ object }) => object.kind === 'Cluster');
  return `${hasDatabase} ${manifests.some(isServer)}`;
}

function isServer(manifest: Manifest): boolean {
  return podKinds.has(manifest.object.kind) && serversAmong(workload(manifest)?.containers ?? []).length > 0;
}

function namespacesOf(before: State, after: State): Map<string, string> {
  const [earlier, later] = [namespacesWithData(before), namespacesWithData(after)];
  const gone = [...earlier].filter((name) => !later.has(name));
  const added = [...later].filter((name) => !earlier.has(name));
  const [from, ...others] = gone;
  const [to, ...more] = added;
  if (from === undefined || to === undefined || others.length + more.length > 0) return new Map();
  const found = new Map([[from, to]]);
  const [drill, drillNow] = [drillOf(before, earlier), drillOf(after, later)];
  if (drill !== undefined && drillNow !== undefined && drill !== drillNow) found.set(drill, drillNow);
  return found;
}

/** Where Immich's server runs, and where its database stands. */
function namespacesWithData(state: State): Set<string> {
  const found = new Set<string>();
  for (const manifest of [...state.clusters.values()].flat()) {
    const { kind, metadata } = manifest.object;
    const namespace: unknown = metadata?.namespace;
    if (typeof namespace !== 'string') continue;
    if (kind === 'Cluster' || isServer(manifest)) found.add(namespace);
  }
  return found;
}

const podKinds = new Set(['Deployment', 'StatefulSet']);

/** The one other namespace: that of the restore drill. */
function drillOf(state: State, data: ReadonlySet<string>): string | undefined {
  const others = [...state.clusters.values()]
    .flat()
    .flatMap(({ object }): unknown[] => (object.kind === 'Namespace' ? [object.metadata?.name] : []))
    .filter((name) => typeof name === 'string')
    .filter((name) => !data.has(name));
  return others.length === 1 ? others[0] : undefined;
}
