import { App, Chart } from 'cdk8s';
import type { Installation } from '../installation/installation.ts';
import type { Plan } from '../plan/plan.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import { fluxKustomizations } from './flux.ts';
import { layersOf } from './layers.ts';
import { takeOutObjectsOfOthers } from './objects-of-others.ts';

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
  const charts = layers.flatMap(({ plan, build }) => {
    if (build === undefined) return [];
    const chart = new Chart(app, plan.name, { disableResourceNameHashes: true });
    build(chart);
    takeOutObjectsOfOthers(chart, installation);
    return [chart];
  });
  const flux = new Chart(app, 'flux', { disableResourceNameHashes: true });
  fluxKustomizations(flux, {
    installation,
    cluster: name,
    layers: layers.map(({ plan }) => plan),
    substituted: substitutedOf(installation, charts),
  });
  return { plan, name, charts: [...charts, flux] };
}

/** The layers in which a variable stands that Flux fills in. */
function substitutedOf({ flux }: Installation, charts: readonly Chart[]): Set<string> {
  if (flux.substitute === undefined) return new Set();
  const variables = new FluxVariables(flux.substitute.variables);
  const substituted = charts.filter((chart) => variables.standIn(JSON.stringify(chart.toJson())));
  return new Set(substituted.map(({ node }) => node.id));
}
