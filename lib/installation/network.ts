import { list, record } from '../schema/list.ts';
import { defaulting, mapping, required } from '../schema/mapping.ts';
import { anyText, choice, flag, orNumber, text, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import type { Cidr } from '../values/locations.ts';
import { parsePort, portPattern } from '../values/port.ts';
import { cidr, label, labelName, labelValue } from './texts.ts';

/** What is known of the network around Immich, and what is opened besides that which follows from the file. */
export type Network = Read<typeof network>;

/** Who is at the other end: pods of other programs in the same cluster, or whatever answers at some addresses. */
export type NetworkPeer =
  | {
      readonly kind: 'pods';
      readonly namespace: string;
      /** None means all pods of the namespace. */
      readonly labels: { readonly [label: string]: string };
    }
  | { readonly kind: 'addresses'; readonly range: Cidr };

const everyAddress: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Pods of Immich that `network.egress` can open a way out for. */
export type EgressSource = 'server' | 'machineLearning' | 'database' | 'drill' | 'backup';

const podKeys = {
  namespace: required(label, 'Namespace of the pods.'),
  labels: defaulting(
    record(labelName, labelValue),
    {},
    'Labels of the pods; none means all pods of the namespace.',
  ),
};

const peer: Schema<NetworkPeer> = variants<NetworkPeer>({
  cidr: refine(mapping({ cidr: required(cidr, 'A block of addresses.') }), ({ cidr }) => ({
    kind: 'addresses',
    range: cidr,
  })),
  namespace: refine(mapping(podKeys), (pods) => ({ kind: 'pods', ...pods })),
});

const dnsPort = defaulting(
  wholeNumber(1, 65_535),
  53,
  'Port that they listen on, not that of their Service; 5353 on OpenShift.',
);

/** Where names are looked up. */
export type DnsServer = NetworkPeer & { readonly port: number };

const dnsServer: Schema<DnsServer> = variants<DnsServer>({
  cidr: refine(
    mapping({ cidr: required(cidr, 'Addresses of DNS servers.'), port: dnsPort }),
    ({ cidr, port }) => ({ kind: 'addresses', range: cidr, port }),
  ),
  namespace: refine(mapping({ ...podKeys, port: dnsPort }), (pods) => ({ kind: 'pods', ...pods })),
});

const port = orNumber(text(parsePort, { pattern: portPattern, examples: ['53/UDP'] }), {
  type: 'integer',
  minimum: 1,
  maximum: 65_535,
});

/** A list with something in it. */
function nonEmptyList<T>(entry: Schema<T>, example: string): Schema<readonly T[]> {
  const entries = list(entry);
  return {
    read: (value, at) => {
      const read = entries.read(value, at);
      return read?.length === 0 ? at.error(`The list is empty. Write ${example}.`) : read;
    },
    json: { ...entries.json, minItems: 1 },
  };
}

const apiServerAddresses = nonEmptyList(cidr, '[10.0.0.10/32]');
const apiServerPorts: readonly number[] = [443, 6443];

const apiServerKeys = mapping({
  addresses: defaulting(apiServerAddresses, everyAddress, 'Addresses of the API server.'),
  ports: defaulting(
    nonEmptyList(wholeNumber(1, 65_535), '[443, 6443]'),
    apiServerPorts,
    'Ports that it listens on, not that of its Service; 16443 on MicroK8s.',
  ),
});

/** The API server by its addresses alone, or with its ports. */
const apiServer: Schema<Read<typeof apiServerKeys>> = {
  read: (value, at) => {
    if (!Array.isArray(value)) return apiServerKeys.read(value, at);
    const addresses = apiServerAddresses.read(value, at);
    return addresses && { addresses, ports: apiServerPorts };
  },
  json: { oneOf: [apiServerAddresses.json, apiServerKeys.json] },
};

/** What enforces the policies. */
export const networkFlavor = choice('kubernetes', 'cilium');

const egress = mapping({
  from: required(
    choice<EgressSource>('server', 'machineLearning', 'database', 'drill', 'backup'),
    'Whose way out it is; server has the microservices worker with it, backup is what backs files up.',
  ),
  to: required(peer, 'Where it leads: { cidr }, or { namespace, labels } of pods in the same cluster.'),
  ports: required(
    nonEmptyList(port, '[443]'),
    'Ports that are listened on there, of pods and not of their Service: 443, or "53/UDP".',
  ),
  why: required(anyText, 'What it is for, as a reviewer should read it.'),
});

const client = mapping({
  from: required(peer, 'Who connects: { cidr }, or { namespace, labels } of pods in the same cluster.'),
  why: required(anyText, 'What it is for, as a reviewer should read it.'),
});

export const network = mapping({
  policies: defaulting(
    flag,
    true,
    'Whether network policies are made: nothing is allowed but what Immich needs.',
  ),
  flavor: defaulting(
    networkFlavor,
    'kubernetes',
    'The network of the cluster. cilium adds CiliumNetworkPolicies, since Cilium matches neither nodes nor the API server by addresses, and knows the names of hosts.',
  ),
  apiServer: defaulting(
    apiServer,
    everyAddress,
    'Addresses of the Kubernetes API server, which the database must reach on 443 and 6443; or { addresses, ports }.',
  ),
  dns: defaulting(
    nonEmptyList(dnsServer, '[{ namespace: kube-system, labels: { k8s-app: kube-dns } }]'),
    [
      { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      { namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } },
      { cidr: '169.254.20.10/32' },
    ],
    'Where names are looked up: { namespace, labels } of pods, or { cidr }, each with a port other than 53. NodeLocal DNSCache is among the default.',
  ),
  egress: defaulting(
    list(egress),
    [],
    'Further ways out, each { from, to, ports, why }. What the file names outside of the cluster is open already.',
  ),
  clients: defaulting(
    list(client),
    [],
    "Who else may connect to the server's port, each { from, why }: a kiosk, a tunnel, Home Assistant.",
  ),
  operatorNamespace: defaulting(
    label,
    'cnpg-system',
    'Namespace that the CloudNativePG operator runs in: it reaches the database, and may delete claims of it.',
  ),
  externalDatabase: defaulting(list(cidr), everyAddress, 'Addresses of a database outside the cluster.'),
});

/** Whether it is known who the API server is, so that it can be told from everybody else. */
export function knowsApiServer({ flavor, apiServer }: Network): boolean {
  return flavor === 'cilium' || apiServer.addresses.every(({ length }) => length > 0);
}
