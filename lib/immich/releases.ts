import { quote } from '../text/quoting.ts';
import type { Version, VersionRange } from '../values/version.ts';
import { compareVersions, parseImmichVersion } from '../values/version.ts';
import rows from './releases.json' with { type: 'json' };

/**
 * What is recorded of one release of Immich. A field that is missing is not known, and never means that there is
 * nothing: whoever asks must say so, and must not take it for "none".
 */
export interface Release {
  readonly version: Version;
  /** The day on which it was released, as in `2026-04-13`. */
  readonly date?: string;
  /** The versions at which the server starts, from its server/src/constants.ts. */
  readonly postgres?: VersionRange;
  /** `none` where the server knows nothing of the extension. */
  readonly vectorChord?: BoundedRange | 'none';
  readonly pgvectoRs?: BoundedRange | 'none';
  readonly pgvector?: BoundedRange | 'none';
  /** Migrations that came with it, in their order, by the names that the table kysely_migrations holds. */
  readonly migrations?: readonly string[];
  /** Variables that its server reads, and the release before did not, or the other way round. */
  readonly environment?: Difference;
  /** Settings of its configuration, as in `job.editor`; of a section that is new, the section alone. */
  readonly config?: Difference;
  /** What whoever runs Immich has to know or do when it comes, as its notes say; read by a person. */
  readonly attention?: readonly Attention[];
  /** Where this was found. Without one it is the tag of the release in https://github.com/immich-app/immich. */
  readonly source?: string;
}

/** Something to know or to do: one sentence or two, and where it is said. */
export interface Attention {
  readonly text: string;
  readonly source: string;
}

/** What came and what went between two releases. */
export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A range with both of its bounds. */
export interface BoundedRange {
  /** The oldest version inside. */
  readonly from: Version;
  /** The first version above. */
  readonly below: Version;
}

/** One row of releases.json. A range is written as upstream writes it; null where there is none. */
export interface ReleaseRow {
  readonly version: string;
  readonly date?: string | undefined;
  readonly postgres?: string | undefined;
  readonly vectorChord?: string | null | undefined;
  readonly pgvectoRs?: string | null | undefined;
  readonly pgvector?: string | null | undefined;
  readonly migrations?: readonly string[] | undefined;
  readonly environment?: RowDifference | undefined;
  readonly config?: RowDifference | undefined;
  readonly attention?: readonly Attention[] | undefined;
  readonly source?: string | undefined;
}

export interface RowDifference {
  readonly added?: readonly string[] | undefined;
  readonly removed?: readonly string[] | undefined;
}

let read: readonly Release[] | undefined;

/** Every release that is recorded, oldest first. */
export function releases(): readonly Release[] {
  read ??= rows.map(releaseOf);
  return read;
}

/** What is recorded of exactly this release; undefined when nothing is. */
export function recordOf(version: Version): Release | undefined {
  return releases().find((release) => compareVersions(release.version, version) === 0);
}

/** The releases that an upgrade from one version to a newer one goes through, the newer one included. */
export function releasesBetween(from: Version, to: Version): readonly Release[] {
  return releases().filter(
    ({ version }) => compareVersions(version, from) > 0 && compareVersions(version, to) <= 0,
  );
}

/** The first release that has a variable or a setting, and the first that no longer has it; each where recorded. */
export function historyOf(
  kind: 'environment' | 'config',
  name: string,
): { readonly since?: Version; readonly removedIn?: Version } {
  const since = releases().find((release) => release[kind]?.added.includes(name))?.version;
  const removedIn = releases().find((release) => release[kind]?.removed.includes(name))?.version;
  return { ...(since === undefined ? {} : { since }), ...(removedIn === undefined ? {} : { removedIn }) };
}

function releaseOf(row: ReleaseRow): Release {
  const version = parseImmichVersion(row.version);
  if (!version.ok) throw new Error(version.message);
  const {
    date,
    postgres,
    vectorChord,
    pgvectoRs,
    pgvector,
    migrations,
    environment,
    config,
    attention,
    source,
  } = row;
  return {
    version: version.value,
    ...(date === undefined ? {} : { date }),
    ...(postgres === undefined ? {} : { postgres: rangeOf(postgres) }),
    ...(vectorChord === undefined ? {} : { vectorChord: boundsOf(vectorChord) }),
    ...(pgvectoRs === undefined ? {} : { pgvectoRs: boundsOf(pgvectoRs) }),
    ...(pgvector === undefined ? {} : { pgvector: boundsOf(pgvector) }),
    ...(migrations === undefined ? {} : { migrations }),
    ...(environment === undefined ? {} : { environment: differenceOf(environment) }),
    ...(config === undefined ? {} : { config: differenceOf(config) }),
    ...(attention === undefined ? {} : { attention }),
    ...(source === undefined ? {} : { source }),
  };
}

function differenceOf({ added = [], removed = [] }: RowDifference): Difference {
  return { added, removed };
}

function boundsOf(text: string | null): BoundedRange | 'none' {
  if (text === null) return 'none';
  const { from, below } = rangeOf(text);
  if (from === undefined || below === undefined) throw new Error(`${quote(text)} has not both bounds.`);
  return { from, below };
}

/** Reads `>=0.3 <0.5` or `>=14.0.0`, the forms that Immich uses. */
function rangeOf(text: string): VersionRange {
  const [, from, below] = /^>=(\d[\d.]*)(?: <(\d[\d.]*))?$/.exec(text) ?? [];
  if (from === undefined) throw new Error(`${quote(text)} is not a range. Write >=0.3 <0.5.`);
  return { from: plain(from), ...(below === undefined ? {} : { below: plain(below) }) };
}

/** A version without the v, of which only the first numbers may be written. */
function plain(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return { major, minor, patch, text: `${major}.${minor}.${patch}` };
}
