import type { Field } from '../../manifests/field.ts';
import { metricsPorts } from '../../manifests/views/immich-port.ts';
import type { Comparison, Side } from '../comparison.ts';
import { serversAmong } from '../immich-parts.ts';
import { edgesOf, edgesWithout, type PolicyEdge } from './policy-edges.ts';
import { type Group, groupsOf, policyKinds } from './policy-groups.ts';

/** Who is let in to the server from now on and who no longer, and the policies that say nothing else. */
export interface Admission {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** The policies of the server, of certificates and of what reaches a store by the same door. */
  readonly groups: readonly Group[];
}

/** What network policies change because another program lets people in. */
export function admissionOf(comparison: Comparison): Admission {
  const pairs = comparison.pairs.filter(({ apiGroup, kind }) => policyKinds.get(kind) === apiGroup);
  const groups = groupsOf(pairs, comparison).filter(
    ({ before, after }) => before.length > 0 && after.length > 0,
  );
  const labels = serverLabels(comparison.after);
  const own = groups.filter(({ after }) => after.some((policy) => selects(policy, labels)));
  const opened = own.flatMap((group) => admitted(changeOf(group).opened));
  const closed = own.flatMap((group) => admitted(changeOf(group).closed));
  const peers = new Set([...opened, ...closed]);
  return {
    opened: [...new Set(opened)],
    closed: [...new Set(closed)],
    groups: groups.filter((group) => {
      const { opened, closed } = changeOf(group);
      const edges = [...opened, ...closed];
      return edges.length > 0 && edges.every((edge) => isAtDoor(edge) && peers.has(edge.peer));
    }),
  };
}

function changeOf({ before, after }: Group) {
  const [earlier, later] = [before.flatMap(edgesOf), after.flatMap(edgesOf)];
  return { opened: edgesWithout(later, earlier), closed: edgesWithout(earlier, later) };
}

function admitted(edges: readonly PolicyEdge[]): string[] {
  return edges.flatMap((edge) => (edge.direction === 'from' && isAtDoor(edge) ? [edge.peer] : []));
}

/** Metrics are read by others than those who let people in. */
function isAtDoor({ port }: PolicyEdge): boolean {
  return !metricsPorts.map(String).includes(port);
}

function serverLabels({ workloads }: Side): Readonly<Record<string, string>> {
  return workloads.find(({ containers }) => serversAmong(containers).length > 0)?.labels ?? {};
}

function selects(policy: Field, labels: Readonly<Record<string, string>>): boolean {
  const wanted = ['podSelector', 'endpointSelector'].flatMap((selector) =>
    Object.entries(policy.at('spec', selector, 'matchLabels').labels),
  );
  return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
}
