import { clusterLabel } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Rule } from '../../rule.ts';

export const apiServerByAddress: Rule = {
  id: 'api-server-by-address',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A database on a network of Cilium is let out to the API server by its address.',
  why: 'Cilium does not match nodes and the API server by addresses, unless policyCIDRMatchMode says so. An instance of CloudNativePG that cannot reach the API server never becomes ready, and neither does a restore of it.',
  url: 'https://docs.cilium.io/en/stable/security/policy/language/#entities-based',
  examples: {
    good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich-db, namespace: immich }
spec:
  podSelector: { matchLabels: { cnpg.io/cluster: immich-db } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 192.168.1.10/32 } }]
      ports: [{ port: 6443 }]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: immich-db, namespace: immich }
spec:
  endpointSelector: { matchLabels: { cnpg.io/cluster: immich-db } }
  egress:
    - toEntities: [kube-apiserver]
`,
    broken: { '- toEntities: [kube-apiserver]': '- toEntities: [world]' },
  },
  check(inventory, report) {
    const ofCilium = [
      ...inventory.all('cilium.io', 'CiliumNetworkPolicy'),
      ...inventory.all('cilium.io', 'CiliumClusterwideNetworkPolicy'),
    ];
    // Only who has Cilium writes its policies.
    if (ofCilium.length === 0 || ofCilium.some(knowsEntities)) return;
    for (const policy of inventory.all('networking.k8s.io', 'NetworkPolicy')) {
      if (!policy.at('spec', 'podSelector', 'matchLabels', clusterLabel).exists) continue;
      for (const rule of policy.at('spec', 'egress').items) {
        const peers = rule.at('to').items;
        const isByAddress = peers.length > 0 && peers.every((peer) => peer.at('ipBlock').exists);
        if (isByAddress && rule.at('ports').items.some((port) => port.at('port').number === apiServerPort)) {
          report(rule.at('to'), {
            message: 'Cilium does not match the API server by its address; the database never becomes ready.',
            fix: 'Write a CiliumNetworkPolicy with toEntities: [kube-apiserver] for the same pods beside it.',
          });
        }
      }
    }
  },
};

const apiServerPort = 6443;

/** Whether a policy of Cilium lets pods out to something inside of the cluster by its entity. */
function knowsEntities(policy: Field): boolean {
  return [policy.at('spec'), ...policy.at('specs').items].some((spec) =>
    spec.at('egress').items.some((rule) => rule.at('toEntities').items.some(({ text }) => text !== 'world')),
  );
}
