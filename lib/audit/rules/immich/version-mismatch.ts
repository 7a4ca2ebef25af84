import type { Inventory } from '../../../manifests/inventory.ts';
import { environment } from '../../../manifests/views/environment.ts';
import { type ImmichContainerView, immich } from '../../../manifests/views/immich.ts';
import { runsWorker } from '../../../manifests/views/immich-workers.ts';
import { compareVersions } from '../../../values/version.ts';
import { documents, machineLearning, server } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const versionMismatch: Rule = {
  id: 'version-mismatch',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Parts of one Immich have different versions, and understand each other only by luck.',
  why: 'The server and machine learning are released together, and the interface between them changes without notice. With different versions requests may fail or be misunderstood, so that search and face recognition stop while uploads go on. Servers that share the work also share a database, which the newest of them migrates.',
  url: 'https://immich.app/docs/install/upgrading/',
  limits: 'Versions are read from tags; a digest alone says none.',
  examples: {
    good: documents(server('', '', 'v3.3.1'), machineLearning('', '', 'v3.3.1-openvino')),
    broken: {
      'image: ghcr.io/immich-app/immich-machine-learning:v3.3.1-openvino':
        'image: ghcr.io/immich-app/immich-machine-learning:v2.7.5',
    },
  },
  check(inventory, report) {
    checkMachineLearning(inventory, report);
    checkServers(inventory, report);
  },
};

function checkMachineLearning(inventory: Inventory, report: Report): void {
  const { containers } = immich(inventory);
  for (const { part, workload, container, version } of containers) {
    const servers = containers.filter(
      (one) => one.part === 'server' && one.workload.namespace === workload.namespace,
    );
    // With servers of several versions in a namespace it cannot be told which one this belongs to.
    const versions = new Set(servers.map((server) => server.version?.text));
    const server = servers[0]?.version;
    if (
      part === 'machine-learning' &&
      versions.size === 1 &&
      version !== undefined &&
      server !== undefined &&
      compareVersions(version, server) !== 0
    ) {
      report(container.image, {
        message: `Machine learning is ${version.text} and the server ${server.text}; searches and face recognition may fail.`,
        fix: `Write the same version for both, ${server.text}.`,
        // Some requests may fail, which in what is ours may not be.
        ...(inventory.complete && version.major !== server.major ? {} : { severity: 'warning' }),
      });
    }
  }
}

/** Servers that share the work of one installation, and its database. */
function checkServers(inventory: Inventory, report: Report): void {
  const servers = immich(inventory).containers.filter(({ part }) => part === 'server');
  servers.forEach((server, index) => {
    const { version } = server;
    const other = servers
      .slice(0, index)
      .find((one) => one.version !== undefined && isOneInstallation(inventory, one, server))?.version;
    if (version !== undefined && other !== undefined && compareVersions(version, other) !== 0) {
      const [older, newer] = compareVersions(version, other) < 0 ? [version, other] : [other, version];
      report(server.container.image, {
        message: `Servers of one Immich are ${older.text} and ${newer.text}; the newer one migrates the database that they share, and the older one may fail on it.`,
        fix: `Write the same version for both, ${newer.text}.`,
        ...(older.major === newer.major ? { severity: 'warning' } : {}),
      });
    }
  });
}

/** Whether two servers divide the workers between them, on one database as far as can be seen. */
function isOneInstallation(
  inventory: Inventory,
  one: ImmichContainerView,
  other: ImmichContainerView,
): boolean {
  if (one.workload.namespace !== other.workload.namespace) {
    return false;
  }
  const isDivided = (first: ImmichContainerView, second: ImmichContainerView) =>
    runsWorker(inventory, first, 'microservices') === false && runsWorker(inventory, second, 'api') === false;
  const [host, otherHost] = [one, other].map(
    ({ workload, container }) => environment(inventory, workload, container).get('DB_HOSTNAME')?.value,
  );
  return (
    (isDivided(one, other) || isDivided(other, one)) &&
    (host === undefined || otherHost === undefined || host === otherHost)
  );
}
