import { originOf } from '../../manifests/derived.ts';
import { type Field, isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { isClusterWide } from '../../manifests/scope.ts';
import type { Changes } from './changes.ts';
import { withImages } from './images.ts';
import { withMetadata } from './metadata.ts';
import { patched } from './patching.ts';
import { withValue } from './replacement.ts';
import { replaced } from './replacing.ts';
import {
  changed,
  identitiesOf,
  type Recorder,
  type Resource,
  remembered,
  withName,
  withNamespace,
} from './resource.ts';

/**
 * The resources after all changes of a kustomization, in the order in which kustomize makes them.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/target/kusttarget_configplugin.go
 */
export function transformed(resources: readonly Resource[], changes: Changes): readonly Resource[] {
  const { namespace, prefix, suffix, metadata, replicas, images, replacements, unknown, variables } = changes;
  let all = patched(resources, changes.patches.first);
  if (namespace !== undefined && namespace !== '') {
    all = each(
      all,
      (one) => remembered(one),
      (object) => inNamespace(object, namespace),
    );
  }
  if (prefix !== '') {
    all = all.map((one) => withAffix(one, 'prefixes', prefix));
  }
  if (suffix !== '') {
    all = all.map((one) => withAffix(one, 'suffixes', suffix));
  }
  if (metadata.length > 0) {
    all = all.map((one) => withMetadata(one, metadata));
  }
  all = patched(all, changes.patches.late);
  if (replicas.length > 0) {
    all = all.map((one) => withReplicas(one, replicas));
  }
  if (images.length > 0) {
    all = each(all, undefined, (object, { wrote }) =>
      object.kind === 'CustomResourceDefinition'
        ? object
        : asObject(object, withImages(object, images, wrote)),
    );
  }
  all = replaced(all, replacements);
  return unknown === undefined && variables.length === 0
    ? all
    : all.map((one) => {
        const why = unknown ?? variableIn(one.object, variables);
        return why === undefined ? one : { ...one, unknown: why };
      });
}

function each(
  resources: readonly Resource[],
  before: ((resource: Resource) => Resource) | undefined,
  change: (object: KubernetesObject, recorder: Recorder) => KubernetesObject,
): readonly Resource[] {
  return resources.map((one) => changed(before?.(one) ?? one, change) ?? one);
}

function asObject({ apiVersion, kind }: KubernetesObject, value: Value): KubernetesObject {
  return isMapping(value) ? (isObject(value) ? value : { ...value, apiVersion, kind }) : { apiVersion, kind };
}

function isObject(value: Value): value is KubernetesObject {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/ */
function withAffix(resource: Resource, list: 'prefixes' | 'suffixes', affix: string): Resource {
  const { kind, metadata } = resource.object;
  const name = metadata?.name;
  if (neverRenamed.has(resource.former[0]?.kind ?? kind)) return resource;
  const next = list === 'prefixes' ? affix + (name ?? '') : (name ?? '') + affix;
  const before = remembered({ ...resource, [list]: [...resource[list], affix] });
  return name === undefined ? before : { ...before, object: withName(resource.object, next) };
}

const neverRenamed = new Set(['APIService', 'CustomResourceDefinition', 'Namespace']);

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/ */
function withReplicas(resource: Resource, replicas: readonly Field[]): Resource {
  return replicas.reduce((one, entry) => {
    const count = entry.at('count');
    const name = entry.at('name').text;
    if (
      count.value === undefined ||
      !identitiesOf(one).some((id) => scaled.has(id.kind) && id.name === name)
    ) {
      return one;
    }
    const path = ['spec', 'replicas'];
    const value = count.value;
    return (
      changed(one, (object, { wrote }) => {
        wrote(path, originOf(count.manifest, count.path));
        return asObject(object, withValue(object, path, value));
      }) ?? one
    );
  }, resource);
}

const scaled = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

/**
 * An object in the namespace of a kustomization, which renames a Namespace and takes the account `default` of a
 * binding along: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/
 */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  if (object.apiVersion === 'v1' && object.kind === 'Namespace') return withName(object, namespace);
  const moved = bindings.has(object.kind) ? withSubjectsIn(object, namespace) : object;
  return isClusterWide(object.apiVersion, object.kind) ? moved : withNamespace(moved, namespace);
}

const bindings = new Set(['ClusterRoleBinding', 'RoleBinding']);

function withSubjectsIn(binding: KubernetesObject, namespace: string): KubernetesObject {
  const { subjects } = binding;
  return isList(subjects)
    ? {
        ...binding,
        subjects: subjects.map((subject) =>
          isMapping(subject) && subject['name'] === 'default' ? { ...subject, namespace } : subject,
        ),
      }
    : binding;
}

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/vars/ */
function variableIn(object: KubernetesObject, variables: readonly string[]): string | undefined {
  const text = variables.length === 0 ? '' : JSON.stringify(object);
  const name = variables.find((one) => text.includes(`$(${one})`));
  return name === undefined ? undefined : `the variable ${name}`;
}
