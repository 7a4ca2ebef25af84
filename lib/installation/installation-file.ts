import { immichConfig } from '../immich/config.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText } from '../schema/scalar.ts';
import { refined, type Schema } from '../schema/schema.ts';
import { checkConfiguration } from './checks/configuration.ts';
import { checkDatabase } from './checks/database.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkNames } from './checks/names.ts';
import { checkNamespaces } from './checks/namespaces.ts';
import { checkRecovery } from './checks/recovery.ts';
import { checkReplicas } from './checks/replicas.ts';
import { checkRoute } from './checks/route.ts';
import { checkVersion } from './checks/version.ts';
import { checkVolumeBackups } from './checks/volume-backups.ts';
import { database } from './database.ts';
import { imagesOf } from './images.ts';
import type { Installation } from './installation.ts';
import { machineLearning } from './machine-learning.ts';
import { clusters, flux, monitoring, network, protection } from './platform.ts';
import { route } from './route.ts';
import { secretReference } from './secret-reference.ts';
import { server } from './server.ts';
import { host, immichVersion, label } from './texts.ts';
import { valkey } from './valkey.ts';
import { volumes } from './volumes.ts';

/** Every key of an installation file, before the rules between sections are checked. */
export const installationKeys = mapping({
  name: required(label, 'Name of the installation, and of its folder in dist.'),
  version: required(
    immichVersion,
    'Version of Immich, such as "v3.3.1". Going back needs a restore of the database.',
  ),
  host: required(host, 'DNS name under which Immich is reached.'),
  namespace: defaulting(
    label,
    'immich',
    'Namespace of everything that belongs to Immich. It is managed by us whole.',
  ),
  clusters: defaulting(clusters, {}, 'The Kubernetes clusters that Immich and its database run in.'),
  timezone: defaulting(
    anyText,
    'Etc/UTC',
    'Time zone for photos that do not name theirs, and for the schedules of Immich itself.',
  ),
  volumes: required(volumes, 'What is kept, and where.'),
  database: required(database, 'The PostgreSQL database.'),
  route: defaulting(route, {}, 'How browsers and phones reach Immich.'),
  server: defaulting(server, {}, 'The Immich server.'),
  machineLearning: defaulting(machineLearning, {}, 'Search by content, faces and text.'),
  valkey: defaulting(valkey, {}, "Immich's queue of jobs."),
  config: optional(
    immichConfig,
    "Immich's own configuration. What stands here can no longer be set in the web interface.",
  ),
  configSecret: optional(
    secretReference,
    'A Secret that holds the whole configuration file, for settings with passwords.',
  ),
  monitoring: defaulting(monitoring, {}, 'Metrics for Prometheus.'),
  network: defaulting(network, {}, 'Network policies.'),
  flux: defaulting(flux, {}, 'How Flux finds and applies dist.'),
  protection: defaulting(protection, {}, 'What guards the data against deletion.'),
});

/** The schema of an installation file. */
export const installation: Schema<Installation> = refined(installationKeys, (keys, at) => {
  const { config, configSecret, clusters, ...rest } = keys;
  const app = clusters.app ?? keys.name;
  const read: Installation = {
    ...rest,
    clusters: { app, database: clusters.database ?? app },
    configuration:
      config !== undefined
        ? { kind: 'written', config }
        : configSecret !== undefined
          ? { kind: 'secret', reference: configSecret }
          : { kind: 'none' },
    images: imagesOf(keys, at),
  };
  if (config !== undefined && configSecret !== undefined) {
    at.in('configSecret').error('config and configSecret exclude each other. Keep one of them.');
  }
  checkVersion(read, at);
  checkReplicas(read, at);
  checkDatabase(read, at);
  checkRecovery(read, at);
  checkEnvironment(read, at);
  checkConfiguration(read, at);
  checkNames(read, at);
  checkNamespaces(read, at);
  checkRoute(read, at);
  checkVolumeBackups(read, at);
  return read;
});
