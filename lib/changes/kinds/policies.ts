import type { Field } from '../../manifests/field.ts';
import {
  type Comparison,
  type Draft,
  isAdded,
  isChanged,
  isRemoved,
  pairsOfKind,
  type Side,
} from '../comparison.ts';
import { isSame } from '../difference.ts';
import type { Pair } from '../pairs.ts';

/** Network policies: what may go where it could not, and what no longer may. */
export function policies(comparison: Comparison): Draft[] {
  const pairs = pairsOfKind(comparison, 'networking.k8s.io', 'NetworkPolicy');
  const changed = pairs.filter(isChanged).flatMap((pair) => {
    const lines = [...rules(pair, 'ingress', 'from'), ...rules(pair, 'egress', 'to')];
    return lines.length === 0 ? [] : [draft([pair], 'policy', lines.join(' '))];
  });
  const isClosed = (side: Side, { cluster, namespace }: Pair) =>
    side.inventories
      .get(cluster)
      ?.all('networking.k8s.io', 'NetworkPolicy')
      .some((policy) => policy.at('metadata', 'namespace').text === namespace && selectsAll(policy)) ?? false;
  const added = pairs.filter(isAdded);
  const removed = pairs.filter(isRemoved);
  const { before, after } = comparison;
  const opened = removed.filter((pair) => !isClosed(after, pair));
  return [
    ...changed,
    ...added.filter((pair) => isClosed(before, pair)).map(allows),
    ...came(added.filter((pair) => !isClosed(before, pair))),
    ...removed.filter((pair) => isClosed(after, pair)).map(allowed),
    ...went(opened.filter((pair) => selectedIn(after, pair).length === 0)),
    ...wentInPart(
      opened.filter((pair) => selectedIn(after, pair).length > 0),
      after,
    ),
  ];
}

/** The names of the policies that are in the namespace of an object. */
function selectedIn(side: Side, { cluster, namespace }: Pair): readonly string[] {
  const policies = side.inventories.get(cluster)?.all('networking.k8s.io', 'NetworkPolicy') ?? [];
  return policies
    .filter((policy) => policy.at('metadata', 'namespace').text === namespace)
    .flatMap((policy) => policy.at('metadata', 'name').text ?? []);
}

/** Policies that go, while others in their namespace still say who may talk to the pods that they select. */
function wentInPart(pairs: readonly Pair[], after: Side): Draft[] {
  const [first] = pairs;
  if (first === undefined) return [];
  const left = selectedIn(after, first).join(', ');
  return [
    draft(
      pairs,
      'open',
      `Network policies go (${namesOf(pairs)}): pods of their namespace that no other policy selects reach, and are reached by, everything. What ${left} say of their own pods still holds.`,
      [
        `See that no pod of Immich is without a policy: kubectl get networkpolicies --namespace ${first.namespace}`,
      ],
    ),
  ];
}

/** Whether a policy selects every pod of its namespace, so that what none allows is refused. */
function selectsAll(policy: Field): boolean {
  return policy.at('spec', 'podSelector', 'matchLabels').entries.length === 0;
}

function allows(pair: Pair): Draft {
  const lines = [...rules(pair, 'ingress', 'from'), ...rules(pair, 'egress', 'to')];
  return draft([pair], 'allow', lines.join(' ') || `The new network policy ${pair.name} opens nothing.`);
}

function allowed(pair: Pair): Draft {
  const lines = [...rules(pair, 'ingress', 'from'), ...rules(pair, 'egress', 'to')];
  return draft(
    [pair],
    'disallow',
    lines.join(' ') || `The network policy ${pair.name}, which opened nothing, goes.`,
  );
}

function came(pairs: readonly Pair[]): Draft[] {
  if (pairs.length === 0) return [];
  return [
    draft(
      pairs,
      'close',
      `New network policies (${namesOf(pairs)}): the pods they select reach, and are reached by, only what the policies name.`,
      ['After merging: log in, upload a photo, search for a word; see that backups are made the next day.'],
    ),
  ];
}

function went(pairs: readonly Pair[]): Draft[] {
  if (pairs.length === 0) return [];
  return [
    draft(
      pairs,
      'open',
      `Network policies go (${namesOf(pairs)}), and none is left that refuses what is not named: every pod in the Kubernetes cluster can reach the pods they selected, Immich and its database where those are among them, and they can reach the internet.`,
    ),
  ];
}

function namesOf(pairs: readonly Pair[]): string {
  return [...new Set(pairs.map(({ name }) => name))].join(', ');
}

function draft(pairs: readonly Pair[], what: string, sentence: string, steps: readonly string[] = []): Draft {
  return {
    grade: 'steps',
    topic: 'traffic',
    what,
    key: ['network'],
    sentence,
    steps,
    pairs,
    to: [...new Set(pairs.map(({ name }) => name))].join(','),
  };
}

/** The rules of one direction that came and went, as sentences. */
function rules(
  { before, after, name }: Pair,
  direction: 'ingress' | 'egress',
  side: 'from' | 'to',
): string[] {
  const [earlier, later] = [before, after].map((field) => field?.at('spec', direction).items ?? []);
  const only = (some: readonly Field[] = [], others: readonly Field[] = []) =>
    some
      .filter(({ value }) => !others.some((other) => isSame(other.value, value)))
      .map((rule) => ruleText(rule, side));
  const [opened, closed] = [only(later, earlier), only(earlier, later)];
  return [
    ...opened.map((rule) => `${name}: ${direction} ${side} ${rule} is open now.`),
    ...closed.map((rule) => `${name}: ${direction} ${side} ${rule} is closed now.`),
  ];
}

function ruleText(rule: Field, side: 'from' | 'to'): string {
  const peers = rule.at(side).items.map(peerText);
  const ports = rule
    .at('ports')
    .items.map(
      (port) =>
        `${port.at('port').text ?? port.at('port').number ?? 'any'}/${port.at('protocol').text ?? 'TCP'}`,
    );
  return `${peers.length === 0 ? 'everywhere' : peers.join(' and ')} on ${ports.length === 0 ? 'every port' : ports.join(', ')}`;
}

function peerText(peer: Field): string {
  const block = peer.at('ipBlock', 'cidr').text;
  if (block !== undefined) return block;
  const labels = (selector: Field) =>
    Object.entries(selector.at('matchLabels').labels)
      .map(([label, value]) => `${label}=${value}`)
      .join(',');
  const [pods, namespaces] = [labels(peer.at('podSelector')), labels(peer.at('namespaceSelector'))];
  return [
    pods === '' ? 'all pods' : `pods ${pods}`,
    ...(peer.at('namespaceSelector').exists
      ? [namespaces === '' ? 'of all namespaces' : `of namespaces ${namespaces}`]
      : []),
  ].join(' ');
}
