import { clusterLabel } from '../../cnpg/names.ts';
import type { Field } from '../../manifests/field.ts';

/** A way that a network policy opens to or from the pods it selects, on one port. */
export interface PolicyEdge {
  readonly direction: 'from' | 'to';
  /** Who is at the other end, in words. */
  readonly peer: string;
  /** `443`, `53/UDP`, or `every port`. */
  readonly port: string;
}

/** Every way that a NetworkPolicy or a CiliumNetworkPolicy opens. */
export function edgesOf(policy: Field): PolicyEdge[] {
  const isCilium = policy.manifest.object.kind === 'CiliumNetworkPolicy';
  return (['from', 'to'] as const).flatMap((direction) =>
    policy.at('spec', direction === 'from' ? 'ingress' : 'egress').items.flatMap((rule) => {
      const ports = isCilium ? ciliumPorts(rule) : portsOf(rule.at('ports'), 'port');
      const peers = isCilium ? ciliumPeers(rule, direction) : peersOf(rule.at(direction));
      return peers.flatMap((peer) => ports.map((port) => ({ direction, peer, port })));
    }),
  );
}

/** The ways of one that the other does not have. */
export function edgesWithout(some: readonly PolicyEdge[], others: readonly PolicyEdge[]): PolicyEdge[] {
  const known = new Set(others.map(textOf));
  return some.filter((edge) => !known.has(textOf(edge)));
}

/** Ways of one direction in words: `traefik in kube-system on 2283, and any address on 443`. */
export function edgesText(edges: readonly PolicyEdge[], direction: 'from' | 'to'): string {
  const byPeer = new Map<string, string[]>();
  for (const { peer, port } of edges.filter((edge) => edge.direction === direction)) {
    const known = byPeer.get(peer);
    if (known === undefined) byPeer.set(peer, [port]);
    else if (!known.includes(port)) known.push(port);
  }
  const byPorts = new Map<string, string[]>();
  for (const [peer, ports] of byPeer) {
    const text = ports.join(', ');
    byPorts.set(text, [...(byPorts.get(text) ?? []), peer]);
  }
  return [...byPorts].map(([ports, peers]) => `${peersText(peers)} on ${ports}`).join('; ');
}

function textOf({ direction, peer, port }: PolicyEdge): string {
  return JSON.stringify([direction, peer, port]);
}

/** Both families of addresses are told as one where both are meant. */
function peersText(peers: readonly string[]): string {
  const isBoth = (peer: string) => peers.includes(peer.replace('IPv4', 'IPv6')) && peer.includes('IPv4');
  const other = (peer: string) => peer.includes('IPv6') && peers.includes(peer.replace('IPv6', 'IPv4'));
  return peers
    .filter((peer) => !other(peer))
    .map((peer) => (isBoth(peer) ? peer.replace('any IPv4 address', 'any address') : peer))
    .join(' and ');
}

function portsOf(ports: Field, key: string): string[] {
  if (ports.items.length === 0) return ['every port'];
  return ports.items.map((port) => {
    const number = port.at(key).text ?? port.at(key).number ?? 'any';
    const end = port.at('endPort').number;
    const protocol = port.at('protocol').text ?? 'TCP';
    return `${number}${end === undefined ? '' : `-${end}`}${protocol === 'TCP' ? '' : `/${protocol}`}`;
  });
}

function peersOf(peers: Field): string[] {
  if (peers.items.length === 0) return ['everything'];
  return peers.items.map((peer) =>
    peer.at('ipBlock').exists
      ? addressesText(peer.at('ipBlock', 'cidr').text, peer.at('ipBlock', 'except').texts)
      : podsText(peer.at('podSelector'), peer.at('namespaceSelector')),
  );
}

function addressesText(cidr: string | undefined, except: readonly string[] = []): string {
  const block = cidr ?? 'addresses that are not known';
  const named = wholeInternet.get(block) ?? block;
  return except.length === 0 ? named : `${named} but ${except.join(', ')}`;
}

