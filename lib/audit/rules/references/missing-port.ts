import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { includes } from '../../../manifests/selector.ts';
import { backends } from '../../../manifests/views/backends.ts';
import { concerns, concernsNamespace, immich } from '../../../manifests/views/immich.ts';
import { listeningPort, metricsPorts } from '../../../manifests/views/immich-port.ts';
import { findPort, type ServiceView } from '../../../manifests/views/service.ts';
import type { WorkloadView } from '../../../manifests/views/workload.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';

export const missingPort: Rule = {
  id: 'missing-port',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route, service, monitor, or probe names a port that its target does not have.',
  why: 'A name or number of a port has to be the same at up to four places: container, service, route, monitor. Kubernetes compares none of them, so a slip is an error page, an empty graph, or a probe that always fails.',
  url: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  examples: {
    good: `
apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec:
  selector: { app: immich-server }
  ports: [{ name: http, port: 2283, targetPort: http }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-server } }
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          ports: [{ name: http, containerPort: 2283 }]
`,
    broken: {
      'targetPort: http': 'targetPort: web',
    },
  },
  check(inventory, report) {
    checkRoutes(inventory, report);
    checkServices(inventory, report);
    checkMonitors(inventory, report);
    for (const workload of inventory.workloads) {
      if (concerns(inventory, workload)) {
        checkProbes(workload, report);
      }
    }
  },
};

function checkRoutes(inventory: Inventory, report: Report): void {
  for (const { name, port, namespace } of backends(inventory)) {
    const service = inventory.service(namespace, name.text ?? '');
    const wanted = portOf(port);
    if (
      service !== undefined &&
      service.ports.length > 0 &&
      (typeof wanted === 'string' || service.ports.every(({ number }) => number !== undefined)) &&
      wanted !== undefined &&
      concernsNamespace(inventory, namespace) &&
      findPort(service, wanted) === undefined
    ) {
      report(port, {
        message: `Service ${quote(service.name)} has no port ${quotePort(wanted)}; the route answers with an error.`,
        fix: `Write one of its ports: ${service.ports.map((one) => one.name ?? one.number).join(', ')}.`,
      });
    }
  }
}

function checkServices(inventory: Inventory, report: Report): void {
  for (const service of inventory.services) {
    if (!concernsNamespace(inventory, service.namespace)) {
      continue;
    }
    const targets = targetsOf(inventory, service);
    for (const { target } of service.ports) {
      const wanted = target === undefined ? undefined : portOf(target);
      const silent = typeof wanted === 'string' ? silentPort(inventory, targets, wanted) : undefined;
      if (target !== undefined && silent !== undefined) {
        report(silent.field.at('containerPort'), {
          message: `Service ${quote(service.name)} leads to port ${quote(String(wanted))}, which is ${silent.number}; Immich listens on ${silent.listening}, so that nothing answers there.`,
          fix: `Write ${silent.listening}, or set IMMICH_PORT.`,
        });
      } else if (
        target !== undefined &&
        wanted !== undefined &&
        targets.length > 0 &&
        !targets.some((one) => listens(inventory, one, wanted))
      ) {
        report(target, {
          message: `No container behind service ${quote(service.name)} has a port ${quotePort(wanted)}; nothing answers there.`,
          fix: fixOf(inventory, targets),
        });
      }
    }
  }
}

/** What to write instead: where Immich listens, whatever its container lists, or what is listed. */
function fixOf(inventory: Inventory, targets: readonly WorkloadView[]): string {
  const listening = targets.flatMap((one) => listeningAlone(inventory, one) ?? []);
  const names = listening.length > 0 ? [...new Set(listening)] : namesOf(targets);
  return `Write one of ${names.join(', ') || 'the ports that the container names'}.`;
}

