import { compareVersions, type Version } from '../values/version.ts';
import { recordOf, releases, releasesBetween } from './releases.ts';

/** What an upgrade does to the tables of Immich, as far as it is recorded. */
export interface Migrations {
  /** Releases whose migrations are recorded, and that bring some, oldest first. */
  readonly known: readonly ReleaseMigrations[];
  /** Releases whose migrations are not recorded, in words: `v3.3.1`, `all after v3.3.1`. */
  readonly unknown: readonly string[];
}

export interface ReleaseMigrations {
  readonly release: Version;
  /** Names as in the table kysely_migrations: `1769635093204-DropThumbnailJobStatusColumns`. */
  readonly names: readonly string[];
}

/** The migrations of every release after `from`, up to and with `to`. What is not recorded is not taken for none. */
export function migrationsBetween(from: Version, to: Version): Migrations {
  const between = releasesBetween(from, to);
  return {
    known: between.flatMap(({ version, migrations = [] }) =>
      migrations.length === 0 ? [] : [{ release: version, names: migrations }],
    ),
    unknown: [
      ...before(from),
      ...between.flatMap(({ version, migrations }) => (migrations === undefined ? [version.text] : [])),
      ...after(to),
    ],
  };
}

/** What the table begins too late for. */
function before(from: Version): string[] {
  const first = releases().at(0)?.version;
  return first === undefined || compareVersions(from, first) >= 0 ? [] : [`all before ${first.text}`];
}

/** What is not in the table at all, since it is newer, or was made later for an older version. */
function after(to: Version): string[] {
  const last = releases().at(-1)?.version;
  const isNewer = last === undefined || compareVersions(to, last) > 0;
  if (!isNewer) return recordOf(to) === undefined ? [to.text] : [];
  const rest = last === undefined ? to.text : `all after ${last.text}`;
  return rest === to.text ? [rest] : [`${rest} up to ${to.text}`];
}
