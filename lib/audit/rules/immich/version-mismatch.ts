import { immich } from '../../../manifests/views/immich.ts';
import { compareVersions } from '../../../values/version.ts';
import { documents, machineLearning, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const versionMismatch: Rule = {
  id: 'version-mismatch',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Server and machine learning have different versions, and understand each other only by luck.',
  why: 'The server and machine learning are released together, and the interface between them changes without notice. With different versions requests may fail or be misunderstood, so that search and face recognition stop while uploads go on.',
  url: 'https://immich.app/docs/install/upgrading/',
  examples: {
    good: documents(server('', '', 'v3.3.1'), machineLearning('', '', 'v3.3.1-openvino')),
    broken: {
      'image: ghcr.io/immich-app/immich-machine-learning:v3.3.1-openvino':
        'image: ghcr.io/immich-app/immich-machine-learning:v2.7.5',
    },
  },
  check(inventory, report) {
    const { containers } = immich(inventory);
    for (const { part, workload, container, version } of containers) {
      const servers = containers.filter(
        (one) => one.part === 'server' && one.workload.namespace === workload.namespace,
      );
      const [server] = servers;
      // With several servers in a namespace it cannot be told which one this belongs to.
      if (
        part !== 'machine-learning' ||
        servers.length !== 1 ||
        version === undefined ||
        server?.version === undefined
      ) {
        continue;
      }
      if (compareVersions(version, server.version) !== 0) {
        report(container.image, {
          message: `Machine learning is ${version.text} and the server ${server.version.text}; searches and face recognition may fail.`,
          fix: `Write the same version for both, ${server.version.text}.`,
          ...(version.major === server.version.major ? { severity: 'warning' } : {}),
        });
      }
    }
  },
};
