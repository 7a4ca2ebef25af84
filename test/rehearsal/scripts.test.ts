import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folders } from '../../lib/drill/scripts.ts';
import { filesOf } from '../../lib/rehearsal/files.ts';
import { verdictsIn } from '../../lib/values/rehearsal.ts';
import { edited, home } from '../installation/example.ts';
import { nextImage, nextVersion, planned } from './planned.ts';

const files = filesOf(planned(home, edited(home, nextImage, nextVersion)));
const ofDatabase = filesOf(planned(home, edited(home, nextImage)));
const next = 'ghcr.io/tensorchord/cloudnative-vectorchord:18.1-1.1.2';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  for (const name of ['etc', 'shared', 'history', 'bin']) mkdirSync(join(folder, name));
  write('shared/started', '100');
  write('shared/restored', '142');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

function read(path: string): string | undefined {
  const whole = join(folder, path);
  return existsSync(whole) ? readFileSync(whole, 'utf8').trim() : undefined;
}

/** A program of this name that runs these lines, and leaves what it was called with in a file. */
function program(name: string, ...lines: string[]): void {
  write(`bin/${name}`, ['#!/bin/sh', `echo "$@" >> ${folder}/${name}.calls`, ...lines].join('\n'));
  chmodSync(join(folder, 'bin', name), 0o755);
}

/** Runs a step with its folders in our own one, a clock that goes fast, and the files of the rehearsal. */
function run(step: string, from = files) {
  const moved = (text: string) =>
    text
      .replaceAll(`${folders.scripts}/`, `${folder}/etc/`)
      .replaceAll(`${folders.history}/`, `${folder}/history/`)
      .replaceAll(/(?<= )\/drill\//g, `${folder}/shared/`)
      .replaceAll(/\/tmp\/(?=cluster|database)/g, `${folder}/`)
      .replaceAll('/dev/termination-log', `${folder}/termination-log`)
      .replaceAll(/sleep \d+/g, 'sleep 0.05')
      .replaceAll(/\+ (?:3600|3900|600|13500)\)/g, '+ 2)');
  for (const [name, text] of Object.entries(from)) write(`etc/${name}`, moved(text));
  return spawnSync('/bin/sh', [join(folder, 'etc', `${step}.sh`)], {
    env: { PATH: `${folder}/bin:/usr/bin:/bin`, JOB_NAME: 'job-1', JOB_UID: 'uid-1' },
    encoding: 'utf8',
  });
}

describe('copy', () => {
  test('stops a server that was left before it restores', () => {
    program('kubectl', `case "$*" in *conditions*) echo True ;; esac`);
    expect(run('copy').status).toBe(0);
    expect(read('kubectl.calls')?.split('\n')[0]).toMatch(/^scale deployments.apps .* --replicas=0$/);
    expect(read('cluster.yaml')).toContain('uid: uid-1');
    expect(read('cluster.yaml')).not.toContain('recoveryTarget');
  });

  test('takes away what was left, and waits until it is gone', () => {
    program(
      'kubectl',
      `case "$*" in *conditions*) echo True ;; *persistentvolumeclaims*) [ -f ${folder}/gone ] || echo pod/left; touch ${folder}/gone ;; esac`,
    );
    run('copy', ofDatabase);
    const calls = read('kubectl.calls')?.split('\n') ?? [];
    const numbered = (text: string) => calls.flatMap((call, index) => (call.startsWith(text) ? [index] : []));
    const looked = numbered('get pods,persistentvolumeclaims --selector cnpg.io/cluster=immich-rehearsal-db');
    expect([numbered('delete clusters')[0], looked]).toEqual([0, [1, 2]]);
    expect(numbered('create')[0]).toBeGreaterThan(2);
  });

  test('names no server where there is none', () => {
    program('kubectl', `case "$*" in *conditions*) echo True ;; esac`);
    run('copy', ofDatabase);
    expect(read('kubectl.calls')).not.toContain('scale');
  });
});

