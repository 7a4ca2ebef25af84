import type { Plan } from '../plan/plan.ts';
import { appLayer } from './app-layer.ts';
import { backupLayer, hasVolSync } from './backup-layer.ts';
import { databaseLayer, existingDatabaseLayer } from './database-layer.ts';
import { drillLayer } from './drill-layer.ts';
import { hasImport, importLayer } from './import-layer.ts';
import { indexesLayer } from './indexes-layer.ts';
import type { Layer } from './layer.ts';
import { monitoringLayer } from './monitoring-layer.ts';
import { hasNamespaceLayer, namespaceLayer } from './namespace-layer.ts';
import { protectionLayer } from './protection-layer.ts';
import { hasRouteLayer, routeLayer } from './route-layer.ts';
import { drillSecretsLayers, hasSecretsLayer, secretsLayer } from './secrets-layer.ts';
import { hasSnapshots, snapshotLayer } from './snapshot-layer.ts';
import { hasStorage, storageLayer } from './storage-layer.ts';
import { traefikLayer } from './traefik-layer.ts';

/** The layers of a cluster, in the order in which a reader meets them; Flux's order is in their plans. */
export function layersOf(plan: Plan, cluster: string): Layer[] {
  const { installation } = plan;
  const isApp = cluster === installation.clusters.app;
  const hasDatabase = cluster === installation.clusters.database && installation.database.kind === 'cnpg';
  const existing =
    isApp && installation.database.kind === 'external' ? installation.database.cluster : undefined;
  const { monitoring, protection, route } = installation;
  const { door } = route;
  const layers = [
    ...(hasNamespaceLayer(plan) ? [namespaceLayer(plan, cluster)] : []),
    ...(hasSecretsLayer(plan, cluster) ? [secretsLayer(plan, cluster)] : []),
    ...(protection.admission ? [protectionLayer(installation, hasDatabase)] : []),
    ...(isApp && hasStorage(installation) ? [storageLayer(installation)] : []),
    ...(isApp && hasSnapshots(plan) ? [snapshotLayer(plan)] : []),
    ...(isApp && hasVolSync(plan) ? [backupLayer(plan)] : []),
    ...(hasDatabase ? [databaseLayer(plan)] : []),
    ...(hasDatabase && hasImport(installation) ? [importLayer(installation)] : []),
    ...(existing === undefined ? [] : [existingDatabaseLayer(existing)]),
    ...(hasDatabase || existing !== undefined ? [indexesLayer(installation)] : []),
    ...((hasDatabase || existing !== undefined) && plan.drill !== undefined
      ? [drillLayer(plan, plan.drill)]
      : []),
    ...drillSecretsLayers(plan, cluster),
    ...(isApp ? [appLayer(installation, hasDatabase || existing !== undefined)] : []),
    ...(isApp && hasRouteLayer(installation) ? [routeLayer(installation)] : []),
    ...(isApp && door.kind === 'traefik' && door.k3s ? [traefikLayer(door)] : []),
    ...(monitoring.enabled ? [monitoringLayer(plan, cluster, hasDatabase)] : []),
  ];
  const names = layers.map(({ plan }) => plan.name);
  return layers.map((layer) => ({
    ...layer,
    plan: { ...layer.plan, after: layer.plan.after.filter((name) => names.includes(name)) },
  }));
}
