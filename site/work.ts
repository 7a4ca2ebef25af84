import type { Finding } from '../lib/audit/finding.ts';

/** What the page asks of the worker. */
export type Task =
  | { readonly kind: 'audit'; readonly name: string; readonly texts: ReadonlyMap<string, string> }
  | { readonly kind: 'synth'; readonly text: string };

/** What the worker found out. */
export type Answer = AuditAnswer | SynthAnswer | { readonly kind: 'failed'; readonly message: string };

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

/** Something that is wrong at a place of the installation file, both counted from 1. */
export interface PlacedProblem {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