describe('count', () => {
  test('leaves the rows to the steps after it', () => {
    program('psql', `case "$*" in *counts.sql) echo '{"asset": 3}' ;; esac`);
    run('count');
    expect(read('shared/counts')).toBe('{"asset": 3}');
    expect(read('shared/code')).toBeUndefined();
  });

  test.each([
    ['an empty backup', '*content.sql) echo there are no users ;;', '22', 'there are no users'],
    [
      'rows that cannot be counted',
      '*counts.sql) echo permission denied; exit 3 ;;',
      '14',
      'permission denied',
    ],
  ])('%s is the end', (_what, line, code, message) => {
    program('psql', 'case "$*" in', line, 'esac');
    run('count');
    expect([read('shared/code'), read('shared/message')]).toEqual([code, message]);
  });

  test('a copy that does not answer is the end', () => {
    program('psql', 'exit 2');
    run('count');
    expect(read('shared/code')).toBe('13');
  });
});

describe('upgrade', () => {
  const answers = (...lines: string[]) => program('kubectl', 'case "$*" in', ...lines, 'esac');
  const runs = `"get pods"*) echo ${next} ;;`;
  const isReady = '*conditions*) echo True ;;';
  const isApplied = '*applied*) echo true ;;';

  test('gives the copy the image, waits until its instance runs it, then has the extensions updated', () => {
    answers(runs, isReady, isApplied);
    expect(run('upgrade').status).toBe(0);
    const calls = read('kubectl.calls')?.split('\n') ?? [];
    const first = (text: string) => calls.findIndex((call) => call.includes(text));
    expect(calls[0]).toMatch(
      /^patch clusters.postgresql.cnpg.io immich-rehearsal-db --type json --patch-file/,
    );
    expect(first('get pods')).toBeLessThan(first('create --filename'));
    expect(first('create --filename')).toBeLessThan(first('applied'));
    expect(read('database.yaml')).toContain('uid: uid-1');
    expect(read('shared/upgraded')).toMatch(/^upgraded in \d+ s$/);
    expect(read('shared/code')).toBeUndefined();
  });

  test('is not done while the instance runs the old image, however ready it is', () => {
    answers('"get pods"*) echo old ;;', isReady, '*phase*) echo Upgrading cluster ;;', isApplied);
    run('upgrade');
    expect(read('shared/code')).toBe('30');
    expect(read('shared/message')).toMatch(
      /did not run .*:18\.1-1\.1\.2 after 3600 seconds: Upgrading cluster/,
    );
    expect(read('kubectl.calls')).not.toContain('create');
  });

  test('is not done while the Cluster is not ready, whatever the instance runs', () => {
    answers(runs, '*conditions*) echo False ;;', isApplied);
    run('upgrade');
    expect(read('shared/code')).toBe('30');
  });

  test.each([
    ['an image that the operator refuses', ['patch*) exit 1 ;;'], '30', /does not take the image/],
    ['a pg_upgrade that fails', ['*failed*) echo 1 ;;'], '30', /pg_upgrade failed/],
    [
      'an extension that cannot be updated',
      [runs, isReady, '*message*) echo no update path ;;'],
      '31',
      /not updated in 600 seconds: no update path/,
    ],
    [
      'a Database object that cannot be made',
      [runs, isReady, 'create*) exit 1 ;;'],
      '31',
      /could not be created/,
    ],
  ])('%s is the end', (_what, lines, code, message) => {
    answers(...lines);
    expect(run('upgrade').status).toBe(0);
    expect(read('shared/code')).toBe(code);
    expect(read('shared/message')).toMatch(message);
  });

  test('shows the log of a pg_upgrade that failed', () => {
    answers(
      '*failed*) echo 1 ;;',
      'logs*) echo "*failure*: your installation references loadable libraries" ;;',
    );
    expect(run('upgrade').stdout).toContain('references loadable libraries');
  });

  test('does nothing after a failure', () => {
    answers();
    write('shared/code', '22');
    run('upgrade');
    expect(read('kubectl.calls')).toBeUndefined();
  });
});

/** A psql that answers like a database that is as it should be, but for these. */
function database(...lines: string[]): void {
  write('shared/counts', '{"asset": 3}');
  program(
    'psql',
    'case "$*" in',
    ...lines,
    '*extversion*) echo 1.1.2 ;;',
    '*indrelid*) echo smart_search ;;',
    'esac',
  );
}

