import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../bundle.ts';
import { runGit } from '../git.ts';
import { edited, home } from '../installation/example.ts';
import { installed } from '../review/trees.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'review-bundle-')), 'review.cjs');
  bundle('review', program);
});

afterAll(() => {
  rmSync(dirname(program), { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  git('init', '--quiet', '--initial-branch=main');
  write(installed(home));
  commit();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(texts: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const git = (...args: readonly string[]) => runGit(folder, ...args);

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
}

function review(args: readonly string[], environment: { readonly [name: string]: string } = {}, at = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: at,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const smaller = installed(edited(home, ['size: 500Gi', 'size: 400Gi']));
const claim = (size: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: immich, namespace: immich }
spec: { resources: { requests: { storage: ${size} } } }
`;

test('what stands in the folder is compared with where the branches parted', () => {
  git('switch', '--quiet', '--create', 'branch');
  write(smaller);
  commit();
  git('switch', '--quiet', 'main');
  write(installed(edited(home, ['photos.example.com', 'pictures.example.com'])));
  commit();
  git('switch', '--quiet', 'branch');
  const { status, stdout } = review(['--base', 'main']);
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^Refused\n(?:.*\n)*1 change: 1 is refused\. Nothing that is known here happens to service, traffic and secrets\.\n$/,
  );
});

test('nothing is written, not even the index', () => {
  write(smaller);
  // A file that is as it was, but looks written to: what git refreshes its index for.
  utimesSync(join(folder, 'dist/home/RUNBOOK.md'), 0, 0);
  const before = readFileSync(join(folder, '.git/index'));
  review(['--base', 'main']);
  expect(readFileSync(join(folder, '.git/index')).equals(before)).toBe(true);
  expect(git('stash', 'list')).toBe('');
});

test('untracked files count, those that git ignores do not', () => {
  write({ '.gitignore': 'ignored/\n', 'tracked/a.yaml': claim('5Gi'), 'ignored/a.yaml': claim('5Gi') });
  commit();
  write({ 'ignored/a.yaml': claim('4Gi') });
  expect(review(['--base', 'main']).stdout).toMatch(/^Routine\n/);
  write(installed(edited(home, ['name: home', 'name: other']), 'other'));
  expect(review(['--base', 'main']).stdout).toContain('The installation other is new.');
});

test('links are not followed, and become none that are', () => {
  write({ 'a/claim.yaml': claim('5Gi') });
  commit();
  rmSync(join(folder, 'a/claim.yaml'));
  symlinkSync('/etc/passwd', join(folder, 'a/claim.yaml'));
  expect(review(['--base', 'main']).stdout).toContain('claim immich is gone');
});

test('a single folder, from which nothing outside is seen, named from the root of the repository', () => {
  write({ 'k8s/a.yaml': claim('5Gi') });
  commit();
  write({ ...smaller, 'k8s/a.yaml': claim('4Gi') });
  const { changes } = JSON.parse(review(['--base', 'main', '--format', 'json', 'k8s']).stdout);
  expect(changes).toMatchObject([{ installation: 'repository', file: 'k8s/a.yaml' }]);
  expect(review(['--base', 'main', '--format', 'json'], { INIT_CWD: join(folder, 'k8s') }).stdout).toContain(
    '"k8s/a.yaml"',
  );
});

test.each([
  ['refused', 1],
  ['steps', 1],
  ['restarting', 1],
  ['never', 0],
])('--fail-on %s', (level, expected) => {
  write(smaller);
  expect(review(['--base', 'main', '--fail-on', level]).status).toBe(expected);
});

test('what needs steps fails only where it is asked for', () => {
  write(installed(edited(home, ['version: v3.3.1', 'version: v3.4.0'])));
  expect(review(['--base', 'main', '--fail-on', 'refused']).status).toBe(0);
  expect(review(['--base', 'main', '--fail-on', 'steps']).status).toBe(1);
});

test.each([
  [['--base', 'main', '--format', 'html'], '"html" is no value of --format'],
  [['--base', 'main', '--fail-on', 'all'], '"all" is no value of --fail-on'],
  [[], '--base is missing'],
  [['--base', 'nothing'], 'git knows no commit by the name of "nothing"'],
  [['--base=--output=x'], 'git knows no commit'],
  [['--base', 'main', 'nowhere'], 'There is no '],
])('wrong usage: %j', (args, message) => {
  const { status, stderr } = review(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('without git, without repository, without a commit in common', () => {
  expect(review(['--base', 'main'], { PATH: '' })).toMatchObject({ status: 2 });
  const outside = mkdtempSync(join(tmpdir(), 'review-outside-'));
  expect(review(['--base', 'main'], {}, outside).stderr).toContain('is in no git repository');
  rmSync(outside, { recursive: true });
  git('switch', '--quiet', '--orphan', 'other');
  git('commit', '--quiet', '--allow-empty', '--message', 'test');
  expect(review(['--base', 'main'])).toMatchObject({ status: 2 });
  expect(review(['--base', 'main']).stderr).toContain('have no commit in common');
});

test('files that are broken, binary or no UTF-8 break nothing', () => {
  write({ 'a/claim.yaml': claim('5Gi') });
  commit();
  write({ 'a/claim.yaml': claim('4Gi'), 'a/broken.yaml': 'immich: [\n', 'a/other.yaml': 'a: \0immich' });
  writeFileSync(join(folder, 'a/latin.yaml'), Buffer.from([0x61, 0x3a, 0xff, 0xfe]));
  expect(review(['--base', 'main']).stdout).toContain('a claim cannot shrink');
});

test('the report goes to a file', () => {
  write(smaller);
  const { stdout } = review(['--base', 'main', '--format', 'markdown', '--output', 'review.md']);
  expect(stdout).toBe('');
  expect(readFileSync(join(folder, 'review.md'), 'utf8')).toMatch(/^## Immich: Refused\n/);
});

test('--quiet says nothing of what does not fail', () => {
  expect(review(['--base', 'main', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  write(smaller);
  expect(review(['--base', 'main', '--quiet']).stdout).toMatch(/^Refused/);
});

describe('the result of a rehearsal', () => {
  const line = 'rehearsal of home: passed in 9 s: database a:1 -> a:2, server b:1: restored in 4 s\n';

  test('is told; that of another change fails with its reason', () => {
    write(installed(edited(home, ['v3.3.1', 'v3.3.2'])));
    expect(review(['--base', 'main']).status).toBe(0);
    writeFileSync(join(folder, 'result.txt'), line);
    const { status, stdout } = review(['--base', 'main', '--rehearsal', 'result.txt']);
    expect(status).toBe(1);
    expect(stdout).toContain('was of another change');
  });

  test.each([
    ['is not there', undefined, 'missing.txt.'],
    ['says nothing', 'The backup is good.\n', 'holds no verdict of a rehearsal'],
  ])('that %s is no result', (_what, text, message) => {
    if (text !== undefined) writeFileSync(join(folder, 'missing.txt'), text);
    const { status, stdout, stderr } = review(['--base', 'main', '--rehearsal', 'missing.txt']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
