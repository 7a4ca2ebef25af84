import { App, Chart } from 'cdk8s';
import { configuration, configurationFile, configurationName } from './components/configuration.ts';
import { database } from './components/database.ts';
import { deleteGuard } from './components/delete-guard.ts';
import { longhornSnapshots } from './components/longhorn-snapshots.ts';
import { machineLearning, machineLearningName, machineLearningPort } from './components/machine-learning.ts';
import { podMonitor } from './components/monitors.ts';
import { namespace } from './components/namespace.ts';
import { networkPolicies } from './components/network-policies.ts';
import { route } from './components/route.ts';
import { metricsPorts, microservicesName, server, serverName, serverPort } from './components/server.ts';
import { traefikTimeout } from './components/traefik-timeout.ts';
import { valkey, valkeyClaim } from './components/valkey.ts';
import { volume } from './components/volume.ts';
import { connectionsOf, databaseFilesOf } from './connections.ts';
import { fluxKustomizations, type LayerPlan } from './flux.ts';
import { supportOf } from './immich/versions.ts';
import type { Installation } from './installation/installation.ts';
import { isShared } from './installation/volume.ts';
import { claimNameOf } from './installation/volumes.ts';
import { checksum } from './kubernetes/checksum.ts';
import { selectorOf } from './kubernetes/labels.ts';
import type { Mount } from './kubernetes/mount.ts';
import { trafficOf } from './traffic.ts';

/** What one installation puts into one Kubernetes cluster. */
export interface Cluster {
  readonly installation: Installation;
  /** Name of the Kubernetes cluster. */
  readonly name: string;
  readonly app: App;
  /** Chart by chart: the layers in the order in which Flux applies them, then Flux's own. */
  readonly charts: readonly Chart[];
}

/** Builds every cluster of an installation: the wiring of all components, from top to bottom. */
export function clustersOf(installation: Installation): Cluster[] {
  const { app, database } = installation.clusters;
  return [...new Set([app, database])].map((name) => clusterOf(installation, name));
}

function clusterOf(installation: Installation, name: string): Cluster {
  // The folder is never written to: objects are taken out of the tree.
  const app = new App({ outdir: 'dist' });
  const layers = layersOf(installation, name);
  const charts = layers.map(({ plan, build }) => {
    const chart = new Chart(app, plan.name, { disableResourceNameHashes: true });
    build(chart);
    return chart;
  });
  const flux = new Chart(app, 'flux', { disableResourceNameHashes: true });
  fluxKustomizations(flux, {
    installation: installation.name,
    cluster: name,
    namespace: installation.namespace,
    flux: installation.flux,
    layers: layers.map(({ plan }) => plan),
  });
  return { installation, name, app, charts: [...charts, flux] };
}

/** A layer, and what fills it. */
interface Layer {
  readonly plan: LayerPlan;
  readonly build: (chart: Chart) => void;
}

function layersOf(installation: Installation, cluster: string): Layer[] {
  const isApp = cluster === installation.clusters.app;
  const hasDatabase = cluster === installation.clusters.database && installation.database.kind === 'cnpg';
  const { monitoring, protection, route, volumes } = installation;
  return [
    namespaceLayer(installation, cluster),
    ...(protection.admission ? [protectionLayer(installation)] : []),
    ...(isApp ? [storageLayer(installation)] : []),
    ...(isApp && Object.values(volumes).some(hasSnapshots) ? [snapshotLayer(installation)] : []),
    ...(hasDatabase ? [databaseLayer(installation)] : []),
    ...(isApp ? [appLayer(installation, hasDatabase), routeLayer(installation)] : []),
    ...(isApp && route.traefik.k3s ? [traefikLayer(installation)] : []),
    ...(monitoring.enabled ? [monitoringLayer(installation, isApp, hasDatabase)] : []),
  ];
}

function namespaceLayer(installation: Installation, cluster: string): Layer {
  return {
    plan: { name: 'namespace', after: [], readiness: { kind: 'objects' }, keepsObjects: true, timeout: '5m' },
    build: (chart) => {
      namespace(chart, installation.namespace);
      if (installation.network.policies) {
        networkPolicies(chart, { namespace: installation.namespace, ...trafficOf(installation, cluster) });
      }
    },
  };
}

