import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dumpImportScript } from '../lib/components/dump-import-script.ts';
import { databaseInside } from '../lib/doctor/checks/database-inside.ts';
import { beforeDump, clusterDumpMark, dumpFilter } from '../lib/immich/dump.ts';
import { extensionNames } from '../lib/immich/extensions.ts';
import { healthy } from '../test/doctor/healthy.ts';
import { living, subjectOf } from '../test/doctor/living.ts';
import { endEverything } from './control-plane/endings.ts';
import { photosSql, schemaSql } from './roundtrip/immich-database.ts';
import { type Parts, parts } from './roundtrip/parts.ts';
import { initialize, run, type Server, serverFolder, startServer } from './roundtrip/server.ts';

/** VectorChord is no package of Debian. */
const packaged = extensionNames.filter((name) => name !== 'vchord');

/** A function of Immich that finds its extension by the search path only, and an index that calls it. */
const unaccentSql = `
  create function f_unaccent(text) returns text language sql immutable strict parallel safe
    as $$ select unaccent('unaccent', $1) $$;
  create index city_index on asset_exif using gin (f_unaccent(city) gin_trgm_ops);`;

/** Immich's own dumps, read with the commands of the runbook on a real PostgreSQL. */
describe('a dump that Immich made', () => {
  let programs: Parts;
  let server: Server;
  let dump: string;

  beforeAll(async () => {
    programs = parts();
    server = await startServer(programs, initialize(programs, 'dumps'), ['fsync = off'], {});
    server.sql('postgres', 'create role immich login');
    server.sql('postgres', 'create database immich owner immich');
    const [, ...make] = packaged.map((name) => `create extension "${name}"`);
    server.sql('immich', ['create extension vector', ...make].join('; '));
    const tables = [
      'asset_exif',
      'asset_file',
      'person',
      'session',
      'system_metadata',
      'version_history',
      'smart_search',
      'face_search',
    ];
    server.sql('immich', `set role immich; ${schemaSql(tables)} ${unaccentSql} ${photosSql(200)}`);
    dump = program('pg_dump', ['--clean', '--if-exists', '--username', 'immich', 'immich']);
  });

  afterAll(endEverything);

  function program(name: string, args: readonly string[], input = ''): string {
    const place = ['--host', '127.0.0.1', '--port', `${server.port}`];
    return run(join(programs.postgresql, name), [...place, ...args], input);
  }

  /** Reads a dump as the runbook does. */
  function read(user: string, before: readonly string[], text: string): string {
    const options = ['--quiet', '--no-psqlrc', '--set', 'ON_ERROR_STOP=1', '--single-transaction'];
    const first = before.flatMap((sql) => ['--command', sql]);
    return program('psql', ['--username', user, ...options, ...first, '--file', '-', 'immich'], text);
  }

  const filtered = (text: string) => run('sed', ['--regexp-extended', dumpFilter], text);
  const photos = () => server.sql('immich', 'select count(*) from asset');

  test('comes back by the commands of the runbook, with its indexes, and belongs to the owner', () => {
    server.sql('immich', 'delete from asset_exif');
    read('postgres', beforeDump('immich', packaged), filtered(dump));
    expect(photos()).toBe('200');
    expect(server.sql('immich', 'select count(*) from asset_exif')).toBe('200');
    expect(server.sql('immich', "select tableowner from pg_tables where tablename = 'asset'")).toBe('immich');
    expect(server.sql('immich', "select to_regclass('city_index') is not null")).toBe('t');
    expect(server.sql('immich', "select extowner::regrole from pg_extension where extname = 'vector'")).toBe(
      'postgres',
    );
  });

  test("doctor's question to a database is answered in a session that can change nothing, and its commands mend", async () => {
    const subject = subjectOf();
    const session = "dbname=immich options='-c default_transaction_read_only=on'";
    const options = ['--username', 'postgres', '--no-psqlrc', '--quiet', '--tuples-only', '--no-align'];
    const ask = (sql: string) => program('psql', [...options, '--dbname', session, '--command', sql]);
    const look = async () => {
      const findings = await databaseInside.look(subject, {
        ...living(healthy(subject)),
        query: async ({ sql }) => ({ kind: 'seen', value: JSON.parse(ask(sql)) }),
      });
      return findings.filter(({ state }) => state !== 'well');
    };
    const vectorIndexes = server.sql(
      'immich',
      "select string_agg(indexdef, '; ') from pg_indexes where indexname in ('clip_index', 'face_index')",
    );
    server.sql(
      'immich',
      [
        'drop index clip_index, face_index',
        "select pg_create_physical_replication_slot('left_over', true)",
        'create index broken on asset (id)',
        "update pg_index set indisvalid = false where indexrelid = 'broken'::regclass",
      ].join('; '),
    );
    const told = await look();
    expect(told.map(({ state, message }) => `${state}: ${message}`)).toEqual([
      expect.stringMatching(
        /^warning: The replication slot left_over has no reader, and keeps [0-9.]+ [KM]iB\.$/,
      ),
      'error: The index broken of asset is not valid, so that nothing uses it.',
      'error: clip_index and face_index: missing, so that search by content and by face reads every row.',
    ]);
    const commands = told
      .flatMap(({ mend }) => mend)
      .flatMap((line) => /--command '(.*)'$/.exec(line)?.[1] ?? []);
    expect(commands).toHaveLength(2);
    for (const sql of commands) server.sql('immich', sql);
    // As Immich does when it starts.
    server.sql('immich', vectorIndexes);
    expect(await look()).toEqual([]);
    expect(() => ask('drop table asset_exif')).toThrow('read-only transaction');
    server.sql('immich', 'drop index broken');
  });

  test('control: without the search path it fails, and the database stays as it was', () => {
    const extensions = /^(DROP|CREATE|COMMENT ON) EXTENSION .*$/gm;
    const before = beforeDump('immich', packaged);
    expect(() => read('postgres', before, dump.replaceAll(extensions, ''))).toThrow(/unaccent/);
    expect(photos()).toBe('200');
  });

  test('control: read whole by the owner it fails at the extensions, and the database stays as it was', () => {
    expect(() => read('immich', [], dump)).toThrow('must be owner of extension');
    const emptied = ['drop schema public cascade', 'create schema public'];
    expect(() => read('immich', emptied, dump)).toThrow(
      /permission denied to create extension|does not exist/,
    );
    expect(photos()).toBe('200');
  });

  test('is read into a new database by the Job of dist, as the owner', () => {
    const file = join(serverFolder('dumps'), 'dump.sql.gz');
    writeFileSync(file, gzipSync(dump));
    server.sql('postgres', 'create database fresh owner immich');
    server.sql('fresh', packaged.map((name) => `create extension "${name}"`).join('; '));
    const job = (database: string) =>
      spawnSync('sh', ['-c', dumpImportScript(file)], {
        encoding: 'utf8',
        env: {
          PATH: `${programs.postgresql}:${process.env['PATH']}`,
          ...{ PGHOST: '127.0.0.1', PGPORT: `${server.port}`, PGUSER: 'immich', PGDATABASE: database },
        },
      });
    const { status, stdout, stderr } = job('fresh');
    expect([status, stdout, stderr]).toEqual([
      0,
      expect.stringMatching(/^Read: [1-9]\d* users, 200 photos and videos\.\n$/),
      '',
    ]);
    expect(server.sql('fresh', "select tableowner from pg_tables where tablename = 'asset'")).toBe('immich');
    expect(server.sql('fresh', "select to_regclass('city_index') is not null")).toBe('t');
    expect(job('fresh').stdout).toContain('are in the database already: nothing is read.');
    expect(server.sql('fresh', 'select count(*) from asset')).toBe('200');
    server.sql('postgres', 'drop database fresh');
  });

  test('comes back whole where the login is a superuser for the time of the restore', () => {
    server.sql('postgres', 'alter role immich superuser');
    const path = dump.replace("'search_path', ''", "'search_path', 'public, pg_catalog'");
    read('immich', ['drop schema public cascade', 'create schema public'], path);
    server.sql('postgres', 'alter role immich nosuperuser');
    expect(photos()).toBe('200');
  });

  test('control: one of v2.4 is told by its first lines, and deletes the database that the owner cannot make again', () => {
    const all = program('pg_dumpall', ['--clean', '--if-exists', '--username', 'postgres']);
    expect(all.split('\n').slice(0, 20).join('\n')).toContain(clusterDumpMark);
    expect(dump.split('\n').slice(0, 20).join('\n')).not.toContain(clusterDumpMark);
    // Immich's restore goes on after errors, as psql does here until it cannot connect any more.
    expect(() =>
      program('psql', ['--quiet', '--no-psqlrc', '--username', 'immich', 'postgres'], all),
    ).toThrow('database "immich" does not exist');
    expect(server.sql('postgres', "select count(*) from pg_database where datname = 'immich'")).toBe('0');
  });
});