/** A monitor looks at the pods of its own namespace, unless it says otherwise. */
function checkMonitors(inventory: Inventory, report: Report): void {
  for (const monitor of inventory.all('monitoring.coreos.com', 'PodMonitor')) {
    const namespace = monitor.at('metadata', 'namespace').text;
    if (monitor.at('spec', 'namespaceSelector').exists || !concernsNamespace(inventory, namespace)) {
      continue;
    }
    const targets = workloadsWith(inventory, namespace, monitor.at('spec', 'selector', 'matchLabels'));
    for (const endpoint of monitor.at('spec', 'podMetricsEndpoints').items) {
      const port = endpoint.at('port');
      const wanted = portOf(port);
      if (
        wanted !== undefined &&
        targets.length > 0 &&
        !targets.some((one) => listens(inventory, one, wanted))
      ) {
        report(port, {
          message: `No container of the monitored pods has a port ${quotePort(wanted)}; nothing is measured there.`,
          fix: `Write one of ${namesOf(targets).join(', ') || 'the ports that the container names'}.`,
        });
      }
    }
  }
}

function targetsOf(inventory: Inventory, { field, namespace }: ServiceView): WorkloadView[] {
  return field === undefined ? [] : workloadsWith(inventory, namespace, field.at('spec', 'selector'));
}

/** The workloads whose pods have all of these labels; none where there are no labels. */
function workloadsWith(inventory: Inventory, namespace: string | undefined, labels: Field): WorkloadView[] {
  const selector = labels.labels;
  return Object.keys(selector).length === 0
    ? []
    : inventory
        .pods(namespace)
        .flatMap((pods) =>
          pods.workload !== undefined && includes(pods.labels, selector) ? [pods.workload] : [],
        );
}

/**
 * A name must stand among the ports. A number need not, because the list only informs: what is known is where Immich
 * listens, and in a complete inventory everything that is listed.
 */
function listens(inventory: Inventory, workload: WorkloadView, port: string | number): boolean {
  const ports = workload.containers.flatMap((container) => container.ports);
  if (typeof port === 'string' || inventory.complete) {
    const isListed = ports.some(({ name, number }) => (typeof port === 'string' ? name : number) === port);
    return isListed || (typeof port === 'number' && ports.length === 0);
  }
  const listening = listeningAlone(inventory, workload);
  return listening === undefined || port === listening || metricsPorts.includes(port);
}

/** Where Immich listens that is the only container of its pods; undefined where that is not known. */
function listeningAlone(inventory: Inventory, workload: WorkloadView): number | undefined {
  const [container, ...others] = workload.containers.filter(({ init }) => !init);
  const found = immich(inventory).containers.find((one) => one.container === container);
  return others.length > 0 || found === undefined ? undefined : listeningPort(inventory, found);
}

/** A named port of Immich's that has another number than the one at which it listens. */
function silentPort(
  inventory: Inventory,
  targets: readonly WorkloadView[],
  name: string,
): { readonly field: Field; readonly number: number; readonly listening: number } | undefined {
  const [workload, ...others] = targets;
  const running = workload?.containers.filter(({ init }) => !init) ?? [];
  const found = immich(inventory).containers.find(({ container }) => container === running[0]);
  const port = running[0]?.ports.find((one) => one.name === name);
  if (others.length > 0 || running.length !== 1 || found === undefined || port?.number === undefined) {
    return undefined;
  }
  const listening = listeningPort(inventory, found);
  return listening === undefined || port.number === listening || metricsPorts.includes(port.number)
    ? undefined
    : { field: port.field, number: port.number, listening };
}

function checkProbes(workload: WorkloadView, report: Report): void {
  for (const { probes, ports } of workload.containers) {
    for (const { field } of probes) {
      for (const handler of ['httpGet', 'tcpSocket']) {
        const port = field.at(handler, 'port');
        const name = port.text;
        if (
          name !== undefined &&
          !/^\d+$/.test(name) &&
          !isUnknown(name) &&
          !ports.some((one) => one.name === name)
        ) {
          report(port, {
            message: `The container names no port ${quote(name)}; the probe always fails.`,
            fix: 'Write the name of one of its ports, or a number.',
          });
        }
      }
    }
  }
}

function namesOf(workloads: readonly WorkloadView[]): (string | number)[] {
  return workloads
    .flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
    .flatMap(({ name, number }) => name ?? number ?? []);
}

/** A port as written; a text of digits is a number. */
function portOf(field: Field): string | number | undefined {
  const text = field.text;
  return field.number ?? (text === undefined || isUnknown(text) ? undefined : text);
}

function quotePort(port: string | number): string {
  return typeof port === 'string' ? quote(port) : String(port);
}
