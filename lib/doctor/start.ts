import { Field } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { nameOf } from '../manifests/name.ts';
import type { Subject } from './check.ts';
import type { LivingCluster } from './cluster.ts';
import { delivererOf, layersOf, listedKustomizations } from './kustomizations.ts';
import { live } from './live.ts';
import { objectPath } from './path.ts';
import { type Progress, progressOf } from './progress.ts';
import type { Start } from './report/start.ts';

/** How far Flux is with the layers of an installation, in the order in which it begins them. */
export async function startOf(subject: Subject, cluster: LivingCluster): Promise<Start> {
  const head = { installation: subject.plan.installation.name, cluster: subject.cluster };
  const listed = await listedKustomizations(subject, cluster);
  if (listed.kind !== 'seen') {
    return {
      ...head,
      layers: [],
      unseen: listed.kind === 'unseen' ? listed.why : `${delivererOf(subject).called} is not there.`,
    };
  }
  const living = new Map(listed.value.map((one) => [nameOf(one), one]));
  const phase = await phaseOf(subject, cluster);
  const layers = inOrder(layersOf(subject)).map((manifest) => {
    const name = manifest.object.metadata?.name ?? '';
    const progress = progressOf(name, living.get(name));
    return isOfDatabase(manifest) ? withPhase(progress, phase) : progress;
  });
  return { ...head, layers, unseen: undefined };
}

/** Each layer after those that it depends on; of Argo CD, after those of the waves before. */
function inOrder(layers: readonly Manifest[]): readonly Manifest[] {
  const waves = layers.map((layer) => ({ layer, wave: waveOf(layer) }));
  if (waves.some(({ wave }) => wave > 0)) {
    return waves.sort((one, other) => one.wave - other.wave).map(({ layer }) => layer);
  }
  const ordered: Manifest[] = [];
  const names = new Set<string>();
  for (let left = layers; left.length > 0; ) {
    const next = left.filter((layer) => dependenciesOf(layer).every((name) => names.has(name)));
    // In a circle, which Flux refuses, there is no order.
    if (next.length === 0) return [...ordered, ...left];
    for (const layer of next) names.add(layer.object.metadata?.name ?? '');
    ordered.push(...next);
    left = left.filter((layer) => !next.includes(layer));
  }
  return ordered;
}

function waveOf(layer: Manifest): number {
  const { labels } = Field.of(layer).at('metadata', 'annotations');
  return Number(labels['argocd.argoproj.io/sync-wave'] ?? 0);
}

function dependenciesOf(layer: Manifest): string[] {
  return Field.of(layer)
    .at('spec', 'dependsOn')
    .items.flatMap((one) => one.at('name').text ?? []);
}

function isOfDatabase(layer: Manifest): boolean {
  const spec = Field.of(layer).at('spec');
  const path = spec.at('path').text ?? spec.at('source', 'path').text;
  return path?.endsWith('/database') === true;
}

/** What CloudNativePG says of the database, which takes longest; undefined where it says nothing. */
async function phaseOf({ plan, cluster }: Subject, living: LivingCluster): Promise<string | undefined> {
  const { database, clusters, namespace } = plan.installation;
  if (database.kind !== 'cnpg' || cluster !== clusters.database) return undefined;
  const place = { apiVersion: 'postgresql.cnpg.io/v1', resource: 'clusters', namespace };
  const answer = await living.get(objectPath(place, database.cnpg.name));
  return answer.kind === 'seen' ? live(answer.value).at('status', 'phase').text : undefined;
}

function withPhase(progress: Progress, phase: string | undefined): Progress {
  return progress.kind === 'waiting' && phase !== undefined
    ? { ...progress, message: `${progress.message} (${phase})` }
    : progress;
}
