import { cluster, documents } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

function policy(spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: immich }
spec: { ${spec} }`;
}

function cilium(egress: string, kind = 'CiliumNetworkPolicy'): string {
  return `apiVersion: cilium.io/v2
kind: ${kind}
metadata: { name: db, namespace: immich }
spec: { endpointSelector: { matchLabels: { k8s:cnpg.io/cluster: immich-db } }, egress: ${egress} }`;
}

const database = 'podSelector: { matchLabels: { cnpg.io/cluster: immich-db } }';
const dns = '{ to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: UDP }] }';

test.each<[string, string[], string[]]>([
  ['only names', [policy(`${database}, policyTypes: [Egress], egress: [${dns}]`)], ['warning spec.egress']],
  ['nothing for all pods', [policy('podSelector: {}, policyTypes: [Ingress, Egress]')], ['warning spec']],
  ['everything', [policy(`${database}, policyTypes: [Egress], egress: [{}]`)], []],
  [
    'addresses',
    [policy(`${database}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.1/32 } }] }]`)],
    [],
  ],
  [
    'a port anywhere',
    [policy(`${database}, policyTypes: [Egress], egress: [{ ports: [{ port: 6443 }] }]`)],
    [],
  ],
  [
    'names by one policy and the API server by another',
    [policy(`${database}, egress: [${dns}]`), cilium('[{ toEntities: [kube-apiserver] }]')],
    [],
  ],
  [
    'the API server for every namespace',
    [
      policy(`${database}, egress: [${dns}]`),
      cilium('[{ toEntities: [kube-apiserver] }]', 'CiliumClusterwideNetworkPolicy'),
    ],
    [],
  ],
  ['what comes in', [policy(`${database}, policyTypes: [Ingress]`)], []],
  [
    'another database',
    [policy(`podSelector: { matchLabels: { cnpg.io/cluster: other } }, egress: [${dns}]`)],
    [],
  ],
  ['pods alone, by Cilium', [cilium('[{ toEndpoints: [{}] }]')], ['warning spec.egress']],
  [
    'what comes on top, by Cilium',
    [cilium('[{ toEndpoints: [{}] }], enableDefaultDeny: { egress: false }')],
    [],
  ],
  [
    'labels that the operator gives',
    [policy(`podSelector: { matchLabels: { cnpg.io/podRole: instance } }, egress: [${dns}]`)],
    ['warning spec.egress'],
  ],
  ['addresses, by Cilium', [cilium('[{ toCIDR: [10.0.0.1/32] }]')], []],
])('a policy about %s', (_, texts, expected) => {
  expect(said('no-way-to-api-server', documents(cluster(''), ...texts))).toEqual(expected);
});
