import { Construct } from 'constructs';
import { checkOwnNamespace } from '../installation/checks/namespaces.ts';
import { networkFlavor } from '../installation/network.ts';
import { Properties } from '../installation/properties.ts';
import { label, labelName, labelValue, objectName } from '../installation/texts.ts';
import {
  IntOrString,
  KubeNetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
} from '../kubernetes/api.ts';
import { comment } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Addresses, Edge, NetworkPort, OwnPods, Peer } from '../kubernetes/network.ts';
import { record } from '../schema/list.ts';
import { refine } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { ciliumPolicy, isForCiliumAlone } from './cilium-policies.ts';

/** What network policies are made of. */
export interface NetworkPoliciesProps {
  /** Namespace of the policies and of the pods, which must not be one that Kubernetes has for itself. */
  readonly namespace: string;
  /** The pods that get a policy, each named after its pods: the handles `pods` of other constructs, and your own. */
  readonly pods: readonly OwnPods[];
  /** Who talks to whom, on which ports. An edge between two of the pods is opened at both ends. */
  readonly edges: readonly Edge[];
  /**
   * Whether everything else in the namespace is denied, for all of its pods. Only one of several in a namespace may.
   * @default true
   */
  readonly deniesOthers?: boolean;
  /**
   * The network of the cluster, as `network.flavor` of an installation file: `cilium` adds CiliumNetworkPolicies.
   * @default kubernetes
   */
  readonly flavor?: 'kubernetes' | 'cilium';
}

/**
 * Denies everything in the namespace, then allows each of its pods the edges that it is part of.
 *
 * @example
 * const traefik = { kind: 'other', name: 'Traefik', namespaces: ['traefik'], labels: {} } as const;
 * const edges = [{ from: traefik, to: server.pods, ports: [{ protocol: 'TCP', port: server.port }] }] as const;
 * new NetworkPolicies(chart, 'policies', { namespace: 'photos', pods: [server.pods], edges });
 */
export class NetworkPolicies extends Construct {
  /** Names of the policies that allow something. */
  readonly names: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps) {
    super(scope, id);
    const { pods, edges, deniesOthers = true } = props;
    const properties = new Properties(`NetworkPolicies ${quote(id)}`);
    const namespace = properties.read(label, props.namespace, 'namespace');
    const flavor = properties.read(networkFlavor, props.flavor ?? 'kubernetes', 'flavor');
    if (deniesOthers) properties.check(undefined, (at) => checkOwnNamespace(namespace, at.in('namespace')));
    pods.forEach(({ name, labels }, index) => {
      properties.read(objectName, name, 'pods', String(index), 'name');
      properties.read(podLabels, labels, 'pods', String(index), 'labels');
    });
    if (deniesOthers) {
      new KubeNetworkPolicy(this, 'default-deny', {
        metadata: { name: 'default-deny', namespace, labels: ownLabels },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      });
    }
    const plain =
      flavor === 'cilium'
        ? edges.filter(({ from, to }) => !isForCiliumAlone(from) && !isForCiliumAlone(to))
        : edges;
    for (const own of pods) {
      policyOf(this, namespace, own, plain);
      if (flavor === 'cilium') ciliumPolicy(this, { namespace, own, edges });
    }
    this.names = pods.map(({ name }) => name);
  }
}

/** Labels of pods. Without any, a policy would mean every pod of the namespace. */
const podLabels = refine(record(labelName, labelValue), (labels, at) =>
  Object.keys(labels).length > 0
    ? labels
    : at.error('No label means every pod of the namespace. Write the labels of the pods.'),
);

function policyOf(scope: Construct, namespace: string, own: OwnPods, edges: readonly Edge[]): void {
  const { name, labels } = own;
  const incoming = rulesOf(edges, own, 'from');
  const outgoing = rulesOf(edges, own, 'to');
  const policy = new KubeNetworkPolicy(scope, `policy-${name}`, {
    metadata: { name, namespace, labels: ownLabels },
    spec: {
      podSelector: { matchLabels: { ...labels } },
      policyTypes: ['Ingress', 'Egress'],
      ...(incoming.length > 0
        ? { ingress: incoming.map(({ peers, ports }) => ({ from: peers.flatMap(peersOf), ports })) }
        : {}),
      ...(outgoing.length > 0
        ? { egress: outgoing.map(({ peers, ports }) => ({ to: peers.flatMap(peersOf), ports })) }
        : {}),
    },
  });
  incoming.forEach(({ text }, index) => {
    comment(policy, ['spec', 'ingress', index], `From ${text}`);
  });
  outgoing.forEach(({ text }, index) => {
    comment(policy, ['spec', 'egress', index], `To ${text}`);
  });
}

interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: NetworkPolicyPort[];
  /** Who is there, and what for, as a sentence without its first word. */
  readonly text: string;
}

/** The rules of some pods in one direction: edges to ends of one name on the same ports are one rule. */
function rulesOf(edges: readonly Edge[], own: OwnPods, end: 'from' | 'to'): Rule[] {
  const rules = new Map<string, Rule>();
  for (const edge of edges) {
    if (!isSame(end === 'from' ? edge.to : edge.from, own)) continue;
    const peer = edge[end];
    const text = edge.why === undefined ? `${peer.name}.` : `${peer.name}: ${edge.why}.`;
    const ports = portsOf(edge.ports);
    const id = JSON.stringify([text, edge.ports]);
    rules.set(id, { text, ports, peers: [...(rules.get(id)?.peers ?? []), peer] });
  }
  return [...rules.values()];
}

function isSame(peer: Peer, own: OwnPods): boolean {
  return peer.kind === 'own' && peer.name === own.name;
}

function peersOf(peer: Peer): NetworkPolicyPeer[] {
  switch (peer.kind) {
    case 'own':
      return [{ podSelector: { matchLabels: { ...peer.labels } } }];
    case 'other':
      return [
        {
          namespaceSelector: {
            matchExpressions: [
              { key: 'kubernetes.io/metadata.name', operator: 'In', values: [...peer.namespaces] },
            ],
          },
          ...(Object.keys(peer.labels).length > 0
            ? { podSelector: { matchLabels: { ...peer.labels } } }
            : {}),
        },
      ];
    case 'addresses':
      return peer.ranges.map((cidr) => ({ ipBlock: { cidr, ...exceptionsOf(peer, cidr) } }));
  }
}

/** Exceptions must lie inside of their range, so that each address family gets its own. */
function exceptionsOf({ except }: Addresses, cidr: string): { except?: string[] } {
  const own = except.filter((range) => range.includes(':') === cidr.includes(':'));
  return own.length > 0 ? { except: own } : {};
}

function portsOf(ports: readonly NetworkPort[]): NetworkPolicyPort[] {
  return ports.map(({ protocol, port }) => ({ protocol, port: IntOrString.fromNumber(port) }));
}
