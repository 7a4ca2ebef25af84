import type { Installation } from '../installation/installation.ts';
import type { NetworkPeer } from '../installation/network.ts';
import type { Addresses, Edge, NetworkPort, OtherPods, OwnPods, Peer } from '../kubernetes/network.ts';
import { addresses } from './addresses.ts';

export function prometheus(namespace: string): OtherPods {
  return { kind: 'other', name: 'Prometheus', namespaces: [namespace], labels: {} };
}

/** The operator, which asks every instance how it is, and sets it up. */
export function operatorOf({ network }: Installation): OtherPods {
  return {
    kind: 'other',
    name: 'the CloudNativePG operator',
    namespaces: [network.operatorNamespace],
    labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
  };
}

export function apiServerOf({ network }: Installation): Addresses {
  const ranges = network.apiServer.addresses.map((range) => range.text);
  return { ...addresses('the Kubernetes API', ranges), entities: ['kube-apiserver'] };
}

/** Who is at the other end, as the file describes it. */
export function peerOf(peer: NetworkPeer): OtherPods | Addresses {
  if (peer.kind === 'addresses') return addresses(peer.range.text, [peer.range.text]);
  const { namespace, labels } = peer;
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const name = [namespace, ...pairs].join(' ');
  return { kind: 'other', name, namespaces: [namespace], labels };
}

/** The way to every DNS server. */
export function dnsEdges({ network }: Installation, from: OwnPods): Edge[] {
  return network.dns.map((server) => {
    const ports: NetworkPort[] = [{ protocol: 'UDP', port: server.port }, tcp(server.port)];
    const peer = peerOf(server);
    const dns = { name: 'DNS', isDns: true };
    // NodeLocal DNSCache answers on an address of the node itself.
    const to: Peer =
      peer.kind === 'addresses' ? { ...peer, ...dns, entities: ['host'] } : { ...peer, ...dns };
    return { from, to, ports };
  });
}

export function tcp(port: number): NetworkPort {
  return { protocol: 'TCP', port };
}
