import { App, Chart } from 'cdk8s';
import type { Installation } from '../installation/installation.ts';
import { drillPlanOf } from '../plan/drill.ts';
import { appLayer } from './app-layer.ts';
import { backupLayer, hasVolSync } from './backup-layer.ts';
import { databaseLayer } from './database-layer.ts';
import { drillLayer } from './drill-layer.ts';
import { fluxKustomizations } from './flux.ts';
import type { Layer } from './layer.ts';
import { monitoringLayer } from './monitoring-layer.ts';
import { namespaceLayer } from './namespace-layer.ts';
import { protectionLayer } from './protection-layer.ts';
import { routeLayer } from './route-layer.ts';
import { hasSnapshots, snapshotLayer } from './snapshot-layer.ts';
import { hasStorage, storageLayer } from './storage-layer.ts';
import { traefikLayer } from './traefik-layer.ts';

/** What one installation puts into one Kubernetes cluster. */
export interface Cluster {
  readonly installation: Installation;
  /** Name of the Kubernetes cluster. */
  readonly name: string;
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
  return { installation, name, charts: [...charts, flux] };
}

/** The layers of a cluster, in the order in which a reader meets them; Flux's order is in their plans. */
function layersOf(installation: Installation, cluster: string): Layer[] {
  const isApp = cluster === installation.clusters.app;
  const hasDatabase = cluster === installation.clusters.database && installation.database.kind === 'cnpg';
  const { monitoring, protection, route } = installation;
  const drillPlan = drillPlanOf(installation);
  return [
    namespaceLayer(installation, cluster),
    ...(protection.admission ? [protectionLayer(installation)] : []),
    ...(isApp && hasStorage(installation) ? [storageLayer(installation)] : []),
    ...(isApp && hasSnapshots(installation) ? [snapshotLayer(installation)] : []),
    ...(isApp && hasVolSync(installation) ? [backupLayer(installation)] : []),
    ...(hasDatabase ? [databaseLayer(installation)] : []),
    ...(hasDatabase && drillPlan !== undefined ? [drillLayer(installation, drillPlan)] : []),
    ...(isApp ? [appLayer(installation, hasDatabase), routeLayer(installation)] : []),
    ...(isApp && route.traefik.k3s ? [traefikLayer(installation)] : []),
    ...(monitoring.enabled ? [monitoringLayer(installation, isApp, hasDatabase)] : []),
  ];
}
