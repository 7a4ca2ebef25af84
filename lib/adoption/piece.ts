import type { Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';

/** What is found out of an Immich that runs today, in the keys of an installation file. */
export type Piece = Taken | Unknown | Remark;

/** A value that was read. */
export interface Taken {
  readonly kind: 'taken';
  readonly path: Path;
  readonly value: Value;
  /** Where it stands, as `apps/immich/helmrelease.yaml:41`; undefined where it follows from what was read. */
  readonly from: string | undefined;
  /** What a reader of the file should know of it. */
  readonly note?: string;
  /** What stands in its place where the file cannot say it; without one, a remark with the reason. */
  readonly otherwise?: Piece;
}

/** A value that no file tells, so that a person has to write it. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly path: Path;
  /** What to write, as the mark says it. */
  readonly what: string;
  /** A value with which the rest of the file can be judged until then. */
  readonly standIn: Value;
  readonly from: string | undefined;
}

/** What was not carried over, and why. */
export interface Remark {
  readonly kind: 'remark';
  /** The section that it belongs to; empty for the whole file. */
  readonly path: Path;
  readonly text: string;
  readonly from: string | undefined;
}

/** A value that follows from what was read, or stands where `from` says. */
export function take(path: Path, value: Value, from?: string, note?: string): Taken {
  return { kind: 'taken', path, value, from, ...(note === undefined ? {} : { note }) };
}

/** A value that a person has to write. */
export function leaveOpen(path: Path, what: string, standIn: Value, from?: string): Unknown {
  return { kind: 'unknown', path, what, standIn, from };
}

/** A sentence on something that was not carried over. */
export function remark(path: Path, text: string, from?: string): Remark {
  return { kind: 'remark', path, text, from };
}
