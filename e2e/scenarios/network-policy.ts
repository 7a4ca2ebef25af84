import { BlockList } from 'node:net';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { at, listAt, textAt } from '../control-plane/value.ts';

/** One end of a connection. */
export type Endpoint =
  | {
      readonly kind: 'pod';
      readonly namespace: KubernetesObject;
      readonly labels: { readonly [label: string]: string };
    }
  | { readonly kind: 'address'; readonly address: string };

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
): boolean {
  return (
    isOpen(policies, from, to, 'Egress', port, protocol) &&
    isOpen(policies, to, from, 'Ingress', port, protocol)
  );
}

/** Whether the policy is for this pod. */
export function selects(policy: KubernetesObject, pod: Endpoint): boolean {
  return (
    pod.kind === 'pod' &&
    policy.metadata?.namespace === pod.namespace.metadata?.name &&
    matches(at(policy, 'spec', 'podSelector'), pod.labels)
  );
}

function isOpen(
  policies: readonly KubernetesObject[],
  own: Endpoint,
  peer: Endpoint,
  type: 'Ingress' | 'Egress',
  port: number,
  protocol: string,
): boolean {
  const [rules, peers] = type === 'Ingress' ? (['ingress', 'from'] as const) : (['egress', 'to'] as const);
  const applying = policies.filter(
    (policy) => selects(policy, own) && listAt(policy, 'spec', 'policyTypes').includes(type),
  );
  return (
    applying.length === 0 ||
    applying.some((policy) =>
      listAt(policy, 'spec', rules).some(
        (rule) =>
          isPort(listAt(rule, 'ports'), port, protocol) &&
          isPeer(listAt(rule, peers), peer, policy.metadata?.namespace),
      ),
    )
  );
}

function isPort(ports: readonly Value[], port: number, protocol: string): boolean {
  return (
    ports.length === 0 ||
    ports.some((each) => at(each, 'port') === port && (textAt(each, 'protocol') || 'TCP') === protocol)
  );
}

function isPeer(peers: readonly Value[], peer: Endpoint, namespace: string | undefined): boolean {
  return (
    peers.length === 0 ||
    peers.some((each) => {
      const block = at(each, 'ipBlock');
      if (block !== undefined) {
        return peer.kind === 'address' && isInside(block, peer.address);
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

/** A missing or empty selector matches everything. */
function matches(selector: Value | undefined, labels: { readonly [label: string]: string }): boolean {
  const wanted = Object.entries(Object(at(selector, 'matchLabels')));
  const expressions = listAt(selector, 'matchExpressions');
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) => {
      const label = labels[textAt(expression, 'key')];
      const values = listAt(expression, 'values');
      switch (textAt(expression, 'operator')) {
        case 'In':
          return label !== undefined && values.includes(label);
        case 'NotIn':
          return label === undefined || !values.includes(label);
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}
