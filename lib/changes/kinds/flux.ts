import type { Field } from '../../manifests/field.ts';
import { type ChangedPair, type Comparison, type Draft, isChanged, pairsOfKind } from '../comparison.ts';
import { isSame } from '../difference.ts';
import { encryptedFolderOf } from './encrypted-secrets.ts';

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
    // What is encrypted is told as Secrets.
    .filter(({ after }) => encryptedFolderOf(after) === undefined)
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

/** What Flux fills in, and where it takes the values from. */
export function fluxVariables(comparison: Comparison): Draft[] {
  const pairs = pairsOfKind(comparison, 'kustomize.toolkit.fluxcd.io', 'Kustomization').filter(
    ({ before, after }) => !isSame(sourcesOf(before), sourcesOf(after)),
  );
  const [first] = pairs;
  if (first === undefined) return [];
  const sources = [...new Set(pairs.flatMap(({ after }) => sourcesOf(after)))];
  const namespace = first.after?.at('metadata', 'namespace').text ?? 'flux-system';
  return [
    {
      grade: 'steps',
      topic: 'service',
      what: 'substitute',
      to: sources.join('+') || 'nothing',
      key: ['flux', 'substitute'],
      sentence:
        sources.length === 0
          ? 'Flux fills in no variables any more.'
          : `Flux fills in variables from ${sources.join(' and ')}. Where one of them is missing, its layers stay as they are and nothing changes any more.`,
      steps:
        sources.length === 0
          ? []
          : [
              `Before merging: make sure that ${sources.join(' and ')} in the namespace ${namespace} holds every variable of flux.substitute.`,
            ],
      pairs,
      fields: ['spec.postBuild'],
    },
  ];
}

/** What Flux changes in the objects of a layer, of which dist shows nothing. */
export function fluxAdditions(comparison: Comparison): Draft[] {
  const pairs = pairsOfKind(comparison, 'kustomize.toolkit.fluxcd.io', 'Kustomization').filter(isChanged);
  return [...components(pairs), ...commonMetadata(pairs)];
}

function components(all: readonly ChangedPair[]): Draft[] {
  const pairs = differingIn(all, 'components');
  const [first] = pairs;
  if (first === undefined) return [];
  return [
    {
      grade: 'steps',
      topic: 'other',
      what: 'components',
      key: ['flux', 'components'],
      sentence:
        'Flux applies other components to the layers: what they change is not in dist, and not judged here.',
      steps: [
        `Before merging: flux build kustomization ${first.name} --dry-run and alike, and look at what protects the data: the annotation kustomize.toolkit.fluxcd.io/prune above all.`,
      ],
      pairs,
      fields: ['spec.components'],
    },
  ];
}

function commonMetadata(all: readonly ChangedPair[]): Draft[] {
  const pairs = differingIn(all, 'commonMetadata');
  const isActedOn = pairs.some(
    ({ before, after }) =>
      !isSame(
        before.get('spec', 'commonMetadata', 'annotations'),
        after.get('spec', 'commonMetadata', 'annotations'),
      ),
  );
  if (pairs.length === 0) return [];
  return [
    {
      grade: isActedOn ? 'steps' : 'routine',
      topic: 'other',
      what: 'metadata',
      key: ['flux', 'commonMetadata'],
      sentence: `Flux gives every object other ${isActedOn ? 'annotations' : 'labels'}; no pod restarts by that.`,
      steps: isActedOn ? ['Look up which programs act on these annotations.'] : [],
      pairs,
      fields: ['spec.commonMetadata'],
    },
  ];
}

function differingIn(pairs: readonly ChangedPair[], field: string): ChangedPair[] {
  return pairs.filter(({ before, after }) => !isSame(before.get('spec', field), after.get('spec', field)));
}

function sourcesOf(kustomization: Field | undefined): string[] {
  const from = kustomization?.at('spec', 'postBuild', 'substituteFrom').items ?? [];
  return from.map((source) => `${source.at('kind').text ?? ''}/${source.at('name').text ?? ''}`);
}
