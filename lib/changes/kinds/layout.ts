import { type Comparison, type Draft, isAdded, isChanged, isRemoved, pairsOfKind } from '../comparison.ts';

/** All layers get other Kustomizations: their names follow from the layout of dist. */
export function fluxLayouts(comparison: Comparison): Draft[] {
  if (comparison.formerName !== undefined || comparison.after.state.source === undefined) return [];
  const pairs = pairsOfKind(comparison, 'kustomize.toolkit.fluxcd.io', 'Kustomization');
  const [gone, added] = [pairs.filter(isRemoved), pairs.filter(isAdded)];
  const [first] = added;
  const before = gone.map(({ name }) => name);
  if (first === undefined || before.length === 0 || pairs.some(isChanged)) return [];
  if (layersOf(comparison.before.state.clusters) !== before.length) return [];
  const namespace = gone[0]?.before.at('metadata', 'namespace').text ?? 'flux-system';
  const later = first.after.at('metadata', 'namespace').text ?? namespace;
  const isMoved = before.includes(first.name);
  const [from, to] = isMoved ? [namespace, later] : [before[0], first.name];
  const place = `kustomizations.kustomize.toolkit.fluxcd.io ${before.join(' ')} --namespace ${namespace}`;
  return [
    {
      grade: 'steps',
      topic: 'service',
      what: 'layout',
      from,
      to,
      key: ['flux', isMoved ? 'namespace' : 'layout'],
      sentence: `Every layer gets another Kustomization: ${isMoved ? `those of the namespace ${later} in the place of those of ${namespace}` : `${to} and alike in the place of ${from} and alike`}. What holds data stays; but those of before take away all else that they applied, the guard against deletion too, while the new ones apply it.`,
      steps: [
        `Before merging, so that they take away nothing: kubectl patch ${place} --field-manager=flux-client-side-apply --type=merge --patch '{"spec":{"suspend":true}}'`,
        'In the same commit change what stands above: the path of the Kustomization that Flux was pointed at dist with, or the resources of a kustomization.yaml.',
        `After merging: kubectl get kustomizations.kustomize.toolkit.fluxcd.io --namespace ${later} must say True for all of the new ones; those of before that are still there may then be deleted, suspended as they are.`,
      ],
      pairs: [...added, ...gone],
    },
  ];
}

/** How many Kustomizations there are. */
function layersOf(clusters: Comparison['before']['state']['clusters']): number {
  return [...clusters.values()]
    .flat()
    .filter(
      ({ object }) =>
        object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'),
    ).length;
}
