import type { Path } from '../text/path.ts';
import type { Position } from '../text/position.ts';

/** One Kubernetes object in one file: what synth writes and what the auditor reads. */
export interface Manifest {
  /** Where the object stands: a path with forward slashes, relative to the folder that is written or read. */
  readonly file: string;
  readonly object: KubernetesObject;
  /** What a reviewer is told beside a value. */
  readonly comments: readonly Comment[];
  /** Where the value at `path` stands in the file; undefined for objects that were never read from text. */
  readonly position: (path: Path) => Position | undefined;
}

/** A plain Kubernetes object, of any kind. Files of kustomize have no `metadata`. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Metadata;
  readonly [field: string]: Value | undefined;
}

/** The part of `metadata` that this project reads. */
export type Metadata = {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  readonly [field: string]: Value | undefined;
};

/** A value as JSON has it. An undefined field is one that is not there. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [field: string]: Value | undefined };

/** A sentence for the reader of a file, printed above the value at `path`; `[]` is the head of the file. */
export interface Comment {
  readonly path: Path;
  readonly text: string;
}
