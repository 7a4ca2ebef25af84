import { App, Chart } from 'cdk8s';
import { deliveryFolderOf } from '../installation/delivery.ts';
import type { Installation } from '../installation/installation.ts';
import type { Plan } from '../plan/plan.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import { applications } from './argocd.ts';
import { fluxKustomizations } from './flux.ts';
import { layersOf } from './layers.ts';
import { takeOutObjectsOfOthers } from './objects-of-others.ts';

/** What one installation puts into one Kubernetes cluster. */
export interface Cluster {
  readonly plan: Plan;
  /** Name of the Kubernetes cluster. */
  readonly name: string;
  /** Chart by chart: the layers in the order in which they are applied, then what applies them. */
  readonly charts: readonly Chart[];
  /** The layers that nobody waits for. */
  readonly unwaited: ReadonlySet<string>;
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
  const charts = layers.flatMap(({ plan, build }) => {
    if (build === undefined) return [];
    const chart = new Chart(app, plan.name, { disableResourceNameHashes: true });
    build(chart);
    takeOutObjectsOfOthers(chart, installation);
    return [chart];
  });
  const delivery = new Chart(app, deliveryFolderOf(installation), { disableResourceNameHashes: true });
  const plans = layers.map(({ plan }) => plan);
  if (installation.argocd === undefined) {
    fluxKustomizations(delivery, {
      installation,
      cluster: name,
      layers: plans,
      substituted: substitutedOf(installation, charts),
    });
  } else applications(delivery, { installation, cluster: name, argocd: installation.argocd, layers: plans });
  const unwaited = plans.filter(({ readiness }) => readiness.kind === 'applied');
  return { plan, name, charts: [...charts, delivery], unwaited: new Set(unwaited.map(({ name }) => name)) };
}

/** The layers in which a variable stands that Flux fills in. */
function substitutedOf({ flux }: Installation, charts: readonly Chart[]): Set<string> {
  if (flux.substitute === undefined) return new Set();
  const variables = new FluxVariables(flux.substitute.variables);
  const substituted = charts.filter((chart) => variables.standIn(JSON.stringify(chart.toJson())));
  return new Set(substituted.map(({ node }) => node.id));
}
