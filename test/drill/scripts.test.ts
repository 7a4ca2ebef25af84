import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksOf } from '../../lib/drill/checks.ts';
import { folders, lookScript, reportScript, restoreScript } from '../../lib/drill/scripts.ts';

const life = 'immich-db 30';
const ofLife = { folder: 'immich-db', retentionDays: 30, hasFileDrill: false };
const restoreOf = (waitSeconds: number) => restoreScript({ ...ofLife, database: 'throw-away', waitSeconds });
const look = lookScript({ ...ofLife, waitSeconds: 600, momentChecks: ['22-content'] });

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drill-'));
  for (const folder of ['etc', 'shared', 'history', 'bin']) mkdirSync(join(home, folder));
  file('etc/cluster.yaml', 'name: JOB_NAME, uid: JOB_UID\n  recoveryTarget:\n    targetTime: TARGET_TIME\n');
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
  const script = restoreOf(2);

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

  describe('every second time', () => {
    const now = Math.floor(Date.now() / 1000);
    const day = 86_400;

    /** The moment that the throw-away database is restored to, in seconds; undefined for the newest. */
    function target(history: { readonly next: string; readonly life: string }): number | undefined {
      file('history/next', history.next);
      file('history/life', `${history.life}\n`);
      program('kubectl', `case "$*" in *conditions*) echo True ;; esac`);
      expect(run(script).status).toBe(0);
      const [, moment] = /targetTime: (\S+)/.exec(read('cluster.yaml') ?? '') ?? [];
      expect(read('shared/moment')).toBe(moment);
      return moment === undefined ? undefined : Date.parse(moment) / 1000;
    }

    test('it comes back to a moment that earlier drills have seen', () => {
      const moment = target({ next: 'moment', life: `${life} 7000 ${now - 8 * day} ${now - 7 * day}` });
      expect(moment).toBeGreaterThanOrEqual(now - 8 * day);
      expect(moment).toBeLessThan(now - 7 * day);
      // And should it fail, the next one restores everything.
      expect(read('history/next')).toBe('newest');
    });

    test('never to one that is older than what is kept', () => {
      expect(
        target({ next: 'moment', life: `${life} 7000 ${now - 900 * day} ${now - 28 * day}` }),
      ).toBeGreaterThanOrEqual(now - 29 * day);
    });

    test.each([
      ['after a drill to a moment', { next: 'newest', life: `${life} 7000 ${now - 8 * day} ${now - day}` }],
      ['of another life', { next: 'moment', life: `immich-db-v1 30 7000 ${now - 8 * day} ${now - day}` }],
      ['with another retention', { next: 'moment', life: `immich-db 7 7000 ${now - 8 * day} ${now - day}` }],
      ['that has seen nothing yet', { next: 'moment', life: `${life} 7000 ${now - day} ${now - 2 * day}` }],
    ])('but not %s', (_what, history) => {
      expect(target(history)).toBeUndefined();
      expect(read('cluster.yaml')).not.toContain('recoveryTarget');
    });
  });

  test('an operator that does nothing has the code of a database that could not be created', () => {
    program('kubectl', 'exit 0');
    run(restoreOf(1));
    expect(read('shared/code')).toBe('10');
    expect(read('shared/message')).toContain('The operator did nothing');
  });

  test('takes away what a pod of the same Job left on another node, and nothing else', () => {
    program(
      'kubectl',
      `case "$*" in *conditions*) echo True ;; *ownerReferences*) [ -f ${home}/gone ] || echo $OWNER ;; delete*) touch ${home}/gone ;; esac`,
    );
    const start = (owner: string) => run(`export OWNER=${owner}\n${script}`).status;
    expect(start('uid-2')).toBe(0);
    expect(read('kubectl.calls')).not.toContain('delete');
    expect(start('uid-1')).toBe(0);
    expect(read('kubectl.calls')).toContain('delete clusters.postgresql.cnpg.io throw-away --wait=false');
  });

  test('deletes the database when it is stopped', async () => {
    program('kubectl', 'exit 0');
    const child = spawn('/bin/sh', ['-c', moved(restoreOf(600))], { env: environment() });
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
      "*life.sql) echo '7000 1763769600' ;;",
      'esac',
    );
  }

  test('says how long and how far, and keeps the counts', () => {
    answers();
    expect(run(look).status).toBe(0);
    expect(read('shared/code')).toBe('0');
    expect(read('shared/message')).toContain(
      'took 42 seconds (RTO), and came back to 2026-11-22T00:00:00Z (RPO',
    );
    expect(read('history/counts.json')).toBe('{"asset": 3}');
  });

  test('gives the counts of the last success to every question', () => {
    file('history/counts.json', '{"asset": 7}');
    answers();
    run(look);
    expect(read('psql.calls')).toContain('previous={"asset": 7}');
  });

  test('asks everything, and ends with the first thing that is wrong', () => {
    answers('*22-content.sql) echo there are no assets ;;', '*25-vectors.sql) echo no index ;;');
    const { stdout } = run(look);
    expect(read('shared/code')).toBe('22');
    expect(read('shared/message')).toBe('22-content: there are no assets');
    expect(stdout).toContain('25-vectors: no index');
    expect(stdout).toContain('20-extensions: as it should be');
    expect(read('history/counts.json')).toBeUndefined();
  });

  test('takes an error of PostgreSQL for a failure of its question', () => {
    answers('*25-vectors.sql) echo could not access file; exit 3 ;;');
    run(look);
    expect(read('shared/code')).toBe('25');
    expect(read('shared/message')).toContain('could not access file');
  });

  test('a server that does not answer', () => {
    program('psql', 'exit 2');
    run(look);
    expect(read('shared/code')).toBe('13');
  });

  test('counts that cannot be read are no success', () => {
    answers('*counts.sql) exit 3 ;;');
    run(look);
    expect(read('shared/code')).toBe('14');
  });

  test('keeps what the next one compares with, and says what a person should know', () => {
    answers('*notes.sql) echo search is blind ;;');
    run(look);
    expect(read('history/life')).toMatch(/^immich-db 30 7000 \d+ 1763769600$/);
    expect(read('history/next')).toBe('moment');
    expect(read('shared/message')).toMatch(/ Note: search is blind\.$/);
  });

  test('compares the identifier with that of the same folder only', () => {
    file('history/life', 'immich-db 7 6000 100 200\n');
    answers();
    run(look);
    expect(read('psql.calls')).toContain('system=6000');
    // Another retention of the folder is no other life, but its backups reach no further than from now on.
    expect(read('history/life')).not.toContain(' 100 ');
    for (const path of ['psql.calls', 'shared/code']) rmSync(join(home, path));
    file('history/life', 'immich-db-v1 30 5000 100 200\n');
    run(look);
    expect(read('psql.calls')).not.toContain('5000');
  });

  test('rows that are all that is wrong are counted anew, and fail one drill', () => {
    answers('*24-rows.sql) echo album has lost rows ;;');
    file('etc/24-rows.sql', '');
    run(look);
    expect(read('shared/code')).toBe('24');
    expect(read('history/counts.json')).toBe('{"asset": 3}');
  });

  test('rows that are not all that is wrong are not', () => {
    answers('*24-rows.sql) echo album has lost rows ;;', '*25-vectors.sql) echo no index ;;');
    file('etc/24-rows.sql', '');
    run(look);
    expect(read('shared/code')).toBe('24');
    expect(read('history/counts.json')).toBeUndefined();
  });

  test('after a restore to a moment it asks what holds at any moment, and keeps nothing', () => {
    answers('*25-vectors.sql) echo no index ;;');
    file('shared/moment', '2026-11-20T03:00:00Z');
    run(look);
    expect(read('shared/code')).toBe('0');
    expect(read('shared/message')).toContain('to the random moment 2026-11-20T03:00:00Z took 42 seconds');
    expect(read('psql.calls')).toContain('moment=2026-11-20T03:00:00Z');
    expect(read('psql.calls')).not.toContain('25-vectors');
    expect(read('history/counts.json')).toBeUndefined();
    expect(read('history/life')).toBeUndefined();
  });

  test('an empty database fails at any moment', () => {
    answers('*22-content.sql) echo there are no assets ;;');
    file('shared/moment', '2026-11-20T03:00:00Z');
    run(look);
    expect(read('shared/code')).toBe('22');
  });

  test('says when a restore takes more than half of its time', () => {
    answers();
    file('shared/restored', '500');
    run(look);
    expect(read('shared/message')).toContain('more than half of the time');
  });

  test('does nothing after a restore that failed', () => {
    answers();
    file('shared/code', '11');
    run(look);
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
    newest: { days: 3, photoDays: 40 },
    folder: 'immich-db',
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
