import type { Inventory } from '../../../manifests/inventory.ts';
import { includes } from '../../../manifests/selector.ts';
import { concernsNamespace } from '../../../manifests/views/immich.ts';
import { type AllowanceView, allowances, selectedPods } from '../../../manifests/views/network-policy.ts';
import type { ServicePortView, ServiceView } from '../../../manifests/views/service.ts';
import type { Rule } from '../../rule.ts';

export const policyNamesServicePort: Rule = {
  id: 'policy-names-service-port',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'A network policy allows the port of a Service, at which no pod listens.',
  why: 'Kubernetes turns the address of a Service into that of a pod before a policy is asked, port included. A rule for the port of the Service therefore allows nothing, and every connection is dropped without an answer until it times out.',
  url: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  examples: {
    good: `
apiVersion: v1
kind: Service
metadata: { name: minio, namespace: immich }
spec: { selector: { app: minio }, ports: [{ port: 80, targetPort: 9000 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: minio, namespace: immich }
spec:
  template:
    metadata: { labels: { app: minio } }
    spec: { containers: [{ name: minio, image: quay.io/minio/minio:1, ports: [{ containerPort: 9000 }] }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec: { template: { spec: { containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: immich-db, namespace: immich }
spec:
  podSelector: { matchLabels: { cnpg.io/cluster: immich-db } }
  egress: [{ to: [{ podSelector: { matchLabels: { app: minio } } }], ports: [{ port: 9000, protocol: TCP }] }]
`,
    broken: { 'port: 9000, protocol: TCP': 'port: 80, protocol: TCP' },
  },
  check(inventory, report) {
    const all = allowances(inventory);
    for (const allowance of all.filter(({ policy }) =>
      concernsNamespace(inventory, policy.at('metadata', 'namespace').text),
    )) {
      for (const port of allowance.ports) {
        const target = port.number === undefined ? undefined : targetOf(inventory, allowance, port.number);
        const isAllowed = all.some(
          (other) =>
            other.direction === allowance.direction &&
            other.namespace === allowance.namespace &&
            includes(other.labels, allowance.labels) &&
            other.ports.some(({ number }) => number === target),
        );
        if (target !== undefined && !isAllowed) {
          report(port, {
            message: `${port.number} is the port of the Service; a policy is judged by that of the pods behind it, ${target}, so that these connections stay blocked.`,
            fix: `Write ${target}.`,
          });
        }
      }
    }
  },
};

/** The port of the pods behind a Service's port, where that is another one and no pod listens at the first. */
function targetOf(inventory: Inventory, allowance: AllowanceView, port: number): number | undefined {
  const { namespace, labels } = allowance;
  const pods = selectedPods(inventory, allowance);
  const listening = pods.flatMap(({ workload }) => workload?.containers.flatMap(({ ports }) => ports) ?? []);
  const services = inventory.services.filter((service) => {
    const selector = service.field?.at('spec', 'selector').labels ?? {};
    const isOfPods =
      pods.length > 0
        ? pods.some((one) => includes(one.labels, selector))
        : includes(labels, selector) || includes(selector, labels);
    return service.namespace === namespace && Object.keys(selector).length > 0 && isOfPods;
  });
  const numberOf = ({ target }: ServicePortView) =>
    target?.number ?? listening.find(({ name }) => name === target?.text)?.number;
  const isListening =
    listening.some(({ number }) => number === port) ||
    services.some((service) => service.ports.some((one) => numberOf(one) === port));
  if (isListening) {
    return undefined;
  }
  return (
    services.flatMap((service) => portsOf(service, port).flatMap((one) => numberOf(one) ?? []))[0] ??
    (services.length === 0 && pods.length === 0 ? knownTarget(labels, port) : undefined)
  );
}

function portsOf({ ports }: ServiceView, port: number): ServicePortView[] {
  return ports.filter(({ number }) => number === port);
}

/** What operators make, whose Services no manifest shows. */
function knownTarget(labels: Readonly<Record<string, string>>, port: number): number | undefined {
  // https://github.com/rook/rook/blob/master/pkg/operator/ceph/object/spec.go
  if (labels['app'] === 'rook-ceph-rgw') {
    return port === 80 ? 8080 : undefined;
  }
  // https://github.com/minio/operator/blob/master/pkg/apis/minio.min.io/v2/constants.go
  return 'v1.min.io/tenant' in labels && (port === 80 || port === 443) ? 9000 : undefined;
}
