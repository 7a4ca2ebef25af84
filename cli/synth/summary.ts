import { traefikValues } from '../../lib/components/traefik-timeout.ts';
import type { DistPlan } from '../../lib/dist/plan.ts';
import type { Installation } from '../../lib/installation/installation.ts';
import type { RequiredSecret } from '../../lib/plan/secrets.ts';
import type { Synthesis, SynthesizedCluster } from '../../lib/synthesis/synthesis.ts';

/** How the parts of the summary look. Each function returns its text, perhaps with a colour around it. */
export interface Style {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** What a person needs to know after synth: what there is, what must exist, and what to do next. */
export function summaryOf({ clusters }: Synthesis, target: string, style: Style): string {
  const plans = [...new Set(clusters.map((cluster) => cluster.plan))];
  const parts = plans.map((plan) => {
    const { installation } = plan;
    const own = clusters.filter((cluster) => cluster.plan === plan);
    return [
      style.title(
        `${installation.name}: Immich ${installation.version.text} at https://${installation.host}`,
      ),
      ...own.flatMap((cluster) => clusterLines(cluster, target, style)),
      ...secretLines(plan.secrets),
      `  What to do in a bad hour: ${target}/${installation.name}/RUNBOOK.md`,
    ].join('\n');
  });
  return [...parts, ...traefikNote(plans.map(({ installation }) => installation))].join('\n\n');
}

/** One line about the files: the only one where nobody reads along. */
export function filesLine({ write, changed, remove, unchanged }: DistPlan, target: string): string {
  const added = write.size - changed.length;
  const count = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}`]);
  const parts = [
    ...count(added, 'added'),
    ...count(changed.length, 'changed'),
    ...count(remove.length, 'removed'),
    ...count(unchanged.length, 'unchanged'),
  ];
  return `${target}: ${parts.join(', ')}.`;
}

function clusterLines(
  { plan: { installation }, name, manifests }: SynthesizedCluster,
  target: string,
  style: Style,
): string[] {
  const folder = `${installation.name}/${name}/`;
  const layers = new Map<string, number>();
  for (const { file } of manifests) {
    const [layer, base] = file.slice(folder.length).split('/');
    if (layer !== undefined && base !== 'kustomization.yaml') layers.set(layer, (layers.get(layer) ?? 0) + 1);
  }
  const total = [...layers.values()].reduce((sum, count) => sum + count, 0);
  const { flux } = installation;
  const { kind, name: source, namespace = flux.namespace } = flux.source;
  return [
    `  Cluster ${name}: ${total} objects in ${target}/${folder}`,
    style.quiet(`    ${[...layers].map(([layer, count]) => `${layer} ${count}`).join(', ')}`),
    '  Point Flux of this cluster at it, once:',
    style.quiet(
      `    flux create kustomization immich-${installation.name} --namespace=${flux.namespace} --source=${kind}/${source}.${namespace} --path=./${flux.path}/${folder}flux --prune=true --interval=${flux.interval}`,
    ),
  ];
}

function secretLines(secrets: readonly RequiredSecret[]): string[] {
  if (secrets.length === 0) return [];
  return [
    '  Secrets that must exist, with their keys:',
    ...secrets.map(
      ({ cluster, namespace, name, keys, type, purpose }) =>
        `    ${cluster}: ${namespace}/${name} (${keys.join(', ')}): ${purpose}${type === 'Opaque' ? '' : `, type ${type}`}`,
    ),
  ];
}

/** Said once for all: the read timeout belongs to Traefik's own configuration, which is not ours to write. */
function traefikNote(installations: readonly Installation[]): string[] {
  const first = installations.find(({ route }) => !route.traefik.k3s);
  if (first === undefined) return [];
  const { entryPoints, readTimeout } = first.route.traefik;
  const names = installations.filter(({ route }) => !route.traefik.k3s).map(({ name }) => name);
  const values = traefikValues(entryPoints.websecure, readTimeout).trimEnd().split('\n');
  return [
    [
      `Traefik cuts an upload off after 60 seconds (${names.join(', ')}). Only its own configuration can change that;`,
      'give its Helm chart these values, or write route: { traefik: { k3s: true } } on k3s:',
      ...values.map((line) => `    ${line}`),
    ].join('\n'),
  ];
}
