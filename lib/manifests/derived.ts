import type { Path } from '../text/path.ts';
import type { KubernetesObject, Manifest } from './manifest.ts';

/** A manifest that stands in no file as it is: changed by kustomize or Flux, or rendered from a chart's values. */
export interface Derived extends Manifest {
  /** The object that a reader knows it by: the HelmRelease rather than the Deployment that comes of it. */
  readonly subject: KubernetesObject;
  /** Where the value at a path was written. */
  readonly origin: (path: Path) => Origin;
  /** The Flux Kustomization that built it, where one did: one file may be built by several. */
  readonly flux?: Manifest;
  /** What changes it in a way that is not known here, such as a program that kustomize calls. */
  readonly unknown?: string;
}

/** A value in the manifest in which it was written. */
export interface Origin {
  readonly manifest: Manifest;
  readonly path: Path;
}

/** Whether a manifest stands in no file as it is. */
export function isDerived(manifest: Manifest): manifest is Derived {
  return 'origin' in manifest;
}

/** Where the value at a path was written: at the same path for a manifest that stands in a file. */
export function originOf(manifest: Manifest, path: Path): Origin {
  return isDerived(manifest) ? manifest.origin(path) : { manifest, path };
}

/** A manifest with another object, whose values come from where `origin` says. */
export function derive(
  source: Manifest,
  object: KubernetesObject,
  origin: (path: Path) => Origin = (path) => originOf(source, path),
  subject: KubernetesObject = object,
): Derived {
  return {
    file: source.file,
    object,
    comments: [],
    subject,
    origin,
    ...(isDerived(source) && source.flux !== undefined ? { flux: source.flux } : {}),
    ...(isDerived(source) && source.unknown !== undefined ? { unknown: source.unknown } : {}),
    position: (path) => {
      const { manifest, path: at } = origin(path);
      return manifest.position(at);
    },
  };
}

/** Remembers where single values of an object were written, and finds the nearest one around a path. */
export class Origins {
  readonly #places = new Map<string, Origin>();

  /** The value at `path` was written there. */
  note(path: Path, origin: Origin): void {
    this.#places.set(JSON.stringify(path), origin);
  }

  /** Where the value at a path was written; undefined when nothing was noted of it or of what is around it. */
  find(path: Path): Origin | undefined {
    for (let length = path.length; length >= 0; length--) {
      const origin = this.#places.get(JSON.stringify(path.slice(0, length)));
      if (origin !== undefined) {
        const rest = path.slice(length);
        return rest.length === 0 ? origin : originBelow(origin, rest);
      }
    }
    return undefined;
  }
}

function originBelow({ manifest, path }: Origin, rest: Path): Origin {
  return { manifest, path: [...path, ...rest] };
}
