import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { bundle } from '../bundle.ts';
import { runGit } from '../git.ts';
import { edited, home } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'rehearse-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const file = 'installations/home.yaml';
const next = edited(home, ['v3.3.1', 'v3.3.2']);

function write(text: string, path = file): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function commit(text: string): void {
  write(text);
  runGit(folder, 'add', '--all');
  runGit(folder, 'commit', '--quiet', '--allow-empty', '--message', 'test');
}

function rehearse(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'rehearse', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('in a repository', () => {
  beforeEach(() => {
    runGit(folder, 'init', '--quiet', '--initial-branch=main');
    commit(home);
  });

  test('writes manifests for kubectl, and beside them what to do', () => {
    write(next);
    const { status, stdout, stderr } = rehearse(file);
    expect(status).toBe(0);
    const kinds = parseAllDocuments(stdout).flatMap((document) => document.toJS()?.kind ?? []);
    expect(kinds.at(-1)).toBe('Job');
    expect(stderr).toContain('kubectl apply --filename rehearsal.yaml');
    expect(stderr).toContain('--rehearsal rehearsal.txt');
    expect(rehearse(file, '--quiet')).toEqual({ status: 0, stdout, stderr: '' });
  });

  test('says where nothing needs it, and writes nothing', () => {
    const { status, stdout, stderr } = rehearse(file);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /^home: nothing to rehearse: the database stays .*17\.10-1\.1\.1, and Immich v3\.3\.1\./,
    );
  });

  test('compares with the commit where the branches parted', () => {
    runGit(folder, 'checkout', '--quiet', '-b', 'upgrade');
    commit(next);
    expect(rehearse(file).stderr).toContain('nothing to rehearse');
    const { stdout } = rehearse(file, '--base', 'main');
    expect(stdout).toContain('immich-server:v3.3.1 -> ghcr.io/immich-app/immich-server:v3.3.2');
    expect(rehearse(file, '--base=main', '--quiet').stdout).toBe(stdout);
  });

  test.each([
    ['a file with an error', home, home.replace('20Gi', 'much'), 'installations/home.yaml:'],
    ['a commit with an error', `${home}nonsense: 1\n`, next, 'migrate'],
    ['no drill', withoutDrill(home), withoutDrill(next), 'Take "drill: none" out'],
  ])('%s is told, and nothing is written', (_what, before, after, message) => {
    commit(before);
    write(after);
    const { status, stdout, stderr } = rehearse(file);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  test.each([
    ['a new installation', ['installations/new.yaml'], 'is new'],
    ['a base that is not there', [file, '--base', 'nowhere'], '"nowhere"'],
    ['a file that is not there', ['missing.yaml'], 'missing.yaml'],
    ['no file', [], 'No file is named'],
    ['two files', [file, file], 'one too many'],
  ])('%s is nothing to begin with', (_what, args, message) => {
    write(next, 'installations/new.yaml');
    const { status, stdout, stderr } = rehearse(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

test('outside of git there is nothing to compare with', () => {
  write(home);
  const { status, stderr } = rehearse(file);
  expect([status, stderr]).toEqual([2, expect.stringContaining('in no git repository')]);
});

function withoutDrill(text: string): string {
  return edited(text, ['    backup:\n', '    backup:\n      drill: none\n']);
}
