import { type Origin, Origins, originOf } from '../../manifests/derived.ts';
import type { KubernetesObject, Manifest } from '../../manifests/manifest.ts';
import { isClusterWide } from '../../manifests/scope.ts';
import type { Path } from '../../text/path.ts';
import type { SharedLabel } from './shared-labels.ts';

/** What kustomize knows an object by. */
export interface Identity {
  readonly kind: string;
  readonly name: string;
  /** `default` where none is written; undefined for kinds that stand in none. */
  readonly namespace: string | undefined;
}

/** An object on its way through a build. It is never changed: each step makes another one. */
export interface Resource {
  readonly source: Manifest;
  readonly object: KubernetesObject;
  /** Where the value at a path was written. */
  readonly origin: (path: Path) => Origin;
  /** What it was called before, the first first. Kustomize notes this when a namespace, an affix or a JSON patch changes it. */
  readonly former: readonly Identity[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** The labels that kustomize keeps as one. */
  readonly shared: readonly SharedLabel[];
  /** What else changes it, in a way that is not known here; undefined when everything is known. */
  readonly unknown: string | undefined;
}

/** Notes where the values of a changed object come from. */
export interface Recorder {
  /** The value at a path was written there. */
  wrote(at: Path, origin: Origin): void;
  /** The value at a path stood at another one before the change. */
  moved(at: Path, before: Path): void;
}

/** An object as it was written, or generated. */
export function resourceOf(source: Manifest): Resource {
  return {
    source,
    object: source.object,
    origin: (path) => originOf(source, path),
    former: [],
    prefixes: [],
    suffixes: [],
    shared: [],
    unknown: undefined,
  };
}

/** The resource with what a change makes of its object; undefined when the change deletes it. */
export function changed(
  resource: Resource,
  change: (object: KubernetesObject, recorder: Recorder) => KubernetesObject | undefined,
): Resource | undefined {
  const origins = new Origins();
  let isNoted = false;
  const note = (at: Path, origin: Origin) => {
    isNoted = true;
    origins.note(at, origin);
  };
  const object = change(resource.object, {
    wrote: note,
    moved: (at, before) => note(at, resource.origin(before)),
  });
  if (object === undefined) return undefined;
  if (object === resource.object && !isNoted) return resource;
  const { origin } = resource;
  return { ...resource, object, origin: isNoted ? (path) => origins.find(path) ?? origin(path) : origin };
}

/** The resource, with what it is called now among its former names. */
export function remembered(resource: Resource): Resource {
  return { ...resource, former: [...resource.former, identityOf(resource.object)] };
}

/** What an object is called. */
export function identityOf({ apiVersion, kind, metadata }: KubernetesObject): Identity {
  return {
    kind,
    name: metadata?.name ?? '',
    namespace: isClusterWide(apiVersion, kind) ? undefined : metadata?.namespace || 'default',
  };
}

/** What tells an object apart from the others of a build, as one text. */
export function keyOf(object: KubernetesObject): string {
  const { kind, name, namespace = '' } = identityOf(object);
  return `${kind}/${namespace}/${name}`;
}

/** Everything that a resource was and is called. */
export function identitiesOf(resource: Resource): readonly Identity[] {
  return [...resource.former, identityOf(resource.object)];
}

/** The object with another name. */
export function withName(object: KubernetesObject, name: string): KubernetesObject {
  return object.metadata?.name === name ? object : { ...object, metadata: { ...object.metadata, name } };
}

/** The object in another namespace. */
export function withNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return object.metadata?.namespace === namespace
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } };
}
