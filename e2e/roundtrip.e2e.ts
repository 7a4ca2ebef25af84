import { join } from 'node:path';
import { endEverything } from './control-plane/endings.ts';
import {
  type Archive,
  archiveAll,
  archiveFile,
  archiving,
  backUp,
  backupsIn,
  checkEmpty,
  environmentOf,
  restore,
} from './roundtrip/archive.ts';
import { type BlobStore, startBlobStore } from './roundtrip/blob-store.ts';
import { look } from './roundtrip/drill.ts';
import { photosSql, schemaSql } from './roundtrip/immich-database.ts';
import { type Parts, parts } from './roundtrip/parts.ts';
import { initialize, type Server, startServer } from './roundtrip/server.ts';
import { rebuildSettings, type Settings, type StoreOf, settingsOf } from './roundtrip/settings.ts';

/**
 * The bytes of a backup and of its restore, by the real programs, with the settings that dist has. One backup holds
 * several databases: `immich` as it should be, and others that each have one thing wrong.
 */
describe('a backup that is restored and looked into', () => {
  let programs: Parts;
  let store: BlobStore;
  let settings: Settings;
  let source: Server;
  let restored: Server;
  /** A moment at which `immich` had 200 photos. */
  let then: string;
  /** The segment that holds the last photos. */
  let lastSegment: string;

  beforeAll(async () => {
    programs = parts();
    settings = settingsOf('2026-11-20T03:00:00Z');
    store = await startBlobStore(programs, 'seyzahldata');
    const archive = opened(settings.backup);
    checkEmpty(programs, archive);
    source = await startServer(
      programs,
      initialize(programs, 'source'),
      [...archiving(programs, archive), 'fsync = off'],
      environmentOf(programs, archive),
    );
    source.sql('postgres', 'create role immich login; create database immich owner immich');
    source.sql('immich', extensionsSql);
    source.sql('immich', `set role immich; ${schemaSql(settings.tables)} ${photosSql(200)}`);
    for (const [name, sql] of Object.entries(broken)) {
      source.sql('postgres', `create database ${name} template immich owner immich`);
      source.sql(name, sql);
    }
    await backUp(programs, archive, source);
    archiveAll(source);
    then = source.sql(
      'postgres',
      `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    );
    source.sql('postgres', 'select pg_sleep(1.1)');
    source.sql('immich', `set role immich; ${photosSql(100)}`);
    lastSegment = archiveAll(source);
    source.sql('postgres', 'select pg_sleep(0.2)');
    source.sql('immich', 'create table after_the_last_photos (id int)');
    archiveAll(source);
    restored = await restore(programs, opened(settings.drill), 'drill');
  });

  afterAll(endEverything);

  /** An archive with the connection string that its Secret would hold. */
  function opened({ secret, ...archive }: StoreOf): Archive {
    const secrets: Readonly<Record<string, string>> = {
      'azure-creds/connection-string-2': store.connectionString,
      'readonly/string': store.readOnly('immich'),
    };
    return { ...archive, connectionString: secrets[secret] ?? `no Secret ${secret}` };
  }

  function drill(database: string, history: string = database) {
    return look(programs, settings.drillFiles, restored, database, history);
  }

  test('the drill reads the folder that the database writes, with credentials of its own', () => {
    const { secret: written, compression, ...place } = settings.backup;
    const { secret: read, compression: none, ...other } = settings.drill;
    expect(other).toEqual(place);
    expect(compression).toBe('gzip');
    expect([written, read]).toEqual(['azure-creds/connection-string-2', 'readonly/string']);
    expect(none).toBeUndefined();
  });

  test('credentials that may read and list restore, and can neither write nor delete', () => {
    expect(backupsIn(programs, opened(settings.drill))).toHaveLength(1);
    const segment = join(source.folder, 'pg_wal', lastSegment);
    expect(() => archiveFile(programs, opened(settings.drill), segment)).toThrow(/Authorization/);
    expect(() =>
      archiveFile(programs, { ...opened(settings.backup), serverName: 'other' }, segment),
    ).not.toThrow();
  });

  test('a good backup passes, and says how long it took and how far it came back', () => {
    expect(drill('immich')).toEqual({
      code: 0,
      message: expect.stringMatching(
        /^The backup is good\. Restoring took 42 seconds \(RTO\), and came back to \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(RPO/,
      ),
    });
  });

  test('and passes again, next to its own history', () => {
    expect(drill('immich').code).toBe(0);
  });

  test.each([
    ['empty', 22, 'there are no users and there are no assets: the database that was backed up is empty'],
    ['last_month', 23, 'which is more than 7 days before now: newer backups are missing'],
    ['without_extension', 20, 'extension unaccent is missing'],
    ['without_table', 21, 'tables are missing: memory_asset'],
    ['without_index', 25, 'a search in smart_search does not use its vector index'],
    ['other_place', 26, '1 paths are not below /data, such as /usr/src/app/upload/1.jpg'],
  ])('a backup of %s fails with code %d', (database, code, message) => {
    const verdict = drill(database);
    expect(verdict.message).toContain(message);
    expect(verdict.code).toBe(code);
  });

  test('lost rows fail, against the last drill that succeeded', () => {
    expect(drill('immich', 'one-life').code).toBe(0);
    const verdict = drill('lost_rows', 'one-life');
    expect(verdict.message).toMatch(
      /asset has 100 rows, and had 300 at the last drill that counted: more than 10 percent are lost/,
    );
    expect(verdict.code).toBe(24);
    // What was deleted on purpose fails one drill, and not every one from then on.
    expect(drill('lost_rows', 'one-life').code).toBe(0);
  });

  test('a few rows are everyday life', () => {
    expect(drill('a_copy', 'everyday').code).toBe(0);
    expect(drill('a_few_rows', 'everyday').code).toBe(0);
  });

  test('an installation that lives without a photo passes, and one without photos for long does not', () => {
    expect(drill('no_photo_for_a_month').code).toBe(0);
    const verdict = drill('no_photo_for_long');
    expect(verdict.message).toContain('more than 90 days ago: see whether phones still upload');
    expect(verdict.code).toBe(28);
  });

  test('a rebuild from git brings every row back, by the commit that the runbook prints', async () => {
    const { source: from, target } = rebuildSettings();
    const server = await restore(programs, opened(from), 'rebuilt', {
      archiving: archiving(programs, opened({ ...target, serverName: `${target.serverName}-rebuilt` })),
    });
    expect(server.sql('immich', 'select count(*) from asset')).toBe('300');
    await server.process.stop();
  });

  test('control: the naive rebuild is an empty database whose folder is not empty, which is refused', () => {
    const { source: from, target } = rebuildSettings();
    expect(from.serverName).toBe(settings.backup.serverName);
    expect(() => checkEmpty(programs, opened(settings.backup))).toThrow('Expected empty archive');
    expect(() => checkEmpty(programs, opened(target))).not.toThrow();
  });

  test('recovery comes back to its moment, and archives to a folder of its own', async () => {
    const { source: from, target } = settingsOf(then).recovery;
    expect(settingsOf(then).recovery.time).toBe(then);
    expect(from.serverName).toBe(settings.backup.serverName);
    expect(target.serverName).not.toBe(from.serverName);
    checkEmpty(programs, opened(target));
    const server = await restore(programs, opened(from), 'recovered', {
      time: then,
      archiving: archiving(programs, opened(target)),
    });
    expect(server.sql('immich', 'select count(*) from asset')).toBe('200');
    await backUp(programs, opened(target), server);
    expect(backupsIn(programs, opened(target))).toHaveLength(1);
    expect(backupsIn(programs, opened(from))).toHaveLength(1);
  });

  test('a folder that is not empty is refused as the target of a new life', () => {
    expect(() => checkEmpty(programs, opened(settings.backup))).toThrow('Expected empty archive');
  });

  test('a wrong folder fails', async () => {
    const wrong = { ...opened(settings.drill), serverName: 'immich-db' };
    await expect(restore(programs, wrong, 'wrong')).rejects.toThrow('The folder immich-db holds no backup');
  });

  test('a missing segment of the write-ahead log fails', async () => {
    expect(store.remove('immich', settings.backup.serverName, `${lastSegment}.gz`)).toBe(1);
    // All later ones are there, and without a moment to reach PostgreSQL would take the gap for the end.
    const later = settingsOf(new Date().toISOString()).recovery;
    await expect(
      restore(programs, opened(settings.recovery.source), 'gap', { time: later.time }),
    ).rejects.toThrow(/recovery ended before configured recovery target was reached/);
  });
});

/** What makes each database fail. */
const broken: Readonly<Record<string, string>> = {
  empty: 'truncate "user" cascade; truncate person',
  last_month: `
    update asset set "createdAt" = now() - interval '31 days', "updatedAt" = now() - interval '31 days';
    update session set "updatedAt" = now() - interval '31 days';
    update version_history set "createdAt" = now() - interval '31 days';`,
  no_photo_for_a_month: `
    update asset set "createdAt" = now() - interval '31 days', "updatedAt" = now() - interval '31 days';
    update session set "updatedAt" = now() - interval '31 days';
    update version_history set "createdAt" = now() - interval '31 days';
    update system_metadata set value = jsonb_build_object('lastOnThisDayDate',
      to_char(now() + interval '2 days', 'YYYY-MM-DD"T00:00:00.000Z"'));`,
  no_photo_for_long: `update asset set "createdAt" = now() - interval '91 days'`,
  // What the next one had before, since `immich` gets more photos after the copies are made.
  a_copy: 'select 1',
  a_few_rows: `delete from person where id in (select id from person limit 1);
    delete from face_search where "faceId" in (select "faceId" from face_search limit 15);`,
  without_extension: 'drop extension unaccent',
  without_table: 'drop table memory_asset',
  without_index: 'drop index clip_index',
  other_place: `update asset set "originalPath" = '/usr/src/app/upload/1.jpg' where "originalPath" = '/data/upload/1.jpg'`,
  lost_rows: `
    create temp table lost as select id from asset limit 100;
    delete from asset_exif where "assetId" in (select id from lost);
    delete from asset_file where "assetId" in (select id from lost);
    delete from smart_search where "assetId" in (select id from lost);
    delete from asset where id in (select id from lost);`,
};

const extensionsSql = ['vector', 'cube', 'earthdistance', 'pg_trgm', 'unaccent', '"uuid-ossp"']
  .map((name) => `create extension ${name};`)
  .join(' ');
