import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileDrillScript, fileExitCodes } from '../../lib/drill/file-drill-script.ts';

/** Seconds since 1970 of so many days ago. */
const daysAgo = (days: number) => Math.floor(Date.now() / 1000) - days * 86_400;

const checksum = (text: string) => createHash('sha1').update(text).digest('hex');

/** A library, and the repository that VolSync's mover has written of it; tests that break it work on a copy. */
let made: string;
let home: string;

const photos = {
  'upload/1/new.jpg': 'the newest',
  'upload/1/a b  c.jpg ': 'with spaces',
  'library/admin/2020/old\\n.jpg': 'the oldest',
};

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'file-drill-'));
  if (spawnSync('restic', ['version']).error !== undefined) {
    throw new Error(
      'restic is not installed, and without it the drill of files cannot be tried: "apt-get install restic", "brew install restic".',
    );
  }
  for (const [path, content] of Object.entries(photos)) write(`data/${path}`, content);
  restic('init');
  backUp(4);
  write('data/upload/1/later.jpg', 'later');
  backUp(1);
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'file-drill-'));
  cpSync(join(made, 'repository'), join(home, 'repository'), { recursive: true });
  mkdirSync(join(home, 'tmp'));
  mkdirSync(join(home, 'bin'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(made, path)), { recursive: true });
  writeFileSync(join(made, path), content);
}

const environment = () => ({
  PATH: `${home ?? made}/bin:/usr/bin:/bin`,
  HOME: made,
  RESTIC_REPOSITORY: join(home ?? made, 'repository'),
  RESTIC_PASSWORD: 'a password of this test',
  RESTIC_CACHE_DIR: join(made, 'cache'),
});