const wholeInternet: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0/0', 'any IPv4 address'],
  ['::/0', 'any IPv6 address'],
]);

/** Labels by which programs are called. */
const nameLabels: readonly string[] = ['app.kubernetes.io/name', clusterLabel, 'k8s-app', 'app'];

function podsText(pods: Field, namespaces: Field): string {
  const selected = partsOf(pods).map(({ text }) => text);
  const place = partsOf(namespaces).map(({ text }) => text);
  return [
    selected.length === 0 ? 'every pod' : selected.join(', '),
    ...(namespaces.exists ? [place.length === 0 ? 'of any namespace' : `in ${place.join(', ')}`] : []),
  ].join(' ');
}

/** In Cilium the namespace of pods is one of their labels. */
function endpointsText(endpoints: Field): string {
  const parts = partsOf(endpoints);
  const selected = parts.filter(({ isNamespace }) => !isNamespace).map(({ text }) => text);
  const place = parts.filter(({ isNamespace }) => isNamespace).map(({ text }) => text);
  return [
    selected.length === 0 ? 'every pod' : selected.join(', '),
    ...(place.length === 0 ? [] : [`in ${place.join(', ')}`]),
  ].join(' ');
}

/** What a selector asks for, in words; nothing where it selects everything. */
function partsOf(selector: Field): { readonly text: string; readonly isNamespace: boolean }[] {
  const labels = Object.entries(selector.at('matchLabels').labels).map(([label, value]) => ({
    text: nameLabels.includes(label) || isNamespaceName(label) ? value : `${label}=${value}`,
    isNamespace: isNamespaceName(label),
  }));
  const expressions = selector.at('matchExpressions').items.map((expression) => {
    const [key, operator] = [expression.at('key').text ?? '', expression.at('operator').text ?? ''];
    const values = expression.at('values').texts;
    const isNamespace = isNamespaceName(key);
    return {
      text:
        isNamespace && operator === 'In'
          ? values.join(' or ')
          : [key, operator, values.join('|')].filter((part) => part !== '').join(' '),
      isNamespace,
    };
  });
  return [...labels, ...expressions];
}

function isNamespaceName(label: string): boolean {
  return label === 'kubernetes.io/metadata.name' || label === 'k8s:io.kubernetes.pod.namespace';
}

function ciliumPorts(rule: Field): string[] {
  const ports = rule.at('toPorts').items;
  return ports.length === 0 ? ['every port'] : ports.flatMap((one) => portsOf(one.at('ports'), 'port'));
}

/** https://docs.cilium.io/en/stable/security/policy/language/ */
function ciliumPeers(rule: Field, direction: 'from' | 'to'): string[] {
  const at = (what: string) => rule.at(`${direction}${what}`);
  const known = [
    ...at('Entities').texts.map((entity) => entities.get(entity) ?? `the entity ${entity}`),
    ...at('FQDNs').items.map((name) => name.at('matchName').text ?? name.at('matchPattern').text ?? 'a name'),
    ...at('CIDR').texts.map((block) => addressesText(block)),
    ...at('CIDRSet').items.map((set) => addressesText(set.at('cidr').text, set.at('except').texts)),
    ...at('Endpoints').items.map(endpointsText),
  ];
  const others = rule.entries.flatMap(([key]) =>
    key.startsWith(direction) && key !== 'toPorts' && !understood.has(key.slice(direction.length))
      ? [`what ${key} names`]
      : [],
  );
  const all = [...known, ...others];
  return all.length === 0 ? ['everything'] : all;
}

const understood: ReadonlySet<string> = new Set(['Entities', 'FQDNs', 'CIDR', 'CIDRSet', 'Endpoints']);

const entities: ReadonlyMap<string, string> = new Map([
  ['kube-apiserver', 'the Kubernetes API'],
  ['host', 'the own node'],
  ['remote-node', 'other nodes'],
  ['world', 'everything outside of the cluster'],
  ['cluster', 'everything in the cluster'],
  ['all', 'everything'],
]);
