import { type NewerSettings, newerSettings, withSetting } from '../immich/config/newer-settings.ts';
import { type ImmichConfig, immichConfig } from '../immich/config.ts';
import { newestKnown, supportOf } from '../immich/versions.ts';
import { list } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { choice, flag } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { parseImmichVersion } from '../values/version.ts';
import { accept } from './accept.ts';
import { argocd } from './argocd.ts';
import { hasDatabaseBeside } from './checks/database.ts';
import { checkDelivery } from './checks/delivery.ts';
import { tellFluxVariables } from './checks/flux-variables.ts';
import { askWhetherShared } from './checks/namespaces.ts';
import { checkSections } from './checks.ts';
import { database } from './database.ts';
import { exists } from './exists.ts';
import { flux } from './flux.ts';
import { images, imagesOf } from './images.ts';
import type { Installation } from './installation.ts';
import { machineLearning } from './machine-learning.ts';
import { labelOf } from './name-limits.ts';
import { network } from './network.ts';
import { patches } from './patches.ts';
import { clusters, monitoring, protection } from './platform.ts';
import { route } from './route.ts';
import { secretReference } from './secret-reference.ts';
import { secrets } from './secrets.ts';
import { server } from './server.ts';
import { host, immichVersion, kubernetesVersion, timeZone } from './texts.ts';
import { valkey } from './valkey.ts';
import { volumes } from './volumes.ts';

/** Every key of an installation file, before the rules between sections are checked. */
export const installationKeys = mapping({
  name: required(labelOf('installation'), 'Name of the installation, and of its folder in dist.', 'unknown'),
  version: required(
    immichVersion,
    'Version of Immich, such as "v3.3.1". Going back needs a restore of the database.',
    newestKnown.text,
  ),
  kubernetes: optional(
    kubernetesVersion,
    'Version of Kubernetes, such as "1.34": what device claims and the guard against deletion depend on. Of two clusters the older one.',
  ),
  host: required(host, 'DNS name under which Immich is reached.', 'unknown.example.com'),
  hosts: defaulting(
    list(mapping({ host: required(host, 'A further DNS name.') })),
    [],
    'Further DNS names that answer, such as [{ host: share.example.org }]. What Immich writes into links is host.',
  ),
  namespace: defaulting(
    labelOf('namespace'),
    'immich',
    'Namespace of everything that belongs to Immich; of nothing else, unless sharedNamespace says so.',
  ),
  sharedNamespace: optional(
    flag,
    'Whether others live in the namespace too; default false. Then it is neither made nor labelled here, policies select pods of Immich alone and deny nothing to others, and the guard against deletion covers claims and the database.',
  ),
  stopped: defaulting(
    flag,
    false,
    'Whether Immich sleeps: no pod of the server, machine learning or Valkey runs, and database, volumes and backups stay as they are. For restores and moves, so that git says it and Flux keeps it.',
  ),
  clusters: defaulting(clusters, {}, 'The Kubernetes clusters that Immich and its database run in.'),
  timezone: defaulting(
    timeZone,
    'Etc/UTC',
    'Time zone for photos that do not name theirs, and for the schedules of Immich itself.',
  ),
  volumes: required(volumes, 'What is kept, and where.', {
    library: { existingClaim: 'unknown-library', accessMode: 'ReadWriteMany', backup: 'none' },
    models: { existingClaim: 'unknown-models', accessMode: 'ReadWriteMany' },
  }),
  database: required(database, 'The PostgreSQL database.', {
    external: { host: 'unknown.example.com', password: { secret: 'unknown', key: 'unknown' } },
  }),
  route: defaulting(route, {}, 'How browsers and phones reach Immich.'),
  images: optional(images, 'What holds for all images.'),
  server: defaulting(server, {}, 'The Immich server.'),
  machineLearning: defaulting(machineLearning, {}, 'Search by content, faces and text.'),
  valkey: defaulting(valkey, {}, "Immich's queue of jobs."),
  config: optional(
    immichConfig,
    "Immich's own configuration, by which it replaces all settings of the web interface: what is not written has Immich's default, whatever was set there, and nothing can be set there any more. Write what differs from the defaults.",
  ),
  configSecret: optional(
    secretReference,
    'A Secret that holds the whole configuration file, for settings with passwords.',
  ),
  secrets: defaulting(secrets, { byHand: {} }, 'Who makes the Secrets that must exist.'),
  monitoring: defaulting(monitoring, {}, 'Metrics for Prometheus.'),
  network: defaulting(network, {}, 'Network policies.'),
  flux: defaulting(flux, {}, 'How Flux finds and applies dist.'),
  deliver: defaulting(
    choice('flux', 'argocd'),
    'flux',
    'Who applies dist: Flux by a Kustomization for each layer, or Argo CD by an Application for each, in waves.',
  ),
  argocd: optional(argocd, 'How Argo CD finds and applies dist; with deliver: argocd.'),
  files: defaulting(
    choice('object', 'layer'),
    'object',
    'What has a file of its own in dist: each object, which is the shortest to review, or each layer. Then short values stand on one line, so that a whole installation has about half of the lines; the objects are the same.',
  ),
  protection: defaulting(protection, {}, 'What guards the data against deletion.'),
  accept: defaulting(
    accept,
    [],
    'Changes that are meant although synth refuses them. To be removed again once they are merged.',
  ),
  patches: defaulting(
    patches,
    [],
    'The last way out: changes of objects in dist, by kind and name, for what no key says. The types of values, rules and the report of changes see them. They never touch names and namespaces, what protects the data, or where it is kept and backed up.',
  ),
  exists: defaulting(
    exists,
    [],
    'Objects that others make, such as [ConfigMap/immich-tuning, Secret/immich-db]: what refers to them is right, and they are not made here.',
  ),
});

