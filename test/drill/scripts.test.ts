import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksOf } from '../../lib/drill/checks.ts';
import { folders, lookScript, reportScript, restoreScript } from '../../lib/drill/scripts.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drill-'));
  for (const folder of ['etc', 'shared', 'history', 'bin']) mkdirSync(join(home, folder));
  file('etc/cluster.yaml', 'name: JOB_NAME, uid: JOB_UID\n');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function file(path: string, text: string): void {
  writeFileSync(join(home, path), text);
}

function read(path: string): string | undefined {
  const whole = join(home, path);
  return existsSync(whole) ? readFileSync(whole, 'utf8').trim() : undefined;
}

/** A program of this name that runs these lines, and leaves what it was called with in a file. */
function program(name: string, ...lines: string[]): void {
  file(`bin/${name}`, ['#!/bin/sh', `echo "$@" >> ${home}/${name}.calls`, ...lines].join('\n'));
  chmodSync(join(home, 'bin', name), 0o755);
}

/** The script with its folders in our own one, and without the wait between two looks. */
function moved(script: string): string {
  return script
    .replaceAll(`${folders.scripts}/`, `${home}/etc/`)
    .replaceAll(`${folders.history}/`, `${home}/history/`)
    .replaceAll(/(?<= )\/drill\//g, `${home}/shared/`)
    .replaceAll('/tmp/cluster.yaml', `${home}/cluster.yaml`)
    .replaceAll('/dev/termination-log', `${home}/termination-log`)
    .replaceAll(/sleep \d+/g, 'sleep 0.1');
}

const environment = () => ({ PATH: `${home}/bin:/usr/bin:/bin`, JOB_NAME: 'job-1', JOB_UID: 'uid-1' });

function run(script: string) {
  return spawnSync('/bin/sh', ['-c', moved(script)], { env: environment(), encoding: 'utf8' });
}

describe('restore', () => {
  const script = restoreScript('throw-away', 2);

  test('creates the database of this Job, and waits until it is ready', () => {
    program('kubectl', `case "$*" in *conditions*) echo True ;; esac`);
    expect(run(script).status).toBe(0);
    expect(read('cluster.yaml')).toBe('name: job-1, uid: uid-1');
    expect(read('kubectl.calls')).toContain(`create --filename ${home}/cluster.yaml`);
    expect(read('shared/code')).toBeUndefined();
    expect(Number(read('shared/restored'))).toBeGreaterThan(0);
  });

  test.each([
    ['cannot be created', '[ "$1" = create ] && exit 1', '10', /could not be created/],
    [
      'does not get ready',
      'case "$*" in *phase*) echo Setting up primary ;; esac',
      '11',
      /did not end in 2 seconds: Setting up primary/,
    ],
    [
      'is given up',
      'case "$*" in *phase*) echo Cluster is unrecoverable ;; esac',
      '12',
      /cannot be restored: Cluster is unrecoverable/,
    ],
  ])('a database that %s has an exit code of its own', (_, line, code, message) => {
    program('kubectl', line, 'exit 0');
    expect(run(script).status).toBe(0);
    expect(read('shared/code')).toBe(code);
    expect(read('shared/message')).toMatch(message);
  });

  test('deletes the database when it is stopped', async () => {
    program('kubectl', 'exit 0');
    const child = spawn('/bin/sh', ['-c', moved(restoreScript('throw-away', 600))], { env: environment() });
    while (read('shared/created') === undefined || !read('kubectl.calls')?.includes('phase')) {
      await new Promise((done) => setTimeout(done, 50));
    }
    child.kill('SIGTERM');
    await new Promise((done) => child.on('close', done));
    expect(read('kubectl.calls')).toContain('delete clusters.postgresql.cnpg.io throw-away --wait=false');
  });

  test('deletes nothing that it did not create', () => {
    program('kubectl', '[ "$1" = create ] && exit 1', 'exit 0');
    run(script);
    expect(run(reportScript('throw-away')).status).toBe(10);
    expect(read('kubectl.calls')).not.toContain('delete');
  });
});

describe('look', () => {
  /** A psql that answers the question in a file of this name so; all others with nothing. */
  function answers(...lines: string[]): void {
    file('shared/started', '100');
    file('shared/restored', '142');
    for (const name of ['20-extensions', '22-content', '25-vectors']) file(`etc/${name}.sql`, '');
    program(
      'psql',
      'case "$*" in',
      ...lines,
      '*counts.sql) echo \'{"asset": 3}\' ;;',
      '*newest.sql) echo 2026-11-22T00:00:00Z ;;',
      'esac',
    );
  }

  test('says how long and how far, and keeps the counts', () => {
    answers();
    expect(run(lookScript).status).toBe(0);
    expect(read('shared/code')).toBe('0');
    expect(read('shared/message')).toContain(
      'took 42 seconds (RTO), and came back to 2026-11-22T00:00:00Z (RPO',
    );
    expect(read('history/counts.json')).toBe('{"asset": 3}');
  });

  test('gives the counts of the last success to every question', () => {
    file('history/counts.json', '{"asset": 7}');
    answers();
    run(lookScript);
    expect(read('psql.calls')).toContain('previous={"asset": 7}');
  });

  test('asks everything, and ends with the first thing that is wrong', () => {
    answers('*22-content.sql) echo there are no assets ;;', '*25-vectors.sql) echo no index ;;');
    const { stdout } = run(lookScript);
    expect(read('shared/code')).toBe('22');
    expect(read('shared/message')).toBe('22-content: there are no assets');
    expect(stdout).toContain('25-vectors: no index');
    expect(stdout).toContain('20-extensions: as it should be');
    expect(read('history/counts.json')).toBeUndefined();
  });

  test('takes an error of PostgreSQL for a failure of its question', () => {
    answers('*25-vectors.sql) echo could not access file; exit 3 ;;');
    run(lookScript);
    expect(read('shared/code')).toBe('25');
    expect(read('shared/message')).toContain('could not access file');
  });

  test('a server that does not answer', () => {
    program('psql', 'exit 2');
    run(lookScript);
    expect(read('shared/code')).toBe('13');
  });

  test('counts that cannot be read are no success', () => {
    answers('*counts.sql) exit 3 ;;');
    run(lookScript);
    expect(read('shared/code')).toBe('14');
  });

  test('does nothing after a restore that failed', () => {
    answers();
    file('shared/code', '11');
    run(lookScript);
    expect(read('psql.calls')).toBeUndefined();
    expect(read('shared/code')).toBe('11');
  });
});

describe('report', () => {
  test('deletes the database, says the verdict and ends with its code', () => {
    program('kubectl', 'exit 0');
    file('shared/created', '');
    file('shared/code', '24');
    file('shared/message', '24-rows: lost');
    const { status, stdout } = run(reportScript('throw-away'));
    expect(status).toBe(24);
    expect(stdout).toContain('24-rows: lost');
    expect(read('termination-log')).toBe('24-rows: lost');
    expect(read('kubectl.calls')).toBe('delete clusters.postgresql.cnpg.io throw-away --wait=false');
  });

  test('no verdict is no success', () => {
    program('kubectl', 'exit 0');
    expect(run(reportScript('throw-away')).status).toBe(14);
  });
});

describe('questions', () => {
  const expected = {
    extensions: [{ name: 'vchord', version: '1.1.1' }],
    tables: ['asset', 'user'],
    mediaLocation: '/data',
    newestDays: 3,
    fewerRowsPercent: 5,
  };

  test('each has an exit code of its own', () => {
    const codes = checksOf(expected).map(({ code }) => code);
    expect(new Set([10, 11, 12, 13, 14, ...codes]).size).toBe(codes.length + 5);
    expect(codes).toEqual([...codes].sort());
  });

  test('their limits are those of the installation', () => {
    const [extensions, tables, , newest, rows, , paths] = checksOf(expected).map(({ sql }) => sql);
    expect(extensions).toContain("('vchord', '1.1.1')");
    expect(tables).toContain("('user')");
    expect(newest).toContain("interval '3 days'");
    expect(rows).toContain('(100 - 5)');
    expect(paths).toContain("starts_with(path, '/data/')");
  });

  test('where the tables are not known, nobody asks for them', () => {
    const names = checksOf({ ...expected, tables: undefined }).map(({ name }) => name);
    expect(names).not.toContain('tables');
    expect(names).toContain('content');
  });
});
