import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { comment } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { Addresses, CiliumEntity, Edge, NetworkPort, OwnPods, Peer } from '../kubernetes/network.ts';

/**
 * What Cilium needs besides the NetworkPolicy of some pods: it never matches nodes, pods or the API server by their
 * addresses, and it can be told the names of hosts. Nothing where the NetworkPolicy says all.
 * https://docs.cilium.io/en/stable/network/kubernetes/policy/#known-missing-features-for-kubernetes-network-policy
 *
 * The object is written as it is: the class that cdk8s would generate adds seventy kilobytes, which every synth
 * would load. Its definition in `imports/cilium/` holds it in tests.
 */
export function ciliumPolicy(
  scope: Construct,
  { namespace, own, edges }: { namespace: string; own: OwnPods; edges: readonly Edge[] },
): void {
  const outgoing = edges.filter(({ from }) => from.name === own.name && from.kind === 'own');
  const incoming = edges.filter(({ to }) => to.name === own.name && to.kind === 'own');
  const out = outgoing.flatMap((edge) => egressRules(edge, outgoing));
  const into = incoming.flatMap(ingressRules);
  if (out.length === 0 && into.length === 0) return;
  const policy = new ApiObject(scope, `cilium-policy-${own.name}`, {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: own.name, namespace, labels: ownLabels },
    spec: {
      endpointSelector: { matchLabels: { ...own.labels } },
      ...(into.length > 0 ? { ingress: into.map(({ rule }) => rule) } : {}),
      ...(out.length > 0 ? { egress: out.map(({ rule }) => rule) } : {}),
    },
  });
  into.forEach(({ text }, index) => {
    comment(policy, ['spec', 'ingress', index], text);
  });
  out.forEach(({ text }, index) => {
    comment(policy, ['spec', 'egress', index], text);
  });
}

/** Whether a NetworkPolicy would say it by addresses that Cilium does not match, or wider than by its name. */
export function isForCiliumAlone(peer: Peer): boolean {
  return (
    peer.kind === 'addresses' &&
    (peer.hosts !== undefined ||
      (peer.entities?.some((entity) => entity === 'kube-apiserver' || entity === 'ingress') ?? false))
  );
}

interface Rule {
  readonly rule: CiliumRule;
  readonly text: string;
}

/** A rule in one direction. https://docs.cilium.io/en/stable/security/policy/language/ */
interface CiliumRule {
  readonly toEntities?: readonly CiliumEntity[];
  readonly fromEntities?: readonly CiliumEntity[];
  readonly toFQDNs?: readonly ({ readonly matchName: string } | { readonly matchPattern: string })[];
  readonly toEndpoints?: readonly object[];
  readonly toPorts: readonly {
    readonly ports: readonly { readonly port: string; readonly protocol: NetworkPort['protocol'] }[];
    readonly rules?: { readonly dns: readonly { readonly matchPattern: string }[] };
  }[];
}

function egressRules({ to, ports }: Edge, all: readonly Edge[]): Rule[] {
  if (to.kind === 'own') return [];
  // What is asked for by name must be seen being looked up, or Cilium does not know its addresses.
  const isLookup =
    to.isDns === true && all.some((edge) => edge.to.kind === 'addresses' && edge.to.hosts !== undefined);
  const toPorts = [
    { ports: ports.map(portOf), ...(isLookup ? { rules: { dns: [{ matchPattern: '*' }] } } : {}) },
  ];
  const text = `To ${to.name}.`;
  if (to.kind === 'other') {
    return isLookup ? [{ rule: { toEndpoints: [endpointsOf(to)], toPorts }, text }] : [];
  }
  return [
    ...(to.entities === undefined ? [] : [{ rule: { toEntities: to.entities, toPorts }, text }]),
    ...(to.hosts === undefined ? [] : [{ rule: { toFQDNs: namesOf(to.hosts), toPorts }, text }]),
  ];
}

function ingressRules({ from, ports }: Edge): Rule[] {
  if (from.kind !== 'addresses' || from.entities === undefined) return [];
  const rule = { fromEntities: from.entities, toPorts: [{ ports: ports.map(portOf) }] };
  return [{ rule, text: `From ${from.name}.` }];
}

/** Some services have buckets as names before their own. */
function namesOf(hosts: NonNullable<Addresses['hosts']>) {
  return hosts.flatMap((host) => [{ matchName: host }, { matchPattern: `*.${host}` }]);
}

function endpointsOf({ namespaces, labels }: Extract<Peer, { kind: 'other' }>) {
  const key = 'k8s:io.kubernetes.pod.namespace';
  return {
    matchLabels: { ...labels },
    matchExpressions: [{ key, operator: 'In', values: [...namespaces] }],
  };
}

function portOf({ protocol, port }: NetworkPort) {
  return { port: String(port), protocol };
}
