import type { Finding } from '../lib/audit/finding.ts';

/** What the page asks of the worker. */
export type Task =
  | { readonly kind: 'audit'; readonly name: string; readonly texts: ReadonlyMap<string, string> }
  | { readonly kind: 'synth'; readonly text: string }
  | { readonly kind: 'hints' };

/** What the worker found out. */
export type Answer =
  | AuditAnswer
  | SynthAnswer
  | HintsAnswer
  | { readonly kind: 'failed'; readonly message: string };

export interface AuditAnswer {
  readonly kind: 'audit';
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** What has to be known about a folder in which nothing was found. */
  readonly note: string | undefined;
}

export interface SynthAnswer {
  readonly kind: 'synth';
  readonly problems: readonly PlacedProblem[];
  /** Path inside dist to text; empty where there is an error. */
  readonly files: ReadonlyMap<string, string>;
}

/** What the editor can complete and explain. */
export interface HintsAnswer {
  readonly kind: 'hints';
  readonly keys: readonly KeyHint[];
}

/** A key of installation files, as the editor tells of it. */
export interface KeyHint {
  /** The keys that lead to it and its own, as in `database.cnpg.backup.schedule`. */
  readonly path: string;
  readonly description: string;
  /** What may be written, in words. */
  readonly value: string;
  /** What may be written, or examples of it. */
  readonly values: readonly string[];
  readonly isRequired: boolean;
}

/** Something that is wrong at a place of the installation file, both counted from 1. */
export interface PlacedProblem {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
