import { type Field, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject } from '../../manifests/manifest.ts';
import { type FieldSpec, fieldSpecOf, isFor, setAt, stepsOf } from './field-spec.ts';
import type { Resource } from './resource.ts';
import { labelAt, type SharedLabel, withShared } from './shared-labels.ts';

/** Labels or annotations that are put on objects. */
export interface AddedMetadata {
  readonly pairs: Readonly<Record<string, string>>;
  /** Where they are put. */
  readonly places: readonly FieldSpec[];
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/ */
export function metadataOf(kustomization: Field): AddedMetadata[] {
  return [
    ...kustomization.at('labels').items.map((entry) => ({
      pairs: entry.at('pairs').labels,
      places: [
        ...entry.at('fields').items.map(fieldSpecOf),
        ...(entry.get('includeSelectors') === true
          ? [...labels, ...templates('labels'), ...selectors]
          : entry.get('includeTemplates') === true
            ? [...labels, ...templates('labels')]
            : labels),
      ],
    })),
    {
      pairs: kustomization.at('commonLabels').labels,
      places: [...labels, ...templates('labels'), ...selectors],
    },
    {
      pairs: kustomization.at('commonAnnotations').labels,
      places: [...annotations, ...templates('annotations')],
    },
  ].filter(({ pairs }) => Object.keys(pairs).length > 0);
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#common-metadata */
export function commonMetadata(field: Field): AddedMetadata[] {
  return [
    { pairs: field.at('labels').labels, places: labels },
    { pairs: field.at('annotations').labels, places: annotations },
  ].filter(({ pairs }) => Object.keys(pairs).length > 0);
}

/** A resource with labels and annotations. */
export function withMetadata(resource: Resource, all: readonly AddedMetadata[]): Resource {
  let result = resource;
  for (const { pairs, places } of all) {
    const before = result.object;
    const meant = places.filter((place) => isFor(place, before));
    const next = labelled(before, pairs, meant);
    const added = Object.keys(pairs).flatMap((key): SharedLabel[] => {
      const paths = meant.map(({ path }) => path).filter((path) => labelAt(before, path, key) === undefined);
      return paths.length > 1 ? [{ key, paths }] : [];
    });
    result = {
      ...result,
      object: withShared(before, next, result.shared),
      shared: [...result.shared, ...added],
    };
  }
  return result;
}

/** An object with labels or annotations at some places. */
export function labelled(
  object: KubernetesObject,
  pairs: AddedMetadata['pairs'],
  places: readonly FieldSpec[],
): KubernetesObject {
  let result = object;
  for (const place of places) {
    const next = setAt(result, place.path, place.create, (old) =>
      isMapping(old) || old === undefined ? { ...old, ...pairs } : old,
    );
    result = isMapping(next) ? { ...next, apiVersion: object.apiVersion, kind: object.kind } : result;
  }
  return result;
}

function spec(path: string, create: boolean, kind?: string, group?: string): FieldSpec {
  return {
    path: stepsOf(path),
    create,
    ...(kind === undefined ? {} : { kind }),
    ...(group === undefined ? {} : { group }),
  };
}

const labels = [spec('metadata/labels', true)];
const annotations = [spec('metadata/annotations', true)];

/** https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/metadatalabels.go */
function templates(list: 'labels' | 'annotations'): FieldSpec[] {
  return [
    ...['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) =>
      spec(`spec/template/metadata/${list}`, true, kind),
    ),
    spec(`spec/template/metadata/${list}`, true, 'StatefulSet', 'apps'),
    ...(list === 'labels'
      ? [spec('spec/volumeClaimTemplates[]/metadata/labels', true, 'StatefulSet', 'apps')]
      : []),
    spec(`spec/template/metadata/${list}`, true, 'Job', 'batch'),
    spec(`spec/jobTemplate/metadata/${list}`, true, 'CronJob', 'batch'),
    spec(`spec/jobTemplate/spec/template/metadata/${list}`, true, 'CronJob', 'batch'),
  ];
}

/** How the pods of a workload find each other. */
const amongPods = [
  'topologySpreadConstraints/labelSelector/matchLabels',
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
    `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
  ]),
].map((path) => `spec/template/spec/${path}`);

/** https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/commonlabels.go */
const selectors: readonly FieldSpec[] = [
  { ...spec('spec/selector', true, 'Service'), version: 'v1' },
  { ...spec('spec/selector', true, 'ReplicationController'), version: 'v1' },
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind) => spec('spec/selector/matchLabels', true, kind)),
  spec('spec/selector/matchLabels', true, 'StatefulSet', 'apps'),
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    amongPods.map((path) => spec(path, false, kind, 'apps')),
  ),
  spec('spec/selector/matchLabels', false, 'Job', 'batch'),
  spec('spec/jobTemplate/spec/selector/matchLabels', false, 'CronJob', 'batch'),
  spec('spec/selector/matchLabels', false, 'PodDisruptionBudget', 'policy'),
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) =>
    spec(`${path}/matchLabels`, false, 'NetworkPolicy', 'networking.k8s.io'),
  ),
];
