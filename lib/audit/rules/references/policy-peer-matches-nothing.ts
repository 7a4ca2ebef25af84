import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { selects } from '../../../manifests/selector.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const policyPeerMatchesNothing: Rule = {
  id: 'policy-peer-matches-nothing',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A network policy lets in, or out to, pods that do not exist.',
  why: 'A network policy lets through what its labels select, and says nothing when they select no pod. The traffic it was to allow is blocked, and it looks like a database or a Valkey that is down.',
  url: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-valkey, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-valkey } }
    spec:
      containers: [{ name: valkey, image: docker.io/valkey/valkey:9.1-alpine }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich-server, namespace: immich }
spec:
  podSelector: {}
  egress:
    - to: [{ podSelector: { matchLabels: { app: immich-valkey } } }]
`,
    broken: {
      '- to: [{ podSelector: { matchLabels: { app: immich-valkey } } }]':
        '- to: [{ podSelector: { matchLabels: { app: immich-redis } } }]',
    },
  },
  check(inventory, report) {
    if (!inventory.complete) {
      return;
    }
    for (const policy of inventory.all('networking.k8s.io', 'NetworkPolicy')) {
      const namespace = policy.at('metadata', 'namespace').text;
      for (const peer of peers(policy)) {
        const selector = peer.at('podSelector');
        const searched = searchedNamespace(peer, namespace);
        if (
          selector.entries.length > 0 &&
          searched !== undefined &&
          isKnown(inventory, searched, namespace) &&
          !inventory.pods(searched).some(({ labels }) => selects(selector, labels))
        ) {
          report(selector, {
            message: `No pod in namespace ${quote(searched)} carries these labels; the traffic they are meant to allow stays blocked.`,
            fix: 'Write the labels that the pod template of the peer carries.',
          });
        }
      }
    }
  },
};

function peers(policy: Field): Field[] {
  return [
    ...policy.at('spec', 'ingress').items.flatMap((rule) => rule.at('from').items),
    ...policy.at('spec', 'egress').items.flatMap((rule) => rule.at('to').items),
  ];
}

/** The one namespace that a peer looks into; undefined when it looks into several, or into one by other labels. */
function searchedNamespace(peer: Field, own: string | undefined): string | undefined {
  const selector = peer.at('namespaceSelector');
  if (!selector.exists) {
    return own;
  }
  return selector.at('matchLabels', 'kubernetes.io/metadata.name').text;
}

/** Pods of other namespaces are known only where manifests make some. */
function isKnown(inventory: Inventory, namespace: string, own: string | undefined): boolean {
  return namespace === own || inventory.pods(namespace).length > 0;
}
