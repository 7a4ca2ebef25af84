import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../bundle.ts';
import { home } from '../changes/bases.ts';
import { distOf } from '../changes/judged.ts';
import { runGit } from '../git.ts';
import { edited } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'explain-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const git = (...args: readonly string[]) => runGit(folder, ...args);

function explain(file: string, at = '.') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'explain', 'upgrade', file], {
    cwd: join(folder, at),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A repository whose last commit holds an installation and its dist, in the folder that flux.path names. */
function committed(text: string, dist: string): void {
  git('init', '--quiet', '--initial-branch=main');
  write('apps/installations/it.yaml', text);
  for (const [path, content] of distOf(text, 'installations/it.yaml')) write(`${dist}/${path}`, content);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
}

test.each([
  ['the root', '.', 'apps/installations/it.yaml'],
  ['a folder of it', 'apps', 'installations/it.yaml'],
])('compares the file with the dist of the last commit, from %s', (_, at, file) => {
  const placed = `${home}flux: { path: ./apps/dist }\n`;
  committed(placed, 'apps/dist');
  write('apps/installations/it.yaml', edited(placed, ['v3.3.1', 'v3.3.2']));
  // What was written since then has not been merged.
  write('apps/dist/home/home/app/deployment.immich-server.yaml', 'broken: [');
  const { status, stdout, stderr } = explain(file, at);
  expect(stderr).toBe('');
  expect(stdout).toContain('1. Immich v3.3.1 to v3.3.2\n');
  expect(stdout).toContain(`   Write into ${file}:\n     version: v3.3.2\n`);
  expect(status).toBe(0);
});

test('ends with 1 where there is no way', () => {
  committed(home, 'dist');
  write('apps/installations/it.yaml', edited(home, ['v3.3.1', 'v3.2.0']));
  expect(explain('apps/installations/it.yaml')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('refused: Immich'),
  });
});

test('ends with 1 and says why where the file has errors', () => {
  committed(home, 'dist');
  write('apps/installations/it.yaml', edited(home, ['v3.3.1', 'newest']));
  expect(explain('apps/installations/it.yaml')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('it.yaml:2:10: error: version:'),
  });
});

test('ends with 2 where nothing is committed, or the file cannot be read', () => {
  write('it.yaml', home);
  expect(explain('it.yaml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('No commit holds dist/home/'),
  });
  expect(explain('other.yaml')).toMatchObject({
    status: 2,
    stderr: 'There is no other.yaml.\n',
  });
});
