import type { Field } from '../../manifests/field.ts';
import type { Release } from './rendering.ts';

/** A chart with the values that it is installed with. */
export interface Installation {
  readonly release: Release;
  /** The chart's name, as far as it can be told. */
  readonly chart: string;
  /** The chart's version as it is written, which may be a range; empty where it is not. */
  readonly version: string;
  /** The values, those that come later over those before. */
  readonly values: readonly Field[];
  /** Whether more values come from elsewhere. */
  readonly isPartial: boolean;
}

/** The last step of a path, which is the name of a chart in a repository of charts. */
export function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
