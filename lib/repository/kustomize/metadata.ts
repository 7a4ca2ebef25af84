import { type Field, isList, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';

/** Labels or annotations that are put on every object. */
export interface AddedMetadata {
  readonly list: 'labels' | 'annotations';
  readonly pairs: Readonly<Record<string, string>>;
  /** Whether the templates of pods get them too. */
  readonly inTemplates: boolean;
  /** Whether selectors get them too. */
  readonly inSelectors: boolean;
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/ */
export function metadataOf(kustomization: Field): AddedMetadata[] {
  return [
    addMetadata('labels', kustomization.at('commonLabels'), true, true),
    ...kustomization.at('labels').items.map((entry) => {
      const inSelectors = entry.get('includeSelectors') === true;
      return addMetadata(
        'labels',
        entry.at('pairs'),
        inSelectors || entry.get('includeTemplates') === true,
        inSelectors,
      );
    }),
    addMetadata('annotations', kustomization.at('commonAnnotations'), true, false),
  ].filter(({ pairs }) => Object.keys(pairs).length > 0);
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#common-metadata */
export function commonMetadata(field: Field): AddedMetadata[] {
  return (['labels', 'annotations'] as const)
    .map((list) => addMetadata(list, field.at(list), false, false))
    .filter(({ pairs }) => Object.keys(pairs).length > 0);
}

/** An object with labels and annotations. */
export function withMetadata(value: Value | undefined, all: readonly AddedMetadata[]): Value | undefined {
  let result = value;
  for (const { list, pairs, inTemplates, inSelectors } of all) {
    result = withPairs(result, ['metadata', list], pairs, true);
    const kind = isMapping(result) ? result['kind'] : undefined;
    for (const way of inTemplates && typeof kind === 'string' ? (templates[kind] ?? []) : []) {
      result = withPairs(result, [...way, 'metadata', list], pairs, true);
    }
    if (inTemplates && list === 'labels' && kind === 'StatefulSet') {
      result = withPairs(result, ['spec', 'volumeClaimTemplates', 'metadata', list], pairs, true);
    }
    for (const way of inSelectors && typeof kind === 'string' ? (selectors[kind] ?? []) : []) {
      result = withPairs(result, way, pairs, false);
    }
  }
  return result;
}

function addMetadata(
  list: AddedMetadata['list'],
  field: Field,
  inTemplates: boolean,
  inSelectors: boolean,
): AddedMetadata {
  return { list, pairs: field.labels, inTemplates, inSelectors };
}

/** A value with pairs in the mapping at a path, which is made where that is asked for. */
function withPairs(
  value: Value | undefined,
  [step, ...rest]: readonly string[],
  pairs: Readonly<Record<string, string>>,
  isMade: boolean,
): Value | undefined {
  if (step === undefined) {
    return isMapping(value) || isMade ? { ...(isMapping(value) ? value : {}), ...pairs } : value;
  }
  if (isList(value)) {
    return value.map((item) => withPairs(item, [step, ...rest], pairs, isMade) ?? null);
  }
  if (!isMapping(value)) {
    return value;
  }
  const below = Object.hasOwn(value, step) ? value[step] : undefined;
  // Only the mappings of the metadata themselves are made, never a template or a selector.
  const next = withPairs(below ?? (isMade && isMetadata(step) ? {} : undefined), rest, pairs, isMade);
  return next === below ? value : { ...value, [step]: next };
}

function isMetadata(step: string): boolean {
  return ['metadata', 'labels', 'annotations'].includes(step);
}

const template = [['spec', 'template']];

const templates: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: template,
  StatefulSet: template,
  DaemonSet: template,
  ReplicaSet: template,
  Job: template,
  CronJob: [
    ['spec', 'jobTemplate'],
    ['spec', 'jobTemplate', 'spec', 'template'],
  ],
};

const matchLabels = [['spec', 'selector', 'matchLabels']];

/** How the pods of a workload find each other. */
const amongPods = [
  'topologySpreadConstraints/labelSelector/matchLabels',
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
    `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
  ]),
].map((path) => ['spec', 'template', 'spec', ...path.split('/')]);

/** https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/commonlabels.go */
const selectors: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Service: [['spec', 'selector']],
  Deployment: [...matchLabels, ...amongPods],
  StatefulSet: [...matchLabels, ...amongPods],
  DaemonSet: matchLabels,
  ReplicaSet: matchLabels,
  PodDisruptionBudget: matchLabels,
  NetworkPolicy: [
    ['spec', 'podSelector', 'matchLabels'],
    ['spec', 'ingress', 'from', 'podSelector', 'matchLabels'],
    ['spec', 'egress', 'to', 'podSelector', 'matchLabels'],
  ],
};
