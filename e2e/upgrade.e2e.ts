import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vectorIndexScript } from '../lib/components/vector-index-script.ts';
import { endEverything } from './control-plane/endings.ts';
import {
  type Archive,
  archiveAll,
  archiving,
  backUp,
  checkEmpty,
  environmentOf,
  restore,
} from './roundtrip/archive.ts';
import { type BlobStore, startBlobStore } from './roundtrip/blob-store.ts';
import { photosSql, schemaSql } from './roundtrip/immich-database.ts';
import { majors, type Parts, parts } from './roundtrip/parts.ts';
import { upgradeFolder } from './roundtrip/pg-upgrade.ts';
import { initialize, run, type Server, sharedFolder, startServer, stopServer } from './roundtrip/server.ts';
import { type StoreOf, settingsOf } from './roundtrip/settings.ts';

/**
 * A major upgrade by the real pg_upgrade, archived by Barman to the folders that dist has for it: what CloudNativePG does
 * to a database, without CloudNativePG. Each life has a failover, as every restart of a primary with a replica is one.
 */
describe('a major upgrade of PostgreSQL', () => {
  let old: Parts;
  let next: Parts;
  let store: BlobStore;
  const { backup, recovery } = settingsOf('2026-11-20T03:00:00Z');

  beforeAll(async () => {
    const programs = parts();
    const versions = majors(programs);
    [old, next] = [versions[16], versions[18]];
    store = await startBlobStore(programs, 'seyzahldata');
  });

  afterAll(endEverything);

  function opened({ secret, ...archive }: StoreOf): Archive {
    return { ...archive, connectionString: store.connectionString };
  }

  /** A database that lives before and after an upgrade, each with a base backup, a failover, and then a moment. */
  async function live(name: string, before: Archive, after: Archive) {
    checkEmpty(old, before);
    const folder = initialize(old, `${name}-16`);
    const first = await startServer(old, folder, archivingTo(old, before), environmentOf(old, before));
    first.sql('postgres', 'create extension vector');
    first.sql('postgres', `${schemaSql(['smart_search', 'face_search', ...tables])} ${photosSql(100)}`);
    await backUp(old, before, first);
    const promoted = await failOver(old, first, before);
    const moment = momentOf(promoted);
    promoted.sql('postgres', `select pg_sleep(1.1); ${photosSql(100)}`);
    archiveAll(promoted);
    await stopServer(old, promoted);

    const upgraded = upgradeFolder({ from: old, to: next, folder, name: `${name}-18` });
    const second = await startServer(next, upgraded, archivingTo(next, after), environmentOf(next, after));
    await backUp(next, after, second);
    const last = await failOver(next, second, after);
    last.sql('postgres', photosSql(50));
    const later = momentOf(last);
    last.sql('postgres', `select pg_sleep(1.1); ${photosSql(50)}`);
    archiveAll(last);
    return { moment, later, last };
  }

  const count = (server: Server) => server.sql('postgres', 'select count(*) from asset');

  describe('with a new lineage', () => {
    let life: Awaited<ReturnType<typeof live>>;

    beforeAll(async () => {
      life = await live('lineage', opened(backup), opened(recovery.target));
    });

    test('takes everything along', () => {
      expect(life.last.sql('postgres', 'show server_version')).toMatch(/^18\./);
      expect(count(life.last)).toBe('300');
    });

    test('leaves every moment of the old life within reach', async () => {
      const server = await restore(old, opened(backup), 'old-life', { time: life.moment });
      expect(server.sql('postgres', 'show server_version')).toMatch(/^16\./);
      expect(count(server)).toBe('100');
      await server.process.stop();
    });

    test('and has those of the new one', async () => {
      const server = await restore(next, opened(recovery.target), 'new-life', { time: life.later });
      expect(server.sql('postgres', 'show server_version')).toMatch(/^18\./);
      expect(count(server)).toBe('250');
      await server.process.stop();
    });

    describe('the Job that looks after vector indexes', () => {
      /** Its script, with pgvector in the place of VectorChord, by the psql in a folder. */
      function look(folder = next.postgresql): readonly string[] {
        const script = vectorIndexScript(undefined).replace("'vchord'", "'vector'");
        return run('/bin/sh', ['-c', script], '', {
          PATH: `${folder}:/usr/bin:/bin`,
          ...{ PGHOST: '127.0.0.1', PGPORT: `${life.last.port}`, PGDATABASE: 'postgres', PGUSER: 'postgres' },
          PGOPTIONS: '-c client_min_messages=error -c enable_seqscan=off -c enable_sort=off',
        }).split('\n');
      }
      const fileOf = (index: string) => life.last.sql('postgres', `select pg_relation_filenode('${index}')`);

      test('leaves those alone that can be read, and takes away what a rebuild left', () => {
        const before = fileOf('clip_index');
        life.last.sql(
          'postgres',
          `create index clip_index_ccnew on smart_search using hnsw (embedding vector_cosine_ops);
           update pg_index set indisvalid = false where indexrelid = 'clip_index_ccnew'::regclass`,
        );
        expect(look()).toEqual(['clip_index: can be read', 'face_index: can be read']);
        expect(fileOf('clip_index')).toBe(before);
        expect(life.last.sql('postgres', "select to_regclass('clip_index_ccnew') is null")).toBe('t');
      });

      test('builds one anew of which VectorChord says that it cannot be read', () => {
        const [clip, face] = [fileOf('clip_index'), fileOf('face_index')];
        const folder = sharedFolder('stale-index');
        const psql = join(next.postgresql, 'psql');
        const stale = 'deserialization: bad version number; after upgrading VectorChord, please use REINDEX';
        writeFileSync(
          join(folder, 'psql'),
          [
            '#!/bin/sh',
            'for statement; do :; done',
            `case "$statement" in *"select count"*face_search*)`,
            `  file=$(${psql} --tuples-only --no-align --command "select pg_relation_filenode('face_index')")`,
            `  if [ "$file" = ${face} ]; then echo "${stale}" >&2; exit 1; fi ;;`,
            'esac',
            `exec ${psql} "$@"`,
          ].join('\n'),
          { mode: 0o755 },
        );
        expect(look(folder)).toEqual([
          'clip_index: can be read',
          `face_index: ${stale}`,
          'face_index: is built anew, which takes minutes for a large library',
          'face_index: was built anew, and can be read',
        ]);
        expect(fileOf('clip_index')).toBe(clip);
        expect(fileOf('face_index')).not.toBe(face);
      });
    });
  });

  test('in the same folder takes the moments of the old life away', async () => {
    const same = { ...opened(backup), serverName: 'same' };
    const { moment } = await live('same', same, same);
    await expect(restore(old, same, 'lost-life', { time: moment })).rejects.toThrow(
      // The failover of the new life has taken the place of the old one's in the archive.
      'recovery ended before configured recovery target was reached',
    );
  });
});

/** Tables that photos need besides those of searches. */
const tables = [
  'user',
  'asset',
  'asset_exif',
  'asset_file',
  'person',
  'session',
  'system_metadata',
  'version_history',
];

function archivingTo(programs: Parts, archive: Archive): readonly string[] {
  return [...archiving(programs, archive), 'fsync = off'];
}

/** A moment at which the database is as it is now. */
function momentOf(server: Server): string {
  return server.sql('postgres', `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
}

/** The server stops, and goes on as one that was promoted: on another timeline. */
async function failOver(programs: Parts, server: Server, archive: Archive): Promise<Server> {
  archiveAll(server);
  await stopServer(programs, server);
  appendFileSync(join(server.folder, 'postgresql.auto.conf'), "restore_command = 'false'\n");
  run('touch', [join(server.folder, 'recovery.signal')]);
  const promoted = await startServer(programs, server.folder, [], environmentOf(programs, archive));
  archiveAll(promoted);
  return promoted;
}
