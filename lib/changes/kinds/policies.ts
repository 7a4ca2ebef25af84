import type { Comparison, Draft, Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { edgesOf, edgesText, edgesWithout, type PolicyEdge } from './policy-edges.ts';
import { type Group, groupsOf, isClosedIn, isEmpty, policiesIn, policyKinds } from './policy-groups.ts';

/** Network policies: what may go where it could not, and what no longer may. */
export function policies(comparison: Comparison): Draft[] {
  const pairs = comparison.pairs.filter(({ apiGroup, kind }) => policyKinds.get(kind) === apiGroup);
  if (pairs.length === 0) return [];
  const groups = groupsOf(pairs, comparison);
  const isClosed = (side: Side) => (group: Group) => isClosedIn(side, group);
  const added = groups.filter((group) => group.before.length === 0 && !isClosed(comparison.before)(group));
  const removed = groups.filter((group) => group.after.length === 0 && !isClosed(comparison.after)(group));
  const others = groups.filter((group) => !added.includes(group) && !removed.includes(group));
  return [
    ...flavor(comparison, pairs),
    ...came(comparison, added),
    ...went(comparison, removed),
    ...draftChange(comparison, others),
  ];
}

const rules = ['spec.ingress', 'spec.egress', 'spec.policyTypes'];

/** The policies are written for another network. https://docs.cilium.io/en/stable/network/kubernetes/policy/ */
function flavor({ before, after }: Comparison, pairs: readonly Pair[]): Draft[] {
  const isCilium = (side: Side) => side.all('cilium.io', 'CiliumNetworkPolicy').length > 0;
  const isAny = (side: Side) => side.all('networking.k8s.io', 'NetworkPolicy').length > 0;
  const [was, is] = [isCilium(before), isCilium(after)];
  const own = pairs.filter(({ kind }) => kind === 'CiliumNetworkPolicy');
  if (was === is || own.length === 0 || !isAny(before) || !isAny(after)) return [];
  return [
    {
      grade: 'steps',
      topic: 'traffic',
      what: 'flavor',
      from: was ? 'cilium' : 'kubernetes',
      to: is ? 'cilium' : 'kubernetes',
      key: ['network', 'flavor'],
      sentence: is
        ? 'The policies are written for Cilium from now on: it is told the Kubernetes API and hosts by their names, which no other network understands. Without Cilium in the cluster Flux stops at the whole layer, since it knows no CiliumNetworkPolicy.'
        : 'The policies are written without Cilium from now on, by addresses alone. Where Cilium still runs, it matches neither nodes nor the Kubernetes API by addresses: the database then no longer reaches the API, and stops.',
      steps: is
        ? ['Before merging: kubectl get crd ciliumnetworkpolicies.cilium.io']
        : ['Before merging, be sure that Cilium is gone: kubectl get daemonsets --namespace kube-system'],
      pairs: own,
      fields: [''],
    },
  ];
}

function came({ before }: Comparison, groups: readonly Group[]): Draft[] {
  const [onNew, others] = partition(groups, (group) => isEmpty(before, group));
  const sentence = (own: readonly Group[]) =>
    `New network policies (${namesOf(own)}): the pods they select reach, and are reached by, only what the policies name.`;
  return [
    ...(onNew.length === 0
      ? []
      : [{ ...draftOf(onNew, 'close'), grade: 'routine', sentence: sentence(onNew) } as const]),
    ...(others.length === 0
      ? []
      : [
          {
            ...draftOf(others, 'close'),
            sentence: sentence(others),
            steps: [
              'After merging: log in, upload a photo, search for a word; see that backups are made the next day.',
            ],
          },
        ]),
  ];
}

function went({ after }: Comparison, groups: readonly Group[]): Draft[] {
  const [withPods, left] = partition(groups, (group) => isEmpty(after, group));
  const [inPart, others] = partition(left, (group) => policiesIn(after, group).length > 0);
  return [
    ...(withPods.length === 0
      ? []
      : [
          {
            ...draftOf(withPods, 'disallow'),
            grade: 'routine',
            sentence: `The network policies of ${namesOf(withPods)} go, with the pods that they were for.`,
          } as const,
        ]),
    ...wentInPart(after, inPart),
    ...(others.length === 0
      ? []
      : [
          {
            ...draftOf(others, 'open'),
            sentence: `Network policies go (${namesOf(others)}), and none is left that refuses what is not named: every pod in the Kubernetes cluster can reach the pods they selected, Immich and its database where those are among them, and they can reach the internet.`,
          },
        ]),
  ];
}

/** Policies that go, while others in their namespace still say who may talk to the pods that they select. */
function wentInPart(after: Side, groups: readonly Group[]): Draft[] {
  const [first] = groups;
  if (first === undefined) return [];
  const left = policiesIn(after, first).flatMap((policy) => policy.at('metadata', 'name').text ?? []);
  return [
    {
      ...draftOf(groups, 'open'),
      sentence: `Network policies go (${namesOf(groups)}): pods of their namespace that no other policy selects reach, and are reached by, everything. What ${left.join(', ')} say of their own pods still holds.`,
      steps: [
        `See that no pod of Immich is without a policy: kubectl get networkpolicies --namespace ${first.namespace}`,
      ],
    },
  ];
}

function partition(groups: readonly Group[], isFirst: (group: Group) => boolean): [Group[], Group[]] {
  return [groups.filter(isFirst), groups.filter((group) => !isFirst(group))];
}

/** What is open or closed otherwise, told once for all pods for which it is the same. */
function draftChange({ after }: Comparison, groups: readonly Group[]): Draft[] {
  const isOurs = after.state.source !== undefined;
  // In dist of ours a policy comes and goes only with the pods that it is for.
  const passing = new Set(
    isOurs
      ? groups.filter((one) => one.before.length === 0 || one.after.length === 0).map(({ name }) => name)
      : [],
  );
  const told = new Map<string, { groups: Group[]; what: string; text: string; isAlong: boolean }>();
  for (const group of groups) {
    const what = group.before.length === 0 ? 'allow' : group.after.length === 0 ? 'disallow' : 'policy';
    const text = differenceText(group) ?? same;
    const isAlong = (isOurs && what === 'allow') || isOnlyAbout(group, passing);
    const known = told.get(`${what} ${text}`);
    if (known === undefined) told.set(`${what} ${text}`, { groups: [group], what, text, isAlong });
    else known.groups.push(group);
  }
  return [...told.values()].map(({ groups: own, what, text, isAlong }) => {
    if (text === same) {
      const sentence = `The network policies of ${namesOf(own)} say the same in other words: nothing is opened or closed.`;
      return { ...draftOf(own, what), grade: 'routine', sentence };
    }
    if (isOurs && what === 'disallow') {
      const sentence = `The network policies of ${namesOf(own)} go, with the pods that they were for.`;
      return { ...draftOf(own, what), grade: 'routine', sentence };
    }
    return {
      ...draftOf(own, what),
      ...(isAlong ? ({ grade: 'routine' } as const) : {}),
      sentence: `${listOf(own.map(({ name }) => name))} ${text}.`,
    };
  });
}

/** Whether all that is opened or closed leads to and from pods that come or go themselves. */
function isOnlyAbout({ before, after }: Group, names: ReadonlySet<string>): boolean {
  const [earlier, later] = [before.flatMap(edgesOf), after.flatMap(edgesOf)];
  const edges = [...edgesWithout(later, earlier), ...edgesWithout(earlier, later)];
  return edges.length > 0 && edges.every(({ peer }) => names.has(peer));
}

const same = 'the same';

/** What the pods of a group may do now and what no longer; undefined where nothing is open or closed by it. */
function differenceText({ before, after, pairs }: Group): string | undefined {
  const [earlier, later] = [before.flatMap(edgesOf), after.flatMap(edgesOf)];
  const [opened, closed] = [edgesWithout(later, earlier), edgesWithout(earlier, later)];
  const phrases = [
    ...phrase('may be reached by', opened, 'from'),
    ...phrase('may reach', opened, 'to'),
    ...phrase('can no longer be reached by', closed, 'from'),
    ...phrase('can no longer reach', closed, 'to'),
    ...(pairs.some(({ differences }) =>
      differences.some(({ way }) => /^spec\.(pod|endpoint)Selector/.test(way)),
    )
      ? ['may be other pods now, since the policy selects by other labels']
      : []),
  ];
  return phrases.length === 0 ? undefined : phrases.join(', and ');
}

function phrase(words: string, edges: readonly PolicyEdge[], direction: 'from' | 'to'): string[] {
  const text = edgesText(edges, direction);
  return text === '' ? [] : [`${words} ${text}`];
}

function listOf(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function namesOf(groups: readonly Group[]): string {
  return [...new Set(groups.map(({ name }) => name))].join(', ');
}

function draftOf(groups: readonly Group[], what: string) {
  const pairs = groups.flatMap((group) => group.pairs);
  return {
    grade: 'steps',
    topic: 'traffic',
    what,
    key: ['network'],
    pairs,
    to: [...new Set(pairs.map(({ name }) => name))].join(','),
    fields: pairs.every(({ before, after }) => before !== undefined && after !== undefined)
      ? [...rules, 'spec.podSelector', 'spec.endpointSelector']
      : undefined,
  } as const;
}
