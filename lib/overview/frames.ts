import type { Plan } from '../plan/plan.ts';

/** What Immich's own objects stand in. */
export function immichFrame(plan: Plan): string {
  const { clusters, namespace } = plan.installation;
  return frameOf(plan, clusters.app, namespace);
}

/** What the database stands in; undefined where somebody else runs it. */
export function databaseFrame(plan: Plan): string | undefined {
  const { clusters, namespace, database } = plan.installation;
  return database.kind === 'cnpg' ? frameOf(plan, clusters.database, namespace) : undefined;
}

/** What the drill stands in; undefined where there is none. */
export function drillFrame(plan: Plan): string | undefined {
  const { installation, drill } = plan;
  return drill === undefined ? undefined : frameOf(plan, installation.clusters.database, drill.namespace);
}

function frameOf({ isRemote }: Plan, cluster: string, namespace: string): string {
  return isRemote ? `cluster ${cluster}, namespace ${namespace}` : `namespace ${namespace}`;
}
