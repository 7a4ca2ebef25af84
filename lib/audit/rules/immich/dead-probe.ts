import { supportOf } from '../../../immich/versions.ts';
import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { listeningPort, metricsPorts } from '../../../manifests/views/immich-port.ts';
import { runsWorker } from '../../../manifests/views/immich-workers.ts';
import { quote } from '../../../text/quoting.ts';
import type { Report, Rule } from '../../rule.ts';

export const deadProbe: Rule = {
  id: 'dead-probe',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A probe of Immich asks at a path or port where this version does not answer.',
  why: 'Immich has moved its port and the path of its health check between versions. A probe that asks at the old place always fails, so Kubernetes restarts a healthy server again and again, or never sends it a request.',
  url: 'https://github.com/immich-app/immich/blob/main/server/src/controllers/server.controller.ts',
  limits:
    'Where a command of your own or a variable from a secret may have Immich listen elsewhere, nothing is said.',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }
`,
    broken: {
      'path: /api/server/ping': 'path: /api/server-info/ping',
    },
  },
  check(inventory, report) {
    for (const found of immich(inventory).containers) {
      for (const { field } of found.container.probes) {
        const path = field.at('httpGet', 'path');
        if (path.text !== undefined && !isUnknown(path.text)) {
          checkPath(found, path.text, (problem) => report(path, problem));
        }
        checkPort(inventory, found, field, report);
      }
    }
  },
};

function checkPort(inventory: Inventory, found: ImmichContainerView, probe: Field, report: Report): void {
  const port = probe.at('httpGet', 'port').exists
    ? probe.at('httpGet', 'port')
    : probe.at('tcpSocket', 'port');
  const named = found.container.ports.find(({ name }) => name === port.text);
  const number = port.number ?? named?.number;
  const listening = listeningPort(inventory, found);
  if (number !== undefined && isOnlyForJobs(inventory, found) && !metricsPorts.includes(number)) {
    report(port, {
      message: `This server only works on jobs and listens on no port that is known in advance, not on ${number}; the probe always fails.`,
      fix: 'Remove the probe.',
    });
    return;
  }
  if (
    number !== undefined &&
    listening !== undefined &&
    number !== listening &&
    !(found.part === 'server' && metricsPorts.includes(number)) &&
    !isAnsweredBeside(inventory, found, number)
  ) {
    const part = found.part === 'server' ? 'Immich' : "Immich's machine learning";
    report(port, {
      message: `${part} listens on port ${listening}, not on ${number}; the probe always fails.`,
      fix:
        port.number === undefined
          ? `Give port ${quote(port.text)} the number ${listening}.`
          : `Write ${listening}.`,
    });
  }
}

/** Whether another container of the pod may answer: all of them share its address. */
function isAnsweredBeside(
  inventory: Inventory,
  { container, workload }: ImmichContainerView,
  port: number,
): boolean {
  return workload.containers
    .filter((other) => other !== container && !other.init)
    .some((other) => {
      const part = immich(inventory).containers.find((one) => one.container === other);
      return part === undefined || [undefined, port].includes(listeningPort(inventory, part));
    });
}

/** https://github.com/immich-app/immich/blob/main/server/src/workers/microservices.ts listens on a free port. */
function isOnlyForJobs(inventory: Inventory, found: ImmichContainerView): boolean {
  return (
    found.part === 'server' &&
    found.version !== undefined &&
    !isOld(found) &&
    runsWorker(inventory, found, 'api') === false &&
    runsWorker(inventory, found, 'microservices') === true
  );
}

function checkPath(
  found: ImmichContainerView,
  path: string,
  report: (problem: Parameters<Report>[1]) => void,
): void {
  if (found.part === 'server' && path === '/api/server-info/ping' && !isOld(found)) {
    report({
      message: `${path} is gone since v1.118; the probe always fails, and Kubernetes restarts Immich again and again or never sends it requests.`,
      fix: 'Write /api/server/ping.',
    });
  }
  if (found.part === 'machine-learning' && !machineLearningPaths.has(path)) {
    report({
      message: `Immich's machine learning does not answer at ${path}; the probe always fails.`,
      fix: 'Write /ping.',
    });
  }
}

/** https://github.com/immich-app/immich/blob/main/machine-learning/immich_ml/main.py */
const machineLearningPaths = new Set(['/', '/ping', '/docs', '/openapi.json', '/redoc']);

/** Releases that still had the old path; a tag that does not say its version is taken for a newer one. */
function isOld({ version }: ImmichContainerView): boolean {
  return version !== undefined && supportOf(version).healthPath === '/api/server-info/ping';
}
