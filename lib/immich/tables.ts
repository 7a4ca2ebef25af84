import { compareVersions, type Version } from '../values/version.ts';
import { release } from './release.ts';

/**
 * Tables that the database of this Immich version has, whatever it holds; undefined where the names are not known.
 * A restored database without one of them is not whole. `user` is also a word of PostgreSQL: quote every name.
 *
 * Immich gave its tables singular names in https://github.com/immich-app/immich/pull/19891, by the migration
 * StandardizeNames of v1.136.0, see releases.json. These are the tables it renamed or kept
 * that server/src/schema/index.ts still lists in 2026.
 */
export function tablesOf(version: Version): readonly string[] | undefined {
  const since = (...numbers: readonly [number, number, number]) =>
    compareVersions(version, release(...numbers)) >= 0;
  if (!since(1, 133, 0)) return undefined;
  if (!since(1, 136, 0)) return [...renamed.keys(), ...kept];
  return [
    ...renamed.values(),
    ...kept,
    ...newer.filter((table) => compareVersions(version, table.since) >= 0).map(({ name }) => name),
  ];
}

/** The old name and the new one. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['albums', 'album'],
  ['albums_assets_assets', 'album_asset'],
  ['albums_shared_users_users', 'album_user'],
  ['api_keys', 'api_key'],
  ['assets', 'asset'],
  ['asset_faces', 'asset_face'],
  ['asset_files', 'asset_file'],
  ['asset_stack', 'stack'],
  ['exif', 'asset_exif'],
  ['libraries', 'library'],
  ['memories', 'memory'],
  ['memories_assets_assets', 'memory_asset'],
  ['notifications', 'notification'],
  ['partners', 'partner'],
  ['sessions', 'session'],
  ['shared_links', 'shared_link'],
  ['shared_link__asset', 'shared_link_asset'],
  ['tags', 'tag'],
  ['tags_closure', 'tag_closure'],
  ['users', 'user'],
]);

const kept: readonly string[] = [
  'activity',
  'asset_job_status',
  'face_search',
  'geodata_places',
  'kysely_migrations',
  'move_history',
  'naturalearth_countries',
  'person',
  'smart_search',
  'system_metadata',
  'tag_asset',
  'user_metadata',
  'version_history',
];

/** Tables that came later, with the first version that has them. */
const newer: readonly { readonly name: string; readonly since: Version }[] = [
  { name: 'asset_ocr', since: release(2, 2, 0) },
  { name: 'ocr_search', since: release(2, 2, 0) },
  { name: 'asset_edit', since: release(2, 5, 0) },
  { name: 'integrity_report', since: release(3, 0, 0) },
];