describe('look-at-upgrade', () => {
  test('looks after the indexes first, then asks, with the rows of before', () => {
    database();
    run('look-at-upgrade', ofDatabase);
    const calls = read('psql.calls') ?? '';
    expect(calls.indexOf('extversion')).toBeLessThan(calls.indexOf('upgraded-20-extensions.sql'));
    expect(calls).toContain('--set previous={"asset": 3}');
    expect(read('shared/code')).toBe('0');
  });

  test('leaves the verdict to the next server, where there is one', () => {
    database();
    run('look-at-upgrade');
    expect(read('shared/code')).toBeUndefined();
  });

  test.each([
    ['an index that cannot be read', '*"as found"*) echo access denied; exit 3 ;;', '32', 'vector index'],
    ['a search that finds nothing', '*25-vectors.sql) echo finds nothing ;;', '25', 'finds nothing'],
    [
      'rows that are gone',
      '*33-rows.sql) echo album had 3 rows, and has 2 ;;',
      '33',
      'had 3 rows, and has 2',
    ],
    ['an error of PostgreSQL', '*29-search.sql) echo terminating; exit 3 ;;', '29', 'terminating'],
  ])('%s is the end', (_what, line, code, message) => {
    database(line);
    run('look-at-upgrade');
    expect(read('shared/code')).toBe(code);
    expect(read('shared/message')).toContain(message);
  });
});

describe('serve', () => {
  test('starts Valkey and the server, waits until it answers, and stops both', () => {
    program('kubectl', `case "$*" in *readyReplicas*) echo 1 ;; esac`);
    expect(run('serve').status).toBe(0);
    const calls = read('kubectl.calls')?.split('\n') ?? [];
    const both = 'scale deployments.apps immich-rehearsal-valkey immich-rehearsal-server';
    expect(calls.at(0)).toBe(`${both} --replicas=1`);
    expect(calls.at(-1)).toBe(`${both} --replicas=0`);
    expect(read('shared/migrated')).toMatch(/^migrated in \d+ s$/);
  });

  test('a server that does not answer is the end, and its log is shown', () => {
    program('kubectl', `case "$*" in logs*) echo "Error: migration failed" ;; esac`);
    const { stdout } = run('serve');
    expect(stdout).toContain('migration failed');
    expect(read('shared/code')).toBe('40');
    expect(read('shared/message')).toContain('server:v3.3.2 did not answer');
  });
});

test('look-at-migration says what was done', () => {
  database();
  write('shared/upgraded', 'upgraded in 31 s');
  write('shared/migrated', 'migrated in 9 s');
  run('look-at-migration');
  expect(read('psql.calls')).toContain('migrated-21-tables.sql');
  expect(read('shared/message')).toBe(
    'restored in 42 s, upgraded in 31 s with the same rows, migrated in 9 s; searches by vectors find something',
  );
});

describe('verdict', () => {
  const verdictOf = (text: string) => verdictsIn(text)[0];

  test('one line that is read again, and the copy is gone', () => {
    program('kubectl', 'exit 0');
    write('shared/created', '');
    write('shared/code', '0');
    write('shared/message', 'restored in 42 s');
    const { status, stdout } = run('verdict');
    expect(status).toBe(0);
    expect(verdictOf(stdout)).toMatchObject({ installation: 'home', hasPassed: true });
    expect(read('termination-log')).toMatch(
      /^rehearsal of home: passed in \d+ s: database .* -> .*, server .*: restored/,
    );
    expect(read('kubectl.calls')).toContain(
      'delete clusters.postgresql.cnpg.io immich-rehearsal-db --wait=false',
    );
    expect(read('kubectl.calls')).toContain('--replicas=0');
  });

  test('a failure of several lines is one line, and has its code', () => {
    program('kubectl', 'exit 0');
    write('shared/code', '25');
    write('shared/message', 'psql: ERROR\nLINE 1: $(touch gone) `id`');
    const { status, stdout } = run('verdict');
    expect(status).toBe(25);
    expect(verdictOf(stdout)).toMatchObject({ hasPassed: false });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).toContain('ERROR LINE 1: $(touch gone) `id`');
  });

  test('no verdict is no success', () => {
    program('kubectl', 'exit 0');
    const { status, stdout } = run('verdict');
    expect(status).toBe(14);
    expect(stdout).toContain('did not run to its end');
  });
});
