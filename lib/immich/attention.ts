import type { Version } from '../values/version.ts';
import { releasesBetween } from './releases.ts';

/** Something that whoever runs Immich has to know or do when this release comes. */
export interface AttentionPoint {
  readonly release: Version;
  /** One sentence or two. */
  readonly text: string;
  /** Where it is said. */
  readonly source: string;
}

/** The points of every release after `from`, up to and with `to`, oldest first. They stand in releases.json. */
export function attentionBetween(from: Version, to: Version): AttentionPoint[] {
  return releasesBetween(from, to).flatMap(({ version, attention = [] }) =>
    attention.map((point) => ({ release: version, ...point })),
  );
}