/** A layer of its own, since older API servers do not know these kinds, and nothing else should wait for them. */
function protectionLayer(installation: Installation): Layer {
  return {
    plan: {
      name: 'protection',
      after: [],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => deleteGuard(chart, installation.namespace),
  };
}

function storageLayer({ namespace, volumes, valkey }: Installation): Layer {
  return {
    plan: {
      name: 'storage',
      after: ['namespace'],
      readiness: { kind: 'applied' },
      keepsObjects: true,
      timeout: '5m',
    },
    build: (chart) => {
      for (const [key, one] of Object.entries(volumes)) {
        if (one !== undefined) volume(chart, { claim: claimNameOf(key, one), namespace, volume: one });
      }
      valkeyClaim(chart, { namespace, valkey });
    },
  };
}

function hasSnapshots(volume: Installation['volumes'][keyof Installation['volumes']]): boolean {
  return volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined;
}

/** Longhorn's own objects, in Longhorn's namespace. */
function snapshotLayer({ namespace, volumes }: Installation): Layer {
  return {
    plan: {
      name: 'snapshots',
      after: [],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      for (const [key, volume] of Object.entries(volumes)) {
        if (volume?.kind === 'dynamic' && volume.longhorn?.snapshots !== undefined) {
          const { snapshots } = volume.longhorn;
          longhornSnapshots(chart, { namespace, claim: claimNameOf(key, volume), snapshots });
        }
      }
    },
  };
}

function databaseLayer({ namespace, database: described, images, clusters }: Installation): Layer {
  if (described.kind !== 'cnpg' || images.database === undefined)
    throw new Error('There is no database of our own.');
  const { cnpg } = described;
  const image = images.database;
  return {
    plan: {
      name: 'database',
      after: ['namespace'],
      readiness: { kind: 'database', name: cnpg.name },
      keepsObjects: false,
      timeout: '30m',
    },
    build: (chart) =>
      database(chart, { namespace, cnpg, image, isRemote: clusters.app !== clusters.database }),
  };
}

function appLayer(installation: Installation, hasDatabase: boolean): Layer {
  return {
    plan: {
      name: 'app',
      after: ['storage', ...(hasDatabase ? ['database'] : [])],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      // Longer than the server may take for its migrations.
      timeout: '40m',
    },
    build: (chart) => buildApp(chart, installation),
  };
}

function buildApp(chart: Chart, installation: Installation): void {
  const { namespace, volumes, images, version } = installation;
  const { library, generated, models } = volumes;

  valkey(chart, { namespace, valkey: installation.valkey });

  machineLearning(chart, {
    namespace,
    machineLearning: installation.machineLearning,
    image: images.machineLearning,
    claim: claimNameOf('models', models),
    isShared: isShared(models),
  });

  const configured = buildConfiguration(chart, installation);

  server(chart, {
    namespace,
    server: installation.server,
    image: images.server,
    healthPath: supportOf(version).healthPath,
    timezone: installation.timezone,
    connections: connectionsOf(installation, machineLearningUrl),
    claims: {
      library: claimNameOf('library', library),
      generated: generated && claimNameOf('generated', generated),
    },
    files: [...configured.files, ...databaseFilesOf(installation)],
    isShared: isShared(library) && (generated === undefined || isShared(generated)),
    hasMetrics: installation.monitoring.enabled,
    podAnnotations: configured.annotations,
    configurationPath: configured.path,
  });
}

const machineLearningUrl = `http://${machineLearningName}:${machineLearningPort.number}`;

/** Immich's configuration file, as the server finds it; nothing where settings are made in the web interface. */
function buildConfiguration(chart: Chart, installation: Installation) {
  const { namespace, host, configuration: described, server } = installation;
  const folder = '/etc/immich';
  switch (described.kind) {
    case 'none':
      return { files: [], annotations: {}, path: undefined };
    case 'secret': {
      const { secret, key } = described.reference;
      const file: Mount = { kind: 'secret', volume: 'configuration', secret, key, path: folder };
      return { files: [file], annotations: {}, path: `${folder}/${key}` };
    }
    case 'written': {
      const { config } = described;
      const text = configuration(chart, {
        namespace,
        host,
        config,
        machineLearningUrl,
        hasInternet: server.internet,
      });
      const file: Mount = {
        kind: 'configMap',
        volume: 'configuration',
        configMap: configurationName,
        path: folder,
      };
      const annotations = { 'checksum/configuration': checksum(text) };
      return { files: [file], annotations, path: `${folder}/${configurationFile}` };
    }
  }
}

function routeLayer({ namespace, host, route: described }: Installation): Layer {
  return {
    plan: {
      name: 'route',
      after: ['namespace'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '10m',
    },
    build: (chart) =>
      route(chart, {
        namespace,
        host,
        route: described,
        service: { name: serverName, port: serverPort.name },
      }),
  };
}

function traefikLayer({ route }: Installation): Layer {
  const { entryPoints, readTimeout } = route.traefik;
  return {
    plan: { name: 'traefik', after: [], readiness: { kind: 'objects' }, keepsObjects: false, timeout: '5m' },
    build: (chart) => traefikTimeout(chart, { entryPoint: entryPoints.websecure, readTimeout }),
  };
}

/** A layer of its own, since its kinds exist only where the Prometheus operator does. */
function monitoringLayer(installation: Installation, isApp: boolean, hasDatabase: boolean): Layer {
  const { namespace, monitoring, server, database } = installation;
  const monitor = (chart: Chart, name: string, component: string, ports: readonly string[]) =>
    podMonitor(chart, { name, namespace, component, selector: selectorOf(name), ports, monitoring });
  return {
    plan: {
      name: 'monitoring',
      after: ['namespace'],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      timeout: '5m',
    },
    build: (chart) => {
      const [api, jobs] = metricsPorts;
      if (isApp && server.microservices.separate) {
        monitor(chart, serverName, 'server', [api.name]);
        monitor(chart, microservicesName, 'microservices', [jobs.name]);
      } else if (isApp) {
        monitor(chart, serverName, 'server', [api.name, jobs.name]);
      }
      if (hasDatabase && database.kind === 'cnpg') {
        const { name } = database.cnpg;
        const selector = { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' };
        podMonitor(chart, {
          name,
          namespace,
          component: 'database',
          selector,
          ports: ['metrics'],
          monitoring,
        });
      }
    },
  };
}
