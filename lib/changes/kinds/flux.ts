import { type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { isSame } from '../difference.ts';

/** Where Flux finds the manifests: what it was pointed at once has to follow. */
export function fluxPlaces({ renames, formerName, ...comparison }: Comparison): Draft[] {
  // Another folder because of another name is told with that name.
  if (renames.clusters.size > 0 || formerName !== undefined) return [];
  const pairs = pairsOfKind(
    { renames, formerName, ...comparison },
    'kustomize.toolkit.fluxcd.io',
    'Kustomization',
  )
    .filter(isChanged)
    .filter(({ before, after }) =>
      ['path', 'sourceRef'].some((field) => !isSame(before.get('spec', field), after.get('spec', field))),
    );
  const [first] = pairs;
  if (first === undefined) return [];
  return [
    {
      grade: 'steps',
      topic: 'service',
      what: 'path',
      from: first.before.at('spec', 'path').text,
      to: first.after.at('spec', 'path').text,
      key: ['flux'],
      sentence: `Flux looks for the manifests elsewhere: at ${first.after.at('spec', 'path').text ?? 'the root'} of ${first.after.at('spec', 'sourceRef', 'kind').text ?? 'its source'} ${first.after.at('spec', 'sourceRef', 'name').text ?? ''}, and alike. Where that is not there, nothing changes any more.`,
      steps: [
        'In the same commit move the folder, and change path and source in the Kustomization that Flux was pointed at this one with.',
        'After merging: flux get kustomizations must say Ready for all.',
      ],
      pairs,
      fields: ['spec.path', 'spec.sourceRef'],
    },
  ];
}
