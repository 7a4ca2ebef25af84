import { compareVersions, inRange, type Version } from '../values/version.ts';
import { release } from './release.ts';
import { type BoundedRange, releases } from './releases.ts';

/** A range of VectorChord that an Immich version works with. */
export interface VectorChordRange extends BoundedRange {
  /**
   * Whether it is recorded for this version. If not it is that of the newest version for which one is, and a newer
   * VectorChord may well be supported.
   */
  readonly certain: boolean;
}

/** What an Immich version needs around it, and how it is reached. */
export interface ImmichSupport {
  /** VectorChord versions at which the server starts; undefined when nothing is known for this Immich. */
  readonly vectorChord: VectorChordRange | undefined;
  /** Major versions of PostgreSQL: the first that works, and the first that is not known to. */
  readonly postgres: { readonly from: number; readonly below: number };
  /** The folder in the server's container below which every file is kept. The database holds absolute paths. */
  readonly mediaLocation: '/data' | '/usr/src/app/upload';
  /** The path that answers without a login as soon as the server listens. */
  readonly healthPath: '/api/server/ping' | '/api/server-info/ping';
  /**
   * Whether that path answers in maintenance mode too. Maintenance mode came with v2.3.0, its answer with v2.6.0:
   * https://github.com/immich-app/immich/pull/26989
   */
  readonly answersInMaintenance: boolean;
  /** The port at which the server listens. */
  readonly port: 2283 | 3001;
  /** Whether this version is newer than any that is recorded; then it is a guess. */
  readonly isNewerThanKnown: boolean;
}

/** The oldest version that is synthesized for: the first stable release line, with its files below /data. */
export const oldestSupported: Version = { text: 'v2.0.0', major: 2, minor: 0, patch: 0 };

/** The newest Immich that is recorded: https://github.com/immich-app/immich/releases */
export const newestKnown: Version = releases().at(-1)?.version ?? release(0, 0, 0);

/**
 * What `version` of Immich supports. A version newer than those recorded is taken for the newest of them.
 *
 * VectorChord: outside of its range the server refuses to start. PostgreSQL: the range in which the image can dump and
 * restore, narrower than that in which the server starts; the image of v2.2 was the first with the client of 18,
 * https://github.com/immich-app/immich/pull/23186. Media location: https://github.com/immich-app/immich/pull/20367.
 */
export function supportOf(version: Version): ImmichSupport {
  const since = (...numbers: Parameters<typeof release>) =>
    compareVersions(version, release(...numbers)) >= 0;
  return {
    vectorChord: vectorChordOf(version),
    postgres: { from: 14, below: since(2, 2, 0) ? 19 : 18 },
    mediaLocation: since(1, 137, 0) ? '/data' : '/usr/src/app/upload',
    healthPath: since(1, 118, 0) ? '/api/server/ping' : '/api/server-info/ping',
    answersInMaintenance: !since(2, 3, 0) || since(2, 6, 0),
    port: since(1, 118, 0) ? 2283 : 3001,
    isNewerThanKnown: compareVersions(version, newestKnown) > 0,
  };
}

/** Whether an Immich with this range is known not to start with a VectorChord: the one check of the two. */
export function isUnsupported(vectorChord: Version, { from, below, certain }: VectorChordRange): boolean {
  return !inRange(vectorChord, certain ? { from, below } : { from });
}

/**
 * The newest database image for CloudNativePG whose VectorChord is known to suit `version` of Immich; undefined when
 * none does. A proposal for new databases only: an existing one changes VectorChord by a planned upgrade.
 * Tags are `<PostgreSQL>-<VectorChord>`: https://github.com/tensorchord/cloudnative-vectorchord
 */
export function newestDatabaseImage(version: Version): string | undefined {
  const { vectorChord } = supportOf(version);
  const image =
    vectorChord && databaseImages.find((candidate) => inRange(candidate.vectorChord, vectorChord));
  return image && `ghcr.io/tensorchord/cloudnative-vectorchord:${image.postgres}-${image.vectorChord.text}`;
}

/** Newest first. */
const databaseImages = [
  { postgres: '17.10', vectorChord: { major: 1, minor: 1, patch: 1, text: '1.1.1' } },
  { postgres: '16.9', vectorChord: { major: 0, minor: 4, patch: 3, text: '0.4.3' } },
];

function vectorChordOf(version: Version): VectorChordRange | undefined {
  const recorded = releases().findLast(
    (one) => one.vectorChord !== undefined && compareVersions(one.version, version) <= 0,
  );
  const range = recorded?.vectorChord;
  if (recorded === undefined || range === undefined || range === 'none') return undefined;
  const newest = releases().findLast(({ vectorChord }) => vectorChord !== undefined);
  return { ...range, certain: newest !== undefined && compareVersions(version, newest.version) <= 0 };
}
