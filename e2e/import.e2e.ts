import { join } from 'node:path';
import { extensionNames } from '../lib/immich/extensions.ts';
import { countEveryTable } from '../lib/runbook/import-database.ts';
import { endEverything } from './control-plane/endings.ts';
import { photosSql, schemaSql } from './roundtrip/immich-database.ts';
import { type Parts, parts } from './roundtrip/parts.ts';
import { initialize, run, type Server, serverFolder, startServer } from './roundtrip/server.ts';

/** VectorChord is no package of Debian; pgvector stands in for it. */
const packaged = extensionNames.filter((name) => name !== 'vchord');

/** A function of Immich over an extension, and an index that calls it: server/src/schema/functions.ts */
const unaccentSql = `
  create function f_unaccent(text) returns text language sql immutable strict parallel safe
    return unaccent('unaccent', $1);
  create index city_index on asset_exif using gin (f_unaccent(city) gin_trgm_ops);`;

/**
 * What CloudNativePG does for `bootstrap.initdb.import`, on two real servers: the same programs with the same options.
 * https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.0/pkg/management/postgres/logicalimport/database.go
 */
describe('a database that is imported over the wire', () => {
  let programs: Parts;
  let old: Server;
  let made: Server;

  beforeAll(async () => {
    programs = parts();
    old = await startServer(programs, initialize(programs, 'old'), ['fsync = off'], {});
    made = await startServer(programs, initialize(programs, 'made'), ['fsync = off'], {});
    for (const server of [old, made]) {
      server.sql('postgres', 'create role immich login');
      server.sql('postgres', 'create database immich owner immich');
    }
    old.sql('immich', packaged.map((name) => `create extension "${name}"`).join('; '));
    const tables = [
      ...['asset_exif', 'asset_file', 'person', 'session', 'system_metadata'],
      ...['version_history', 'smart_search', 'face_search'],
    ];
    old.sql('immich', `set role immich; ${schemaSql(tables)} ${unaccentSql} ${photosSql(200)}`);
  });

  afterAll(endEverything);

  function program(name: string, { port }: Server, args: readonly string[]): string {
    const place = ['--host', '127.0.0.1', '--port', `${port}`, '--username', 'postgres'];
    return run(join(programs.postgresql, name), [...place, ...args], '');
  }

  function imported(folder: string): void {
    const sections = ['pre-data', 'data', 'post-data'];
    const dump = join(serverFolder('imports'), folder);
    const all = sections.map((section) => `--section=${section}`);
    program('pg_dump', old, ['-Fd', '-f', dump, '-d', 'immich', ...all]);
    made.sql('immich', 'alter user immich superuser');
    for (const section of sections) {
      const options = ['--no-owner', '--no-privileges', '--role=immich', '-d', 'immich'];
      program('pg_restore', made, [...options, '--section', section, dump]);
    }
    made.sql('immich', 'alter user immich nosuperuser');
  }

  const counts = (server: Server) => server.sql('immich', countEveryTable.join('\n'));

  test('has every row by the count of the runbook, belongs to the owner, and searches', () => {
    expect(counts(made)).not.toBe(counts(old));
    imported('whole');
    expect(counts(old)).toContain('asset|200');
    expect(counts(made)).toBe(counts(old));
    expect(made.sql('immich', "select tableowner from pg_tables where tablename = 'asset'")).toBe('immich');
    expect(made.sql('immich', "select rolsuper from pg_roles where rolname = 'immich'")).toBe('f');
    const extensions = 'select extname from pg_extension order by extname';
    expect(made.sql('immich', extensions)).toBe(old.sql('immich', extensions));
    expect(made.sql('immich', "select to_regclass('city_index') is not null")).toBe('t');
    expect(made.sql('immich', "select show_trgm('море') <> '{}'")).toBe('t');
  });

  test('control: a row that came after the import is found by the count', () => {
    old.sql('immich', 'delete from asset_exif where ctid in (select ctid from asset_exif limit 1)');
    expect(counts(made)).not.toBe(counts(old));
  });
});
