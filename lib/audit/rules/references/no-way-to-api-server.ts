import { instanceLabels } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { includes, selects } from '../../../manifests/selector.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';

export const noWayToApiServer: Rule = {
  id: 'no-way-to-api-server',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Network policies keep the instances of a database from the API server.',
  why: 'Each instance of CloudNativePG asks the API server what it should be, and tells it how it is. One that cannot reach it never becomes ready, also not after a restore or when its node has failed; those that run go on until they are started again.',
  url: 'https://cloudnative-pg.io/documentation/current/networking/',
  examples: {
    good: `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich }
spec:
  instances: 2
  imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1
  storage: { size: 20Gi }
  postgresql: { shared_preload_libraries: [vchord.so] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich-db, namespace: immich }
spec:
  podSelector: { matchLabels: { cnpg.io/cluster: immich-db } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { cnpg.io/cluster: immich-db } } }]
    - { to: [{ ipBlock: { cidr: 192.168.1.10/32 } }], ports: [{ port: 6443 }] }
`,
    broken: { '    - { to: [{ ipBlock: { cidr: 192.168.1.10/32 } }], ports: [{ port: 6443 }] }': '' },
  },
  check(inventory, report) {
    for (const cluster of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      if (!cluster.at('spec').exists || !isImmichsDatabase(inventory, cluster)) continue;
      const policies = egressOf(inventory, cluster);
      const first = policies.find(({ closes }) => closes);
      if (first !== undefined && !policies.some(({ leads }) => leads)) {
        report(first.field, {
          message: `The instances of Cluster ${quote(nameOf(cluster))} are let out to some places, and none of them is the API server; they never become ready.`,
          fix: 'Add a rule for the addresses of the API server and port 6443, or on Cilium toEntities: [kube-apiserver].',
          // Another policy may stand where nobody looked, and not every network keeps to policies.
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

interface EgressView {
  readonly field: Field;
  /** Whether it keeps the instances from all that no policy allows. */
  readonly closes: boolean;
  /** Whether it may lead to the API server. */
  readonly leads: boolean;
}

/** The policies that say where the instances of a database may connect to. */
function egressOf(inventory: Inventory, cluster: Field): EgressView[] {
  const namespace = cluster.at('metadata', 'namespace').text;
  const name = nameOf(cluster);
  const labels =
    inventory.pods(namespace).find((pods) => includes(pods.labels, instanceLabels(name)))?.labels ??
    instanceLabels(name);
  const isHere = (policy: Field) => policy.at('metadata', 'namespace').text === namespace;
  return [
    ...inventory
      .all('networking.k8s.io', 'NetworkPolicy')
      .filter((policy) => isHere(policy) && selects(policy.at('spec', 'podSelector'), labels))
      .filter(isEgress)
      .map((policy) => ({
        field: policy.at('spec', 'egress').exists ? policy.at('spec', 'egress') : policy.at('spec'),
        closes: true,
        leads: policy.at('spec', 'egress').items.some(leadsOut),
      })),
    ...[
      ...inventory.all('cilium.io', 'CiliumNetworkPolicy').filter(isHere),
      ...inventory.all('cilium.io', 'CiliumClusterwideNetworkPolicy'),
    ]
      .flatMap((policy) => [policy.at('spec'), ...policy.at('specs').items])
      .filter((spec) => maySelect(spec, labels))
      .map((spec) => ({
        field: spec.at('egress').exists ? spec.at('egress') : spec,
        closes: closesByCilium(spec),
        leads: spec.at('egress').items.some(leadsOutOfCilium),
      })),
  ];
}

/** https://docs.cilium.io/en/stable/security/policy/language/#policy-enforcement-modes-for-endpoints */
function closesByCilium(spec: Field): boolean {
  return (
    (spec.at('egress').exists || spec.at('egressDeny').exists) &&
    spec.get('enableDefaultDeny', 'egress') !== false &&
    !spec.at('endpointSelector', 'matchExpressions').exists
  );
}

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
function isEgress(policy: Field): boolean {
  const types = policy.at('spec', 'policyTypes');
  return types.exists ? types.texts.includes('Egress') : policy.at('spec', 'egress').exists;
}

/** Whether a rule allows addresses, everything, or pods in the namespace of the control plane, at a port that may be the API's. */
function leadsOut(rule: Field): boolean {
  const ports = rule.at('ports').items.map((port) => port.at('port'));
  const isPort =
    ports.length === 0 || ports.some(({ number }) => number === undefined || (number > 0 && number !== 53));
  const peers = rule.at('to').items;
  return (
    isPort &&
    (peers.length === 0 ||
      peers.some(
        (peer) =>
          peer.at('ipBlock').exists ||
          ['default', 'kube-system'].includes(
            peer.at('namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name').text ?? '',
          ),
      ))
  );
}

/** https://docs.cilium.io/en/stable/security/policy/language/#entities-based */
function leadsOutOfCilium(rule: Field): boolean {
  const known = ['toEndpoints', 'toFQDNs', 'toPorts', 'icmps', 'authentication'];
  const ways = rule.entries.map(([way]) => way);
  return (
    (ways.length > 0 && ways.every((way) => way === 'toPorts')) ||
    rule.at('toEntities').texts.some((entity) => entities.has(entity)) ||
    ways.some((way) => way !== 'toEntities' && !known.includes(way))
  );
}

const entities = new Set(['kube-apiserver', 'all', 'cluster', 'host', 'remote-node', 'world']);

/** Whether a policy may be about pods with these labels; the words of Cilium for where labels come from are left out. */
function maySelect(spec: Field, labels: Readonly<Record<string, string>>): boolean {
  const selector = spec.at('endpointSelector');
  return (
    selector.exists &&
    Object.entries(selector.at('matchLabels').labels).every(
      ([label, value]) => labels[label.replace(/^k8s:/, '').replace(/^any:/, '')] === value,
    )
  );
}
