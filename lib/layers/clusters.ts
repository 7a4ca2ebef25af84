import { App, Chart } from 'cdk8s';
import type { Plan } from '../plan/plan.ts';
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
  readonly plan: Plan;
  /** Name of the Kubernetes cluster. */
  readonly name: string;
  /** Chart by chart: the layers in the order in which Flux applies them, then Flux's own. */
  readonly charts: readonly Chart[];
}

/** Builds every cluster of an installation: the wiring of all components, from top to bottom. */
export function clustersOf(plan: Plan): Cluster[] {
  const { app, database } = plan.installation.clusters;
  return [...new Set([app, database])].map((name) => clusterOf(plan, name));
}

function clusterOf(plan: Plan, name: string): Cluster {
  const { installation } = plan;
  // The folder is never written to: objects are taken out of the tree.
  const app = new App({ outdir: 'dist' });
  const layers = layersOf(plan, name);
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
  return { plan, name, charts: [...charts, flux] };
}

/** The layers of a cluster, in the order in which a reader meets them; Flux's order is in their plans. */
function layersOf(plan: Plan, cluster: string): Layer[] {
  const { installation } = plan;
  const isApp = cluster === installation.clusters.app;
  const hasDatabase = cluster === installation.clusters.database && installation.database.kind === 'cnpg';
  const { monitoring, protection, route } = installation;
  return [
    namespaceLayer(plan, cluster),
    ...(protection.admission ? [protectionLayer(installation)] : []),
    ...(isApp && hasStorage(installation) ? [storageLayer(installation)] : []),
    ...(isApp && hasSnapshots(plan) ? [snapshotLayer(plan)] : []),
    ...(isApp && hasVolSync(plan) ? [backupLayer(plan)] : []),
    ...(hasDatabase ? [databaseLayer(plan)] : []),
    ...(hasDatabase && plan.drill !== undefined ? [drillLayer(installation, plan.drill)] : []),
    ...(isApp ? [appLayer(installation, hasDatabase), routeLayer(installation)] : []),
    ...(isApp && route.traefik.k3s ? [traefikLayer(installation)] : []),
    ...(monitoring.enabled ? [monitoringLayer(plan, isApp, hasDatabase)] : []),
  ];
}
