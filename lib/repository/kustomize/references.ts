import { derive } from '../../manifests/derived.ts';
import { isList, isMapping } from '../../manifests/field.ts';
import { group } from '../../manifests/group.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import { isClusterWide } from '../../manifests/scope.ts';

/** A manifest as one build of kustomize gives it. */
export interface Built {
  readonly manifest: Manifest;
  /** What stands for the build; undefined for a manifest that is not built. */
  readonly build: unknown;
  /** Every name it had, the one it was written with first. */
  readonly names: readonly string[];
}

/**
 * The manifests with references to objects that the same build renamed. Like kustomize, this knows the fields of
 * Kubernetes' own kinds; references in resources of operators stay as they are written.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/namereference.go
 */
export function withReferences(all: readonly Built[]): Manifest[] {
  const renamed = all.filter(({ names }) => names.length > 1);
  if (renamed.length === 0) {
    return all.map(({ manifest }) => manifest);
  }
  const builds = new Map(
    [...group(renamed, ({ build }) => build)].map(([build, objects]) => [build, byName(objects)]),
  );
  return all.map((one) => {
    const candidates = one.build === undefined ? undefined : builds.get(one.build);
    return candidates === undefined ? one.manifest : followReferences(one, candidates);
  });
}

/** Objects by their kind and each name they had. */
type Candidates = ReadonlyMap<string, readonly Built[]>;

function byName(objects: readonly Built[]): Candidates {
  const named = objects.flatMap((one) =>
    [...new Set(one.names)].map((name) => ({ one, key: `${one.manifest.object.kind}/${name}` })),
  );
  return new Map([...group(named, ({ key }) => key)].map(([key, all]) => [key, all.map(({ one }) => one)]));
}

function followReferences(from: Built, candidates: Candidates): Manifest {
  const { manifest } = from;
  let object: Value = manifest.object;
  for (const { path, to } of references[manifest.object.kind] ?? []) {
    object = mapTexts(object, path, (name) => referredName(from, to, name, candidates));
  }
  return object === manifest.object ? manifest : derive(manifest, asObject(manifest, object));
}

function referredName(from: Built, kind: string, name: string, candidates: Candidates): string {
  const { namespace } = from.manifest.object.metadata ?? {};
  const all = (candidates.get(`${kind}/${name}`) ?? []).filter(
    ({ manifest: { object } }) =>
      isClusterWide(object.apiVersion, kind) || object.metadata?.namespace === namespace,
  );
  // Of several, kustomize takes the one that was renamed as the object that refers to it.
  const alike = all.length > 1 ? all.filter((one) => affixesOf(one) === affixesOf(from)) : all;
  return (alike.length === 1 ? alike[0]?.manifest.object.metadata?.name : undefined) ?? name;
}

function affixesOf({ names: [first = '', ...others] }: Built): string {
  return others.map((name) => name.replace(first, () => '\n')).join('\n\n');
}

/** Every text at a path, through lists on the way; the value itself when nothing changes. */
function mapTexts(value: Value, path: readonly string[], change: (text: string) => string): Value {
  if (isList(value)) {
    const items = value.map((item) => mapTexts(item, path, change));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const [step, ...rest] = path;
  if (step === undefined) {
    return typeof value === 'string' ? change(value) : value;
  }
  const below = isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (!isMapping(value) || below === undefined) {
    return value;
  }
  const next = mapTexts(below, rest, change);
  return next === below ? value : { ...value, [step]: next };
}

function asObject({ object }: Manifest, value: Value): KubernetesObject {
  return isMapping(value) ? { ...value, apiVersion: object.apiVersion, kind: object.kind } : object;
}

interface Reference {
  readonly path: readonly string[];
  readonly to: string;
}

function reference(to: string, path: string): Reference {
  return { to, path: path.split('/') };
}

const containers = ['containers', 'initContainers'].flatMap((list) => [
  reference('ConfigMap', `${list}/env/valueFrom/configMapKeyRef/name`),
  reference('ConfigMap', `${list}/envFrom/configMapRef/name`),
  reference('Secret', `${list}/env/valueFrom/secretKeyRef/name`),
  reference('Secret', `${list}/envFrom/secretRef/name`),
]);

const pod = [
  ...containers,
  reference('ConfigMap', 'volumes/configMap/name'),
  reference('ConfigMap', 'volumes/projected/sources/configMap/name'),
  reference('Secret', 'volumes/secret/secretName'),
  reference('Secret', 'volumes/projected/sources/secret/name'),
  reference('Secret', 'imagePullSecrets/name'),
  reference('PersistentVolumeClaim', 'volumes/persistentVolumeClaim/claimName'),
  reference('ServiceAccount', 'serviceAccountName'),
  reference('PriorityClass', 'priorityClassName'),
];

const template = below('spec/template/spec', pod);

function below(path: string, references: readonly Reference[]): Reference[] {
  return references.map(({ to, path: rest }) => ({ to, path: [...path.split('/'), ...rest] }));
}

const references: Readonly<Record<string, readonly Reference[]>> = {
  Pod: below('spec', pod),
  Deployment: template,
  DaemonSet: template,
  Job: template,
  CronJob: below('spec/jobTemplate/spec/template/spec', pod),
  StatefulSet: [
    ...template,
    reference('Service', 'spec/serviceName'),
    reference('StorageClass', 'spec/volumeClaimTemplates/spec/storageClassName'),
  ],
  Ingress: [
    reference('Secret', 'spec/tls/secretName'),
    reference('Service', 'spec/rules/http/paths/backend/service/name'),
    reference('Service', 'spec/defaultBackend/service/name'),
    reference('IngressClass', 'spec/ingressClassName'),
  ],
  RoleBinding: [reference('Role', 'roleRef/name'), reference('ClusterRole', 'roleRef/name')],
  ClusterRoleBinding: [reference('ClusterRole', 'roleRef/name')],
  ServiceAccount: [reference('Secret', 'imagePullSecrets/name')],
  PersistentVolume: [reference('StorageClass', 'spec/storageClassName')],
  PersistentVolumeClaim: [
    reference('PersistentVolume', 'spec/volumeName'),
    reference('StorageClass', 'spec/storageClassName'),
  ],
  HorizontalPodAutoscaler: [
    reference('Deployment', 'spec/scaleTargetRef/name'),
    reference('StatefulSet', 'spec/scaleTargetRef/name'),
  ],
};
