import { type Derived, derive, Origins, originOf } from '../../manifests/derived.ts';
import { type Field, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Manifest, Value } from '../../manifests/manifest.ts';
import type { Path } from '../../text/path.ts';

/** What a chart is installed as. */
export interface Release {
  readonly name: string;
  readonly namespace: string | undefined;
  /** The object that installs it, such as a HelmRelease. */
  readonly manifest: Manifest;
}

/** An object that a chart makes, put together value by value, each with the place it comes from. */
export class Rendering {
  readonly #release: Release;
  readonly #object: Record<string, Value | undefined>;
  readonly #origins = new Origins();

  /** @param around The field of the values that the object as a whole comes from. */
  constructor(release: Release, apiVersion: string, kind: string, name: string, around: Field) {
    this.#release = release;
    this.#object = {
      apiVersion,
      kind,
      metadata: { name, ...(release.namespace === undefined ? {} : { namespace: release.namespace }) },
    };
    this.#origins.note([], originOf(around.manifest, around.path));
  }

  /** Puts the value of a field at a path; nothing when the field is not there. */
  copy(path: Path, field: Field): this {
    return field.exists ? this.put(path, field.value, field) : this;
  }

  /** Puts a value at a path, as coming from a field. */
  put(path: Path, value: Value | undefined, from: Field): this {
    setAt(this.#object, path, resolve(value, this.#release));
    this.#origins.note(path, originOf(from.manifest, from.path));
    return this;
  }

  /** The finished object. */
  manifest(): Derived {
    const { manifest } = this.#release;
    const { apiVersion, kind, ...rest } = this.#object;
    const object: KubernetesObject = { apiVersion: String(apiVersion), kind: String(kind), ...rest };
    return derive(
      manifest,
      object,
      (path) => this.#origins.find(path) ?? originOf(manifest, []),
      manifest.object,
    );
  }
}

/** Fills in the release's name where a template asks for nothing else; other templates stay unknown. */
function resolve(value: Value | undefined, release: Release): Value | undefined {
  if (typeof value === 'string') {
    return value.includes('{{') ? fillTemplate(value, release) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, release) ?? null);
  }
  return isMapping(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, release)]))
    : value;
}

function fillTemplate(text: string, { name, namespace }: Release): string {
  return text
    .replace(/\{\{-?\s*\.Release\.Name\s*-?\}\}/g, name)
    .replace(/\{\{-?\s*\.Release\.Namespace\s*-?\}\}/g, (whole) => namespace ?? whole)
    .replace(
      /\{\{-?\s*printf\s+"([^"%]*)%s([^"%]*)"\s+\.Release\.Name\s*-?\}\}/g,
      (_, before: string, after: string) => before + name + after,
    );
}

function setAt(target: Record<string, Value | undefined>, path: Path, value: Value | undefined): void {
  let at: unknown = target;
  path.forEach((step, index) => {
    if (typeof at !== 'object' || at === null) {
      return;
    }
    if (index === path.length - 1) {
      Reflect.set(at, step, value);
    } else {
      const next: unknown = Reflect.get(at, step);
      const below =
        typeof next === 'object' && next !== null ? next : typeof path[index + 1] === 'number' ? [] : {};
      Reflect.set(at, step, below);
      at = below;
    }
  });
}
