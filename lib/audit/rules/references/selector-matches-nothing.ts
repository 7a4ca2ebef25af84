import { isDerived } from '../../../manifests/derived.ts';
import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { includes, selects } from '../../../manifests/selector.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { quote } from '../../../text/quoting.ts';
import type { Rule } from '../../rule.ts';

export const selectorMatchesNothing: Rule = {
  id: 'selector-matches-nothing',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A service, policy, budget, monitor or spread selects labels that nothing carries.',
  why: 'Labels tie a service, policy, budget or monitor to its pods, and Kubernetes does not tell when they match none. A service then has no endpoints, and a policy or budget protects nothing.',
  url: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  examples: {
    good: `
apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec:
  selector: { app: immich-server }
  ports: [{ port: 2283 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-server } }
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
`,
    broken: {
      'selector: { app: immich-server }': 'selector: { app: immich }',
    },
  },
  check(inventory, report) {
    for (const selection of selections(inventory)) {
      const { selector, namespace, consequence } = selection;
      if (
        !concernsNamespace(inventory, namespace) ||
        !isWhole(inventory, namespace) ||
        holdsUnknown(selector)
      ) {
        continue;
      }
      if (!selection.matches()) {
        report(selector, {
          message: `Nothing in namespace ${quote(namespace)} carries these labels; ${consequence}.`,
          fix: 'Write the labels that the pod template carries.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

interface Selection {
  readonly selector: Field;
  readonly namespace: string | undefined;
  readonly consequence: string;
  readonly matches: () => boolean;
}

function selections(inventory: Inventory): Selection[] {
  const services = inventory.all('', 'Service').flatMap((service) => {
    const selector = service.at('spec', 'selector');
    return selector.entries.length === 0
      ? []
      : [
          selection(service, selector, 'the service has no endpoints', (pods) =>
            includes(pods, selector.labels),
          ),
        ];
  });
  const others = podSelectors.flatMap(({ group, kind, way, consequence }) =>
    inventory.all(group, kind).flatMap((object) => {
      const selector = object.at(...way);
      return selector.entries.length === 0
        ? []
        : [selection(object, selector, consequence, (labels) => selects(selector, labels))];
    }),
  );
  return [...services, ...others, ...ofCilium(inventory), ...monitors(inventory), ...spreads(inventory)];

  function selection(
    object: Field,
    selector: Field,
    consequence: string,
    carries: (labels: Readonly<Record<string, string>>) => boolean,
  ): Selection {
    const namespace = object.at('metadata', 'namespace').text;
    return {
      selector,
      namespace,
      consequence,
      matches: () => inventory.pods(namespace).some(({ labels }) => carries(labels)),
    };
  }
}

const podSelectors = [
  {
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    way: ['spec', 'podSelector'],
    consequence: 'the policy protects nothing',
  },
  {
    group: 'policy',
    kind: 'PodDisruptionBudget',
    way: ['spec', 'selector'],
    consequence: 'the budget protects nothing',
  },
  {
    group: 'monitoring.coreos.com',
    kind: 'PodMonitor',
    way: ['spec', 'selector'],
    consequence: 'no metrics are read',
  },
];

/** Policies of Cilium, as far as they select by labels of pods alone. */
function ofCilium(inventory: Inventory): Selection[] {
  return inventory.all('cilium.io', 'CiliumNetworkPolicy').flatMap((policy) => {
    const selector = policy.at('spec', 'endpointSelector');
    const namespace = policy.at('metadata', 'namespace').text;
    const wanted = Object.fromEntries(
      Object.entries(selector.at('matchLabels').labels).map(([label, value]) => [
        label.replace(/^k8s:/, '').replace(/^any:/, ''),
        value,
      ]),
    );
    const isPlain = Object.keys(wanted).every((label) => !/^(io\.(kubernetes|cilium)|reserved:)/.test(label));
    return Object.keys(wanted).length === 0 || selector.at('matchExpressions').exists || !isPlain
      ? []
      : [
          {
            selector,
            namespace,
            consequence: 'the policy protects nothing',
            matches: () => inventory.pods(namespace).some(({ labels }) => includes(labels, wanted)),
          },
        ];
  });
}

/** ServiceMonitors select services, not pods. */
function monitors(inventory: Inventory): Selection[] {
  return inventory.all('monitoring.coreos.com', 'ServiceMonitor').flatMap((monitor) => {
    const selector = monitor.at('spec', 'selector');
    const namespace = monitor.at('metadata', 'namespace').text;
    return selector.entries.length === 0 || monitor.at('spec', 'namespaceSelector').exists
      ? []
      : [
          {
            selector,
            namespace,
            consequence: 'no metrics are read',
            matches: () =>
              inventory
                .all('', 'Service')
                .some(
                  (service) =>
                    service.at('metadata', 'namespace').text === namespace &&
                    selects(selector, service.at('metadata', 'labels').labels),
                ),
          },
        ];
  });
}

/**
 * Constraints by which pods are spread over nodes; those of a database stand in its Cluster. The labels of a chart's pods
 * are known in part: what they do not have by that name may still be there.
 */
function spreads(inventory: Inventory): Selection[] {
  const ofWorkloads = inventory.workloads.flatMap((workload) =>
    workload.pod.at('topologySpreadConstraints').items.map((constraint) => ({
      constraint,
      namespace: workload.namespace,
      isKnown: (selector: Field) =>
        !isDerived(workload.manifest) ||
        Object.keys(selector.at('matchLabels').labels).every((label) => label in workload.labels),
    })),
  );
  const ofDatabases = inventory.all('postgresql.cnpg.io', 'Cluster').flatMap((cluster) =>
    cluster.at('spec', 'topologySpreadConstraints').items.map((constraint) => ({
      constraint,
      namespace: cluster.at('metadata', 'namespace').text,
      isKnown: () => true,
    })),
  );
  return [...ofWorkloads, ...ofDatabases].flatMap(({ constraint, namespace, isKnown }) => {
    const selector = constraint.at('labelSelector');
    return selector.entries.length === 0 || !isKnown(selector)
      ? []
      : [
          {
            selector,
            namespace,
            consequence: 'no pod is counted, and all of them may land on one node',
            matches: () => inventory.pods(namespace).some(({ labels }) => selects(selector, labels)),
          },
        ];
  });
}

/** Whether every pod of the namespace is known: charts make pods that no manifest shows. */
function isWhole(inventory: Inventory, namespace: string | undefined): boolean {
  return (
    inventory.complete ||
    (namespace !== undefined && inventory.pods(namespace).length > 0 && !inventory.hasUnknown(namespace))
  );
}

function holdsUnknown(selector: Field): boolean {
  return isUnknown(JSON.stringify(selector.value));
}
