import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vectorIndexScript } from '../../lib/components/vector-index-script.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'indexes-'));
  mkdirSync(join(home, 'bin'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Runs the script with a psql that answers statements so, after what every database answers. */
function run(version: string | undefined, ...answers: readonly string[]) {
  const psql = join(home, 'bin/psql');
  writeFileSync(
    psql,
    [
      '#!/bin/sh',
      'for statement; do :; done',
      `echo "$statement" | tr -s ' \\n' ' ' >> ${home}/asked; echo >> ${home}/asked`,
      'case "$statement" in',
      ...answers,
      '*extversion*) echo 1.1.1 ;;',
      '*indrelid*clip_index*) echo smart_search ;;',
      '*indrelid*face_index*) echo face_search ;;',
      '*"select count"*) echo 10 ;;',
      'esac',
    ].join('\n'),
  );
  chmodSync(psql, 0o755);
  const script = vectorIndexScript(version).replace(/sleep \d+/, 'sleep 0.01');
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
    env: { PATH: `${join(home, 'bin')}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  const asked = join(home, 'asked');
  const statements = existsSync(asked)
    ? readFileSync(asked, 'utf8')
        .trim()
        .split(/\s*\n\s*/)
    : [];
  return { status, lines: `${stdout}${stderr}`.trim().split('\n'), statements };
}

const changing = (statements: readonly string[]) => statements.filter((one) => !one.startsWith('select'));
const stale = 'ERROR:  deserialization: bad version number; after upgrading VectorChord, please use REINDEX';
/** A search in a table that fails until its index was built anew. */
const unreadable = (table: string, index: string) =>
  `*"select count"*${table}*) grep -q "reindex index concurrently public.${index}" ${home}/asked || { echo "${stale}" >&2; exit 1; }; echo 10 ;;`;

test('indexes that can be read are left alone', () => {
  const { status, lines, statements } = run('1.1.1');
  expect(lines).toEqual(['clip_index: can be read', 'face_index: can be read']);
  expect(status).toBe(0);
  expect(changing(statements)).toEqual([]);
  expect(statements.filter((one) => one.includes('order by embedding <=>'))).toHaveLength(2);
});

test('an index of another version is built anew by its name, and searched again', () => {
  const { status, lines, statements } = run('1.1.1', unreadable('face_search', 'face_index'));
  expect(status).toBe(0);
  expect(lines).toEqual([
    'clip_index: can be read',
    `face_index: ${stale}`,
    'face_index: is built anew, which takes minutes for a large library',
    'face_index: was built anew, and can be read',
  ]);
  expect(changing(statements)).toEqual(['reindex index concurrently public.face_index']);
  expect(statements.at(-1)).toContain('order by embedding <=>');
});

test('an index that cannot be read afterwards either is a failure', () => {
  const { status } = run('1.1.1', `*"select count"*) echo "${stale}" >&2; exit 1 ;;`);
  expect(status).toBe(1);
});

test('a rebuild that fails is a failure', () => {
  const { status } = run(
    '1.1.1',
    unreadable('smart_search', 'clip_index'),
    '*reindex*) echo "ERROR: no room" >&2; exit 1 ;;',
  );
  expect(status).toBe(1);
});

test('any other error is told, and no reason to touch an index', () => {
  const { status, lines, statements } = run(
    '1.1.1',
    '*"select count"*) echo "ERROR: could not access file" >&2; exit 1 ;;',
  );
  expect(status).toBe(1);
  expect(lines).toEqual(['clip_index: ERROR: could not access file']);
  expect(changing(statements)).toEqual([]);
});

test('a database that cannot be asked is no database without indexes', () => {
  expect(run('1.1.1', '*indrelid*) exit 2 ;;').status).toBe(1);
  expect(run('1.1.1', '*indisvalid*) exit 2 ;;').status).toBe(1);
});

test('a new database has no indexes yet', () => {
  const { status, lines } = run('1.1.1', '*indrelid*) ;;');
  expect(lines).toEqual(['clip_index: Immich has not made it yet', 'face_index: Immich has not made it yet']);
  expect(status).toBe(0);
});

test('what a rebuild left that was broken off is taken away', () => {
  const { statements } = run('1.1.1', '*indisvalid*clip_index*) echo clip_index_ccnew ;;');
  expect(changing(statements)).toEqual(['drop index concurrently clip_index_ccnew']);
});

test('the extension is waited for', () => {
  const count = `n=$(grep -c extversion ${home}/asked)`;
  const { status, statements } = run(
    '1.1.1',
    `*extversion*) ${count}; if [ "$n" -lt 3 ]; then echo 0.4.3; else echo 1.1.1; fi ;;`,
  );
  expect(status).toBe(0);
  expect(statements.filter((one) => one.includes('extversion'))).toHaveLength(3);
});

test('an extension that does not come ends it, and says where to look', () => {
  const { status, lines, statements } = run('1.1.1', '*extversion*) echo 0.4.3 ;;');
  expect(status).toBe(1);
  expect(lines).toEqual([
    "VectorChord is '0.4.3', and not 1.1.1: the message of the Database object says why.",
  ]);
  expect(statements.some((one) => one.includes('embedding'))).toBe(false);
});

test('where the image does not tell its version, any will do', () => {
  expect(run(undefined).status).toBe(0);
  expect(run(undefined, '*extversion*) ;;').status).toBe(1);
});
