import type { Version } from '../../values/version.ts';

/** A program of Immich that reads environment variables. */
export type Component = 'server' | 'machine-learning';

/** One environment variable that a component reads, or used to read. */
export interface Variable {
  /** What it does, in one sentence, with unit and default. */
  readonly description: string;
  /**
   * The first version that reads it; missing when that is not known, or long ago. Of the server's variables it stands in
   * ../releases.json.
   */
  readonly since?: Version;
  /** The first version that no longer reads it. */
  readonly removedIn?: Version;
  /** What to set instead of a removed or renamed variable. */
  readonly replacedBy?: string;
}

/** The variables of a component, by name. */
export type Variables = ReadonlyMap<string, Variable>;

/** A table of variables. */
export function variables(table: Readonly<Record<string, Variable>>): Variables {
  return new Map(Object.entries(table));
}