function restic(...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('restic', command, {
    cwd: existsSync(join(made, 'data')) ? join(made, 'data') : made,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Makes a snapshot as it would have been made so many days ago. */
function backUp(days: number): void {
  const time = new Date(daysAgo(days) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  // It takes the time for one of its own zone.
  const { stderr, status } = spawnSync('restic', ['backup', '--host', 'volsync', '--time', time, '.'], {
    cwd: join(made, 'data'),
    env: { ...environment(), TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

interface Listed {
  readonly path: string;
  readonly sum: string;
  /** How many days ago it came. */
  readonly days?: number;
}

const listed: readonly Listed[] = Object.entries(photos).map(([path, content]) => ({
  path,
  sum: checksum(content),
}));

interface Situation {
  readonly list?: readonly Listed[] | undefined;
  /** What the first line says besides the time: of how many files, how many old enough, how many lines. */
  readonly counts?: string;
  /** How many days ago the list was made. */
  readonly made?: number;
  readonly newestDays?: number;
  readonly fileSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the drill, with its folders in a place of its own. */
function drill(situation: Situation = {}) {
  const { list = listed, newestDays = 3, fileSeconds = 60 } = situation;
  const counts = situation.counts ?? `${list.length} ${list.length} ${list.length}`;
  const lines = list.map(
    ({ path, sum, days = 100 }, index) => `random ${daysAgo(days)} ${sum} asset-${index}\n${path}`,
  );
  const text = [`${daysAgo(situation.made ?? 0)} ${counts}`, ...lines].map((line) => `${line}\n`).join('');
  writeFileSync(join(home, 'files'), text);
  return runScript({ newestDays, fileSeconds, more: situation.environment ?? {} });
}

function runScript({
  newestDays,
  fileSeconds,
  more,
}: {
  readonly newestDays: number;
  readonly fileSeconds: number;
  readonly more: Readonly<Record<string, string>>;
}) {
  const script = fileDrillScript({
    secret: 'library-read',
    newestDays,
    listSeconds: fileSeconds,
    fileSeconds,
  })
    .replaceAll('/tmp/', `${home}/tmp/`)
    .replaceAll('/history/', `${home}/`)
    .replaceAll('/dev/termination-log', `${home}/said`);
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
    env: { ...environment(), ...more },
    // A terminal that nobody sits at: whatever asks, hangs.
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 120_000,
    encoding: 'utf8',
  });
  const said = existsSync(join(home, 'said')) ? readFileSync(join(home, 'said'), 'utf8').trim() : '';
  return { code: status, said, log: stdout + stderr };
}

/** A program that stands in the way of the real one. */
function program(name: string, ...lines: readonly string[]): void {
  writeFileSync(join(home, 'bin', name), ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(join(home, 'bin', name), 0o755);
}

test('a good backup passes, whatever its files are called, and leaves no lock and no word of a shell', () => {
  const { code, said, log } = drill();
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(
      /^The files are good: 3 of 3 files in the snapshot of \S+Z are what Immich was given\.$/,
    ),
  ]);
  expect(log).toContain('random: as it should be: upload/1/a b  c.jpg  (asset asset-1)');
  expect(log).not.toContain('/bin/sh');
  expect(readdirSync(join(home, 'repository/locks'))).toEqual([]);
});

test('reads a repository that cannot be written to', () => {
  const folders = ['', 'locks', 'data', 'index', 'snapshots', 'keys'].map((name) =>
    join(home, 'repository', name),
  );
  for (const folder of folders) chmodSync(folder, 0o500);
  try {
    expect(drill().code).toBe(0);
  } finally {
    for (const folder of folders) chmodSync(folder, 0o700);
  }
});

test('other bytes are told, with the photo', () => {
  const [first, ...rest] = listed;
  const { code, said } = drill({ list: [{ path: first?.path ?? '', sum: checksum('another') }, ...rest] });
  expect(code).toBe(fileExitCodes.changed);
  expect(said).toMatch(
    /^1 of 3 files in the snapshot of \S+ have other bytes than Immich was given, such as upload\/1\/new\.jpg \(asset asset-0\)\.$/,
  );
});

test('a file that is in no snapshot is told', () => {
  const { code, said } = drill({ list: [...listed, { path: 'upload/9/gone.jpg', sum: checksum('gone') }] });
  expect([code, said]).toEqual([
    fileExitCodes.missing,
    expect.stringContaining('such as upload/9/gone.jpg (asset asset-3): no backup has them.'),
  ]);
});

describe('a file that is in the snapshot before the list, and not in the newest one', () => {
  beforeEach(() => {
    rmSync(join(made, 'data/upload/1/new.jpg'));
    backUp(0);
  });

  afterEach(() => write('data/upload/1/new.jpg', photos['upload/1/new.jpg']));

  test('was deleted since', () => {
    const { code, said } = drill({ made: 1 });
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(
        /^The files are good: 2 of 3 files .* 1 were deleted or moved since the list was made\.$/,
      ),
    ]);
  });

  test('was lost, when the list is of after it', () => {
    expect(drill({ made: -1 }).code).toBe(fileExitCodes.missing);
  });

  test('is too many, when most are', () => {
    const [first] = listed;
    const { code, said } = drill({ made: 1, list: first === undefined ? [] : [first] });
    expect([code, said]).toEqual([fileExitCodes.fewer, expect.stringContaining('and only 0 are there')]);
  });
});

test('what came after the snapshot, or a day before it, is passed over', () => {
  const { code, said } = drill({
    list: [...listed, { path: 'upload/1/today.jpg', sum: checksum('today'), days: 1.5 }],
  });
  expect([code, said]).toEqual([0, expect.stringContaining(' 1 are younger than the snapshot.')]);
});

test.each([
  ['no list at all', '', fileExitCodes.noList, 'There is no list of files to compare'],
  [
    'an empty list, although there are photos',
    `${daysAgo(0)} 12 9 0\n`,
    fileExitCodes.noList,
    'The list of files is empty, although the restored database has 9 photos',
  ],
  ['half a list', `${daysAgo(0)} 12 9 9\n`, fileExitCodes.noList, 'it has 0 files instead of 9'],
  ['a database without photos', `${daysAgo(0)} 0 0 0\n`, 0, 'the restored database has no photo of its own'],
  ['photos of today alone', `${daysAgo(0)} 4 0 0\n`, 0, 'none of the 4 photos is older than two days'],
])('%s', (_what, text, code, words) => {
  if (text !== '') writeFileSync(join(home, 'files'), text);
  const verdict = runScript({ newestDays: 3, fileSeconds: 60, more: {} });
  expect([verdict.code, verdict.said]).toEqual([code, expect.stringContaining(words)]);
});

test('a wrong password ends it, and is not shown', () => {
  const { code, said, log } = drill({ environment: { RESTIC_PASSWORD: 'not-the-password' } });
  expect([code, said]).toEqual([
    fileExitCodes.unopened,
    'The repository could not be opened: RESTIC_PASSWORD is not its password.',
  ]);
  expect(log).not.toContain('not-the-password');
});

test('a repository that is not there ends it', () => {
  const { code, said } = drill({ environment: { RESTIC_REPOSITORY: join(home, 'nowhere') } });
  expect([code, said]).toEqual([fileExitCodes.unopened, expect.stringContaining('could not be opened')]);
});

test.each([['RESTIC_REPOSITORY'], ['RESTIC_PASSWORD']])(
  'without %s it says what the Secret lacks',
  (name) => {
    const { code, said } = drill({ environment: { [name]: '' } });
    expect([code, said]).toEqual([fileExitCodes.unset, expect.stringContaining('The Secret library-read')]);
  },
);

test.each([
  ['from the start', 'sleep 60'],
  ['in the middle', 'case "$*" in *dump*) sleep 60 ;; *) exec /usr/bin/restic "$@" ;; esac'],
  ['and says that it was ended', "trap 'exit 130' TERM; sleep 60 & wait"],
])('a store that hangs %s is not waited for', (_when, line) => {
  program('restic', line);
  const { code, said } = drill({ fileSeconds: 2 });
  expect([code, said]).toEqual([
    fileExitCodes.hanging,
    'The store did not answer in time: restic was ended after 2 seconds.',
  ]);
});

test('a damaged repository is told', () => {
  const folder = join(home, 'repository/data');
  for (const part of readdirSync(folder)) {
    for (const pack of readdirSync(join(folder, part))) {
      const path = join(folder, part, pack);
      const bytes = readFileSync(path);
      bytes.fill(0, 0, Math.floor(bytes.length / 2));
      chmodSync(path, 0o600);
      writeFileSync(path, bytes);
    }
  }
  const { code, said } = drill({ environment: { RESTIC_CACHE_DIR: join(home, 'cache') } });
  expect([code, said]).toEqual([
    fileExitCodes.unreadable,
    expect.stringContaining('the repository is damaged'),
  ]);
});

test('a snapshot that is too old is told, and one that is not passes', () => {
  expect(drill({ newestDays: 1 }).code).toBe(fileExitCodes.outdated);
  expect(drill({ newestDays: 2 }).code).toBe(0);
});

test('a repository without a snapshot is told', () => {
  rmSync(join(home, 'repository/snapshots'), { recursive: true });
  mkdirSync(join(home, 'repository/snapshots'));
  expect(drill().said).toBe('The repository has no snapshot: nothing was backed up to it.');
});
