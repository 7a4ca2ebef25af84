import type { Field } from '../field.ts';
import type { Inventory, Pods } from '../inventory.ts';
import { includes } from '../selector.ts';

/** A rule of a network policy, of Kubernetes or of Cilium, for one set of pods that connections go to. */
export interface AllowanceView {
  readonly policy: Field;
  readonly direction: 'ingress' | 'egress';
  /** Where the pods are that are connected to. */
  readonly namespace: string | undefined;
  /** The labels that they must have; never none. */
  readonly labels: Readonly<Record<string, string>>;
  /** The ports, where they are written. */
  readonly ports: readonly Field[];
}

/** The rules whose pods are known by namespace and labels; what selects by expressions, or everything, is left out. */
export function allowances(inventory: Inventory): AllowanceView[] {
  return [
    ...inventory.all('networking.k8s.io', 'NetworkPolicy').flatMap(ofKubernetes),
    ...inventory.all('cilium.io', 'CiliumNetworkPolicy').flatMap(ofCilium),
  ].filter(({ labels }) => Object.keys(labels).length > 0);
}

/** The pods that an allowance is about, where manifests make them. */
export function selectedPods(inventory: Inventory, { namespace, labels }: AllowanceView): Pods[] {
  return inventory.pods(namespace).filter((pods) => includes(pods.labels, labels));
}

function ofKubernetes(policy: Field): AllowanceView[] {
  const own = policy.at('metadata', 'namespace').text;
  const ingress = policy.at('spec', 'ingress').items.map((rule) => ({
    policy,
    direction: 'ingress' as const,
    namespace: own,
    labels: labelsOf(policy.at('spec', 'podSelector')),
    ports: portsOf(rule),
  }));
  const egress = policy.at('spec', 'egress').items.flatMap((rule) =>
    rule.at('to').items.flatMap((peer) => {
      const selector = peer.at('namespaceSelector');
      const named = selector.at('matchLabels', 'kubernetes.io/metadata.name').text;
      return selector.exists && named === undefined
        ? []
        : [
            {
              policy,
              direction: 'egress' as const,
              namespace: named ?? own,
              labels: labelsOf(peer.at('podSelector')),
              ports: portsOf(rule),
            },
          ];
    }),
  );
  return [...ingress, ...egress];
}

/** https://docs.cilium.io/en/stable/security/policy/language/ */
function ofCilium(policy: Field): AllowanceView[] {
  const own = policy.at('metadata', 'namespace').text;
  return [policy.at('spec'), ...policy.at('specs').items].flatMap((spec) => [
    ...spec.at('ingress').items.map((rule) => ({
      policy,
      direction: 'ingress' as const,
      namespace: own,
      labels: ofEndpoint(spec.at('endpointSelector')),
      ports: portsOfCilium(rule),
    })),
    ...spec.at('egress').items.flatMap((rule) =>
      rule.at('toEndpoints').items.map((endpoint) => ({
        policy,
        direction: 'egress' as const,
        namespace: plain(endpoint)[namespace] ?? own,
        labels: ofEndpoint(endpoint),
        ports: portsOfCilium(rule),
      })),
    ),
  ]);
}

const namespace = 'io.kubernetes.pod.namespace';

function ofEndpoint(endpoint: Field): Readonly<Record<string, string>> {
  const { [namespace]: _, ...labels } = endpoint.at('matchExpressions').exists ? {} : plain(endpoint);
  return labels;
}

/** The labels without the word of Cilium for where they come from. */
function plain(endpoint: Field): Record<string, string> {
  return Object.fromEntries(
    Object.entries(endpoint.at('matchLabels').labels).map(([label, value]) => [
      label.replace(/^k8s:/, '').replace(/^any:/, ''),
      value,
    ]),
  );
}

function labelsOf(selector: Field): Readonly<Record<string, string>> {
  return selector.at('matchExpressions').exists ? {} : selector.at('matchLabels').labels;
}

function portsOf(rule: Field): Field[] {
  return rule
    .at('ports')
    .items.filter((port) => !port.at('endPort').exists)
    .map((port) => port.at('port'));
}

function portsOfCilium(rule: Field): Field[] {
  return rule
    .at('toPorts')
    .items.flatMap((one) => one.at('ports').items)
    .filter((port) => !port.at('endPort').exists)
    .map((port) => port.at('port'));
}
