import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dumpImportScript } from '../../lib/components/dump-import-script.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dump-import-'));
  mkdirSync(join(folder, 'bin'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What pg_dump of Immich writes, in short. */
const whole = `-- PostgreSQL database dump
SELECT pg_catalog.set_config('search_path', '', false);
DROP EXTENSION IF EXISTS vchord;
CREATE EXTENSION IF NOT EXISTS vchord WITH SCHEMA public;
COMMENT ON EXTENSION vchord IS 'vchord';
CREATE TABLE public.asset (id uuid);
-- PostgreSQL database dump complete
`;

/** Runs the script on a dump, with a psql that says what is in the database, and keeps what it is given to read. */
function run(dump: string | Buffer | undefined, tables: 't' | 'f', people: number) {
  const psql = join(folder, 'bin/psql');
  const read = join(folder, 'read.sql');
  writeFileSync(
    psql,
    `#!/bin/sh
for last; do :; done
case $last in
  *to_regclass*) echo ${tables} ;;
  *'"user"'*) echo ${people} ;;
  *asset*) echo 7 ;;
  -) cat > ${read} ;;
esac
`,
  );
  chmodSync(psql, 0o755);
  const file = join(folder, 'dump.sql.gz');
  if (dump !== undefined) writeFileSync(file, typeof dump === 'string' ? gzipSync(dump) : dump);
  const { status, stdout } = spawnSync('sh', ['-c', dumpImportScript(file)], {
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` },
  });
  return { status, stdout, read: existsSync(read) ? readFileSync(read, 'utf8') : undefined };
}

test('a dump is read without what only a superuser may do, and counted', () => {
  const { status, stdout, read } = run(whole, 'f', 3);
  expect([status, stdout]).toEqual([0, 'Read: 3 users, 7 photos and videos.\n']);
  expect(read).not.toContain('EXTENSION');
  expect(read).toContain("set_config('search_path', 'public, pg_catalog', false)");
  expect(read).toContain('CREATE TABLE public.asset');
});

test('a database that people are in stays as it is, and nothing fails', () => {
  expect(run(whole, 't', 3)).toEqual({
    status: 0,
    stdout: '3 users are in the database already: nothing is read.\n',
    read: undefined,
  });
});

test.each<[string, string | Buffer | undefined, 't' | 'f', string]>([
  ['tables of an Immich that was started before', whole, 't', 'it was started before the dump was read'],
  ['no file', undefined, 'f', 'may read.'],
  ['a file that is no archive', Buffer.from('text'), 'f', 'cannot be unpacked'],
  ['a file that was cut off', gzipSync(whole).subarray(0, 40), 'f', 'cannot be unpacked'],
  [
    'a dump that was not finished',
    whole.replace(/-- .* complete\n/, ''),
    'f',
    'is missing: it was not finished',
  ],
  [
    'a dump of a whole server',
    `-- PostgreSQL database cluster dump\n${whole}`,
    'f',
    'is of Immich v2.4 or older',
  ],
  ['pgvecto.rs', whole.replaceAll('vchord', 'vectors'), 'f', 'with pgvecto.rs'],
])('%s is refused, and nothing is read', (_, dump, tables, message) => {
  const { status, stdout, read } = run(dump, tables, 0);
  expect(status).toBe(1);
  expect(stdout).toContain(message);
  expect(read).toBeUndefined();
});
