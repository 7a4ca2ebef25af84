import { compareVersions, inRange, type Version } from '../values/version.ts';
import { release } from './release.ts';

/** A range of VectorChord that an Immich version works with. */
export interface VectorChordRange {
  /** The oldest version inside. */
  readonly from: Version;
  /** The first version above. */
  readonly below: Version;
  /** Whether these are the bounds that Immich checks; if not, only what is known to lie inside them. */
  readonly certain: boolean;
  /** One sentence on why nothing more is known, where `certain` is false. */
  readonly note?: string;
}

/** What an Immich version needs around it, and how it is reached. */
export interface ImmichSupport {
  /** VectorChord versions at which the server starts; undefined when nothing is known for this Immich. */
  readonly vectorChord: VectorChordRange | undefined;
  /** Major versions of PostgreSQL: the first that works, and the first that is not documented to. */
  readonly postgres: { readonly from: number; readonly below: number };
  /** The folder in the server's container below which every file is kept. The database holds absolute paths. */
  readonly mediaLocation: '/data' | '/usr/src/app/upload';
  /** The path that answers without a login as soon as the server listens. */
  readonly healthPath: '/api/server/ping' | '/api/server-info/ping';
  /** The port at which the server listens. */
  readonly port: 2283 | 3001;
  /** Whether this version is newer than any that this table was written for; then it is a guess. */
  readonly isNewerThanKnown: boolean;
}

/** The newest Immich that this table knows: https://github.com/immich-app/immich/releases */
export const newestKnown: Version = release(3, 3, 1);

/**
 * What `version` of Immich supports. A version newer than the table is taken for the newest known one.
 *
 * VectorChord: `VECTORCHORD_VERSION_RANGE` in Immich's server/src/constants.ts; outside of it the server refuses to
 * start. Media location: https://github.com/immich-app/immich/pull/20367.
 */
export function supportOf(version: Version): ImmichSupport {
  const since = (...numbers: Numbers) => compareVersions(version, release(...numbers)) >= 0;
  return {
    vectorChord: latest(version, vectorChordRanges),
    postgres: { from: 14, below: latest(version, postgresLimits) ?? 18 },
    mediaLocation: since(1, 137, 0) ? '/data' : '/usr/src/app/upload',
    healthPath: since(1, 118, 0) ? '/api/server/ping' : '/api/server-info/ping',
    port: since(1, 118, 0) ? 2283 : 3001,
    isNewerThanKnown: compareVersions(version, newestKnown) > 0,
  };
}

/**
 * The newest database image for CloudNativePG whose VectorChord is known to suit `version` of Immich; undefined when
 * none does. A default for new databases only: an existing one changes VectorChord by a planned upgrade.
 * Tags are `<PostgreSQL>-<VectorChord>`: https://github.com/tensorchord/cloudnative-vectorchord
 */
export function defaultDatabaseImage(version: Version): string | undefined {
  const { vectorChord } = supportOf(version);
  const image =
    vectorChord && databaseImages.find((candidate) => inRange(candidate.vectorChord, vectorChord));
  return image && `ghcr.io/tensorchord/cloudnative-vectorchord:${image.postgres}-${image.vectorChord.text}`;
}

type Numbers = readonly [major: number, minor: number, patch: number];

/** A fact that holds from one version of Immich until the next row. */
interface Since<T> {
  readonly since: Version;
  readonly value: T;
}

/** Oldest first. Before the first row Immich used pgvecto.rs, and knew nothing of VectorChord. */
const vectorChordRanges: readonly Since<VectorChordRange>[] = [
  { since: release(1, 133, 0), value: range([0, 3, 0], [0, 4, 0]) },
  { since: release(1, 135, 0), value: range([0, 3, 0], [0, 5, 0]) },
  { since: release(2, 1, 0), value: range([0, 3, 0], [0, 6, 0]) },
  { since: release(2, 5, 0), value: range([0, 3, 0], [2, 0, 0]) },
];

/**
 * Oldest first: the first major version of PostgreSQL that Immich does not dump and restore, which is narrower than what
 * it starts with. The image of v2.2 was the first with the client of 18:
 * https://github.com/immich-app/immich/pull/23186
 */
const postgresLimits: readonly Since<number>[] = [{ since: release(2, 2, 0), value: 19 }];

/** Newest first. */
const databaseImages = [
  { postgres: '17.10', vectorChord: plain(1, 1, 1) },
  { postgres: '16.9', vectorChord: plain(0, 4, 3) },
];

function range(from: Numbers, below: Numbers): VectorChordRange {
  return { from: plain(...from), below: plain(...below), certain: true };
}

/** A version of VectorChord, which is written without the v. */
function plain(major: number, minor: number, patch: number): Version {
  return { major, minor, patch, text: `${major}.${minor}.${patch}` };
}

function latest<T>(version: Version, rows: readonly Since<T>[]): T | undefined {
  return rows.findLast((row) => compareVersions(version, row.since) >= 0)?.value;
}
