import { compareVersions, type Version } from '../values/version.ts';
import { extensionNames } from './extensions.ts';
import { release } from './release.ts';

/**
 * The dumps that Immich makes of its database, and how they are restored with a login that is no superuser. Since v2.5.0
 * they are made by `pg_dump --clean --if-exists`, before by `pg_dumpall`.
 */

/**
 * The expression for `sed` that makes a dump fit for a login that is no superuser: extensions are left to a superuser,
 * Immich's functions find them (https://github.com/immich-app/immich/issues/5630), and all belongs to whoever reads it: in
 * compose the role is called postgres, to which nobody else may give anything.
 */
export const dumpFilter =
  "/^(DROP|CREATE|COMMENT ON) EXTENSION /d; /^ALTER [A-Z ]+ .+ OWNER TO [^ ]+;/d; s/set_config\\('search_path', '', false\\)/set_config('search_path', 'public, pg_catalog', false)/";

/** What a dump that was finished ends with. */
export const dumpEndMark = 'PostgreSQL database dump complete';

/** What a dump of v2.4 or older begins with, and no other. */
export const clusterDumpMark = 'PostgreSQL database cluster dump';

/**
 * What a superuser does before the dump is read, in the same transaction: an empty schema as a new database has it, the
 * extensions, and then no more than `owner` may do.
 */
export function beforeDump(owner: string, extensions: readonly string[] = extensionNames): string[] {
  return [
    'drop schema public cascade',
    'create schema public authorization pg_database_owner',
    'grant usage on schema public to public',
    ...extensions.map((name) => `create extension ${/\W/.test(name) ? `"${name}"` : name}`),
    `set session authorization ${/\W/.test(owner) ? `"${owner}"` : owner}`,
  ];
}

/**
 * Versions of Immich whose button "Restore" was tried with a login that is no superuser. It fails and loses nothing, and
 * leaves the server in maintenance mode. Nothing is said of other versions.
 */
export const triedRestoreButtons: readonly string[] = ['v2.5.0', 'v3.0.3'];

/**
 * Whether a version dumps with `pg_dumpall`, which only a superuser may run:
 * https://github.com/immich-app/immich/issues/23460
 */
export function isOlderDump(version: Version): boolean {
  return compareVersions(version, release(2, 5, 0)) < 0;
}
