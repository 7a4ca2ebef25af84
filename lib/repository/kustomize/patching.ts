import { isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { applyOperation } from './json-patch.ts';
import { mergeShape } from './merge-keys.ts';
import type { Patch } from './patch.ts';
import { changed, type Identity, identitiesOf, identityOf, type Resource, remembered } from './resource.ts';
import { selectsIdentity, selectsObject } from './selector.ts';
import { withShared } from './shared-labels.ts';
import { merge } from './strategic-merge.ts';

/** The resources after one patch after the other. */
export function patched(resources: readonly Resource[], patches: readonly Patch[]): readonly Resource[] {
  let all = resources;
  for (const patch of patches) {
    const meant = meantBy(patch, all);
    if (meant.size > 0) {
      all = all.flatMap((one) => (meant.has(one) ? (withPatch(one, patch) ?? []) : one));
    }
  }
  return all;
}

function meantBy({ target, value }: Patch, resources: readonly Resource[]): ReadonlySet<Resource> {
  if (target.exists) {
    // Of what an object was called, kustomize asks for the first and the last.
    return new Set(
      resources.filter((one) => {
        const now = identityOf(one.object);
        const names = [{ ...(one.former[0] ?? now), kind: now.kind }, now];
        return (
          selectsObject(target, one.object) &&
          names.some(({ name }) => selectsIdentity(target, { ...now, name })) &&
          names.some(({ namespace }) =>
            names.some(({ name }) => selectsIdentity(target, { kind: now.kind, name, namespace })),
          )
        );
      }),
    );
  }
  if (!isMapping(value) || !isMapping(value['metadata'])) return new Set();
  const { kind, apiVersion, metadata } = value;
  const name = metadata['name'];
  const namespace = metadata['namespace'] ?? 'default';
  const isCalled = (one: Identity) => one.kind === kind && one.name === name;
  const alike = resources.filter((one) => identitiesOf(one).some(isCalled));
  const exact = alike.filter(
    (one) =>
      one.object.apiVersion === apiVersion &&
      identitiesOf(one).some((id) => isCalled(id) && (id.namespace ?? namespace) === namespace),
  );
  // Kustomize refuses a patch that names none, or several; what was meant is then taken to be what comes nearest.
  return new Set(exact.length > 0 ? exact : alike);
}

function withPatch(resource: Resource, patch: Patch): Resource | undefined {
  if (patch.operations === undefined) {
    return withMerge(patch.changesName || patch.changesKind ? remembered(resource) : resource, patch);
  }
  return patch.operations.reduce<Resource | undefined>(
    (one, operation, index) => one && withOperation(one, patch, operation, index),
    // A JSON patch makes every value one by itself.
    { ...remembered(resource), shared: [] },
  );
}

function withMerge(resource: Resource, patch: Patch): Resource | undefined {
  return changed(resource, (object, { wrote, moved }) => {
    const { apiVersion, kind, metadata } = object;
    const result = merge(object, patch.value, mergeShape(apiVersion, kind), {
      wrote: (at, from) => {
        if (!isIdentity(at, patch)) wrote(at, patch.origin(from));
      },
      moved,
    });
    if (!isMapping(result)) return undefined;
    const patchedKind = result['kind'];
    const patchedMetadata: { readonly [field: string]: Value | undefined } = isMapping(result['metadata'])
      ? result['metadata']
      : {};
    const { name, namespace: _, ...others } = patchedMetadata;
    const keptName = patch.changesName && typeof name === 'string' ? name : metadata?.name;
    const next: KubernetesObject = {
      ...result,
      apiVersion,
      kind: patch.changesKind && typeof patchedKind === 'string' ? patchedKind : kind,
      ...(metadata === undefined && Object.keys(others).length === 0
        ? {}
        : {
            metadata: {
              ...(keptName === undefined ? {} : { name: keptName }),
              ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
              ...others,
            },
          }),
    };
    return withShared(object, next, resource.shared);
  });
}

/** Whether a value is what a patch only names its object by. */
function isIdentity(at: readonly (string | number)[], { changesName, changesKind }: Patch): boolean {
  const path = at.join('/');
  return (
    path === 'apiVersion' ||
    path === 'metadata/namespace' ||
    (path === 'kind' && !changesKind) ||
    (path === 'metadata/name' && !changesName)
  );
}

function withOperation(
  resource: Resource,
  patch: Patch,
  operation: Value,
  index: number,
): Resource | undefined {
  const from = isMapping(operation) && operation['from'] === undefined ? [index, 'value'] : [index];
  return changed(resource, (object, { wrote, moved }) => {
    const result = applyOperation(object, operation, { wrote: (at) => wrote(at, patch.origin(from)), moved });
    return isObject(result) ? result : object;
  });
}

function isObject(value: Value | undefined): value is KubernetesObject {
  return isMapping(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}
