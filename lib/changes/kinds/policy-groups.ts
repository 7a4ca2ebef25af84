import type { Field } from '../../manifests/field.ts';
import type { Comparison, Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';

/** The kinds of network policy, with their API groups. */
export const policyKinds: ReadonlyMap<string, string> = new Map([
  ['NetworkPolicy', 'networking.k8s.io'],
  ['CiliumNetworkPolicy', 'cilium.io'],
]);

/** Policies of one name in one namespace, which are for the same pods: of Kubernetes, of Cilium, or of both. */
export interface Group {
  readonly name: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  /** Those that differ. */
  readonly pairs: readonly Pair[];
  readonly before: readonly Field[];
  readonly after: readonly Field[];
}

/** The policies that differ, by the pods that they are for. */
export function groupsOf(pairs: readonly Pair[], { before, after, renames }: Comparison): Group[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const identity = JSON.stringify([pair.cluster, pair.namespace, pair.name]);
    groups.set(identity, [...(groups.get(identity) ?? []), pair]);
  }
  const formerly = (names: ReadonlyMap<string, string>, now: string | undefined) =>
    [...names].find(([, to]) => to === now)?.[0] ?? now;
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { name, cluster, namespace } = first;
    const earlier = {
      cluster: formerly(renames.clusters, cluster) ?? cluster,
      namespace: formerly(renames.namespaces, namespace),
    };
    return [
      {
        name,
        cluster,
        namespace,
        pairs: own,
        before: policiesIn(before, earlier, name),
        after: policiesIn(after, { cluster, namespace }, name),
      },
    ];
  });
}

/** A namespace of a Kubernetes cluster. */
export interface Place {
  readonly cluster: string;
  readonly namespace: string | undefined;
}

/** The policies of a namespace, of one name where one is given. */
export function policiesIn(side: Side, { cluster, namespace }: Place, name?: string): Field[] {
  const inventory = side.inventories.get(cluster);
  return [...policyKinds]
    .flatMap(([kind, apiGroup]) => inventory?.all(apiGroup, kind) ?? [])
    .filter(
      (policy) =>
        policy.at('metadata', 'namespace').text === namespace &&
        (name === undefined || policy.get('metadata', 'name') === name),
    );
}

/** Whether a policy selects every pod of the namespace, so that what none allows is refused. */
export function isClosedIn(side: Side, place: Place): boolean {
  return policiesIn(side, place).some(
    (policy) =>
      policy.manifest.object.kind === 'NetworkPolicy' &&
      policy.at('spec', 'podSelector', 'matchLabels').entries.length === 0 &&
      policy.at('spec', 'podSelector', 'matchExpressions').items.length === 0,
  );
}

/** Whether nothing that makes pods is in a namespace. */
export function isEmpty({ inventories }: Side, { cluster, namespace }: Place): boolean {
  const inventory = inventories.get(cluster);
  const databases = inventory?.all('postgresql.cnpg.io', 'Cluster') ?? [];
  return ![
    ...(inventory?.workloads ?? []).map((one) => one.namespace),
    ...databases.map((one) => one.at('metadata', 'namespace').text),
  ].includes(namespace);
}
