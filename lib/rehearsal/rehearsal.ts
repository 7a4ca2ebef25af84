import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { NetworkPolicies } from '../components/network-policies.ts';
import { yamlOf } from '../dist/yaml.ts';
import { KubeConfigMap } from '../kubernetes/api.ts';
import { objectStore } from '../kubernetes/cnpg/object-store.ts';
import { commentsOf } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { reasonsOf } from '../kubernetes/reasons.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { FluxVariables } from '../text/flux-variables.ts';
import { isOther } from '../values/rehearsal.ts';
import { filesOf } from './files.ts';
import { rehearsalJob } from './job.ts';
import { nextServer } from './next-server.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';
import { rights } from './rights.ts';
import { rehearsalTrafficOf } from './traffic.ts';

/** The manifests of a rehearsal as one text, and what is to be done with it. */
export interface Rehearsal {
  readonly text: string;
  /** Whether variables of Flux stand in it, which kubectl does not fill in. */
  readonly hasVariables: boolean;
}

/** Makes a rehearsal. `source` is the name of the installation file. */
export function rehearsalOf(plan: RehearsalPlan, source: string): Rehearsal {
  const text = textOf(plan, source);
  const variables = new FluxVariables(plan.standing.flux.substitute?.variables ?? []);
  const hasVariables = variables.standIn(text);
  return { text: hasVariables ? variables.asApplied(text) : text, hasVariables };
}

function textOf(plan: RehearsalPlan, source: string): string {
  const { change, copy } = plan;
  const chart = new Chart(new App({ outdir: 'dist' }), 'rehearsal', { disableResourceNameHashes: true });
  build(chart, plan);
  const documents = chart.node
    .findAll()
    .flatMap((node) => (ApiObject.isApiObject(node) ? [node] : []))
    .sort((one, other) => Number(one.kind === 'Job') - Number(other.kind === 'Job'))
    .map((node) => {
      const object: KubernetesObject = node.toJson();
      // Nothing sleeps here: the Job starts what has no pod yet.
      const reasons = reasonsOf(object).filter(({ path }) => path.at(-1) !== 'replicas');
      return yamlOf({ file: source, object, comments: [...commentsOf(node), ...reasons] });
    });
  const head = [
    `A rehearsal of ${change.installation}, from ${source}, for the namespace ${copy.namespace}. Not for git: apply it by hand,`,
    'and delete it when it has said its verdict.',
  ];
  return [head.map((line) => `# ${line}\n`).join(''), ...documents.map((text) => `---\n${text}`)].join('');
}

function build(scope: Construct, plan: RehearsalPlan): void {
  const { copy, change } = plan;
  const { name, namespace } = copy;
  const labels = ownLabels;
  const traffic = rehearsalTrafficOf(plan);
  if (traffic.pods.length > 0) {
    new NetworkPolicies(scope, 'policies', {
      namespace,
      flavor: plan.standing.network.flavor,
      // Everything else in the namespace is denied by the drill's layer.
      deniesOthers: false,
      ...traffic,
    });
  }
  if (copy.method === 'plugin') {
    objectStore(scope, {
      name,
      namespace,
      labels,
      annotations: {},
      store: copy.store,
      sidecar: copy.sidecar,
      written: undefined,
    });
  }
  rights(scope, plan);
  new KubeConfigMap(scope, 'files', { metadata: { name, namespace, labels }, data: filesOf(plan) });
  if (isOther(change.server)) nextServer(scope, plan);
  rehearsalJob(scope, plan);
}