/** The schema of an installation file. */
export const installation: Schema<Installation> = {
  read: (value, at) => {
    const { known, unknown } = settingsOfNewerImmich(value);
    const read = strictly.read(known, at);
    tellFluxVariables(known, at);
    for (const { path } of unknown) {
      at.in('config', ...path).warning(
        `${quote(path.at(-1))} is not a setting that is known here, and Immich is newer than ${newestKnown.text}. It is handed on as it is; look it up in Immich's release notes.`,
      );
    }
    return read === undefined ? undefined : withSettings(read, unknown);
  },
  json: installationKeys.json,
};

const strictly: Schema<Installation> = refine(installationKeys, (keys, at) => {
  const { config, configSecret, clusters, sharedNamespace, images: _, deliver, argocd, ...rest } = keys;
  const app = clusters.app ?? keys.name;
  const { externalLibraries, mediaLocation, ...volumes } = keys.volumes;
  const read: Installation = {
    ...rest,
    volumes,
    externalLibraries,
    argocd: deliver === 'argocd' ? argocd : undefined,
    mediaLocation,
    sharedNamespace: sharedNamespace ?? false,
    clusters: { app, database: clusters.database ?? app },
    configuration:
      config !== undefined
        ? { kind: 'written', config }
        : configSecret !== undefined
          ? { kind: 'secret', reference: configSecret }
          : { kind: 'none' },
    images: imagesOf(keys, at),
  };
  checkDelivery(keys, at);
  if (config !== undefined && configSecret !== undefined) {
    at.in('configSecret').error('config and configSecret exclude each other. Keep one of them.');
  }
  if (sharedNamespace === undefined && !at.isFaulty('sharedNamespace') && !hasDatabaseBeside(read)) {
    askWhetherShared(keys.namespace, at.in('namespace'));
  }
  checkSections(read, at, installationKeys.json);
  return read;
});

/** The file in two, where Immich is newer than what is known here: its configuration may have settings of its own. */
function settingsOfNewerImmich(value: unknown): NewerSettings {
  const known = { known: value, unknown: [] };
  if (typeof value !== 'object' || value === null || !('config' in value) || !('version' in value)) {
    return known;
  }
  const version = typeof value.version === 'string' ? parseImmichVersion(value.version) : undefined;
  if (!version?.ok || !supportOf(version.value).isNewerThanKnown) return known;
  const settings = newerSettings(value.config, immichConfig.json);
  return { known: { ...value, config: settings.known }, unknown: settings.unknown };
}

function withSettings(read: Installation, settings: NewerSettings['unknown']): Installation {
  const { configuration } = read;
  if (configuration.kind !== 'written') return read;
  const config = settings.reduce<ImmichConfig>(
    (all, { path, value }) => withSetting(all, path, value),
    configuration.config,
  );
  return { ...read, configuration: { kind: 'written', config } };
}
