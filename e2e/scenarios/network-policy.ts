import { BlockList } from 'node:net';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { at, listAt, textAt } from '../control-plane/value.ts';
import { ciliumAllows, isWorld } from './cilium-rule.ts';
import { type Endpoint, matches } from './endpoint.ts';

/** Whose meaning of a policy it is. */
export type Meaning = 'kubernetes' | 'cilium';

/**
 * Whether a connection gets through, as a network plugin decides: the source's policies must allow it out, and the
 * target's policies in. https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function allows(
  policies: readonly KubernetesObject[],
  from: Endpoint,
  to: Endpoint,
  port: number,
  protocol: string,
  meaning: Meaning = 'kubernetes',
): boolean {
  const connection = { port, protocol, meaning };
  return (
    isOpen(policies, from, to, 'Egress', connection) && isOpen(policies, to, from, 'Ingress', connection)
  );
}

interface Connection {
  readonly port: number;
  readonly protocol: string;
  readonly meaning: Meaning;
}

/** Whether the policy is for this pod. */
export function selects(policy: KubernetesObject, pod: Endpoint): boolean {
  return (
    pod.kind === 'pod' &&
    policy.metadata?.namespace === pod.namespace.metadata?.name &&
    matches(at(policy, 'spec', isOfCilium(policy) ? 'endpointSelector' : 'podSelector'), pod.labels)
  );
}

function isOpen(
  policies: readonly KubernetesObject[],
  own: Endpoint,
  peer: Endpoint,
  type: 'Ingress' | 'Egress',
  { port, protocol, meaning }: Connection,
): boolean {
  const [rules, peers] = type === 'Ingress' ? (['ingress', 'from'] as const) : (['egress', 'to'] as const);
  const applying = policies.filter(
    (policy) =>
      selects(policy, own) &&
      (isOfCilium(policy)
        ? meaning === 'cilium' && at(policy, 'spec', rules) !== undefined
        : listAt(policy, 'spec', 'policyTypes').includes(type)),
  );
  return (
    applying.length === 0 ||
    applying.some((policy) =>
      listAt(policy, 'spec', rules).some((rule) =>
        isOfCilium(policy)
          ? ciliumAllows(rule, peer, port, protocol)
          : isPort(listAt(rule, 'ports'), port, protocol) &&
            isPeer(listAt(rule, peers), peer, policy.metadata?.namespace, meaning),
      ),
    )
  );
}

function isOfCilium({ kind }: KubernetesObject): boolean {
  return kind === 'CiliumNetworkPolicy';
}

function isPort(ports: readonly Value[], port: number, protocol: string): boolean {
  return (
    ports.length === 0 ||
    ports.some((each) => at(each, 'port') === port && (textAt(each, 'protocol') || 'TCP') === protocol)
  );
}

function isPeer(
  peers: readonly Value[],
  peer: Endpoint,
  namespace: string | undefined,
  meaning: Meaning,
): boolean {
  return (
    peers.length === 0 ||
    peers.some((each) => {
      const block = at(each, 'ipBlock');
      if (block !== undefined) {
        // https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based
        const isMeant = meaning === 'kubernetes' || (peer.kind === 'address' && isWorld(peer));
        return peer.kind === 'address' && isMeant && isInside(block, peer.address);
      }
      if (peer.kind === 'address') {
        return false;
      }
      const namespaces = at(each, 'namespaceSelector');
      const isHome =
        namespaces === undefined
          ? peer.namespace.metadata?.name === namespace
          : matches(namespaces, peer.namespace.metadata?.labels ?? {});
      return isHome && matches(at(each, 'podSelector'), peer.labels);
    })
  );
}

function isInside(block: Value, address: string): boolean {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const contains = (cidr: string) => {
    const [network = '', bits = ''] = cidr.split('/');
    const list = new BlockList();
    list.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
    return list.check(address, family);
  };
  const except = listAt(block, 'except').filter((each) => typeof each === 'string');
  return contains(textAt(block, 'cidr')) && !except.some(contains);
}
