import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { bundle } from '../bundle.ts';
import { home } from '../changes/bases.ts';
import { readDist } from '../dist/read-dist.ts';
import { runGit } from '../git.ts';
import { type Edit, edited } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'changes-bundle-')), 'synth.cjs');
  bundle('synth', program);
});

afterAll(() => {
  rmSync(dirname(program), { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'changes-'));
  git('init', '--quiet');
  write();
  expect(synth().status).toBe(0);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes the installation file, with some edits. */
function write(...edits: readonly Edit[]): void {
  mkdirSync(join(folder, 'installations'), { recursive: true });
  writeFileSync(join(folder, 'installations/home.yaml'), edited(home, ...edits));
}

const git = (...args: readonly string[]) => runGit(folder, ...args);

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
}

function synth(args: readonly string[] = [], environment: { readonly [name: string]: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const smaller: Edit = ['size: 500Gi', 'size: 400Gi'];
const meant: Edit = [
  'route:',
  'accept: [{ change: "home:volumes.library.size:shrink:500Gi->400Gi", because: "it is empty" }]\nroute:',
];

test('a refused change names the line of the installation file, and leaves dist as it was', () => {
  commit();
  write(smaller);
  const { status, stderr } = synth();
  expect(status).toBe(1);
  expect(stderr).toContain(
    [
      'installations/home.yaml:5:44: refused: volumes.library.size: "400Gi" is less than "500Gi", but a claim cannot shrink.',
      '    |   library: { storageClass: longhorn, size: 400Gi, backup: none, reason: test }',
      '    |                                            ^^^^^',
      '    Write "500Gi" or more.',
    ].join('\n'),
  );
  expect(git('status', '--porcelain')).toBe(' M installations/home.yaml\n');
});

test('what is accepted in the file is written, and told; once it is committed, the entry is told to be stale', () => {
  commit();
  write(smaller, meant);
  const accepted = synth();
  expect(accepted.status).toBe(0);
  expect(accepted.stdout).toContain(
    'accepted: "400Gi" is less than "500Gi", but a claim cannot shrink. (it is empty)',
  );
  commit();
  write(smaller, meant, ['photos.example.com', 'pictures.example.com']);
  expect(synth().stderr).toContain(
    'warning: accept: "home:volumes.library.size:shrink:500Gi->400Gi" is accepted, but nothing of that id happens.',
  );
});

test('the last commit counts, not what was written since', () => {
  commit();
  write(['size: 500Gi', 'size: 900Gi']);
  expect(synth().status).toBe(0);
  write(['size: 500Gi', 'size: 600Gi']);
  expect(synth().status).toBe(0);
  write(smaller);
  expect(synth().status).toBe(1);
});

test('a folder that is not in the commit is new', () => {
  git('commit', '--quiet', '--allow-empty', '--message', 'test');
  write(smaller);
  expect(synth().status).toBe(0);
});

test('a folder that git ignores is compared with what stands there', () => {
  writeFileSync(join(folder, '.gitignore'), 'dist\n');
  commit();
  write(smaller);
  expect(synth().status).toBe(1);
});

test('where cdk8s has emptied the folder, the commit is still what counts, and the way back is told', () => {
  commit();
  const before = readDist(nodeFiles(join(folder, 'dist'))).files;
  rmSync(join(folder, 'dist'), { recursive: true });
  write(smaller);
  const { status, stderr } = synth([], { CDK8S_OUTDIR: 'dist' });
  expect(status).toBe(1);
  expect(stderr).toContain('cdk8s has emptied dist/ before. Bring it back: git restore dist\n');
  git('restore', 'dist');
  expect(readDist(nodeFiles(join(folder, 'dist'))).files).toEqual(before);
});

test('an output elsewhere is compared with the commit of its own repository', () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  runGit(other, 'init', '--quiet');
  expect(synth(['--output', 'other/deep/dist']).status).toBe(0);
  runGit(other, 'add', '--all');
  runGit(other, 'commit', '--quiet', '--message', 'test');
  rmSync(join(other, 'deep'), { recursive: true });
  write(smaller);
  expect(synth(['--output', 'other/deep/dist']).status).toBe(1);
});

test('git is not asked where nothing would be written', () => {
  commit();
  const path = join(folder, 'bin');
  mkdirSync(path);
  const log = join(folder, 'asked');
  writeFileSync(join(path, 'git'), `#!/bin/sh\necho asked >> '${log}'\nexit 1\n`, { mode: 0o755 });
  const PATH = `${path}:${process.env['PATH']}`;
  expect(synth([], { PATH }).status).toBe(0);
  expect(() => readFileSync(log)).toThrow('ENOENT');
  write(smaller);
  expect(synth([], { PATH }).status).toBe(1);
  expect(readFileSync(log, 'utf8')).toContain('asked');
});

test('dist that was edited without its file is refused, with the line that says otherwise', () => {
  commit();
  const deployment = join(folder, 'dist/home/home/app/deployment.immich-server.yaml');
  const text = readFileSync(deployment, 'utf8');
  writeFileSync(deployment, text.replaceAll('v3.3.1', 'v3.4.0'));
  commit();
  const { status, stderr } = synth();
  expect(status).toBe(1);
  expect(stderr).toContain(
    'installations/home.yaml:2:10: refused: version: dist was edited without this file: it says v3.4.0 where version says v3.3.1',
  );
  expect(stderr).toContain('If v3.4.0 is meant, write it here at version');
  write(['version: v3.3.1', 'version: v3.4.0']);
  expect(synth().status).toBe(0);
});

describe('images that Renovate edits in dist', () => {
  /** Commits an edit of one file in dist, and gives what synth says. */
  function synthAfter(file: string, from: string, to: string) {
    commit();
    const path = join(folder, 'dist/home/home', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replaceAll(from, to));
    commit();
    return synth();
  }

  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

  test('Valkey, whose key is not in the file: refused, with the line to add', () => {
    const { status, stderr } = synthAfter('app/deployment.immich-valkey.yaml', '9.1-alpine', '9.2-alpine');
    expect(status).toBe(1);
    expect(stderr).toContain('since the file has no valkey.image');
    expect(stderr).toContain('write it here at valkey: { image: "docker.io/valkey/valkey:9.2-alpine" }');
  });

  test('a digest of Valkey', () => {
    const { stderr } = synthAfter('app/deployment.immich-valkey.yaml', '9.1-alpine', `9.1-alpine@${digest}`);
    expect(stderr).toContain(
      `write it here at valkey: { image: "docker.io/valkey/valkey:9.1-alpine@${digest}" }`,
    );
  });

  test('a digest of the server', () => {
    const server = 'immich-server:v3.3.1';
    const { stderr } = synthAfter('app/deployment.immich-server.yaml', server, `${server}@${digest}`);
    expect(stderr).toContain(`write it here at server: { image: "ghcr.io/immich-app/${server}@${digest}" }`);
  });

  test('an image older than ours is that of an older version of this program, and no edit', () => {
    const { status, stderr } = synthAfter('app/deployment.immich-valkey.yaml', '9.1-alpine', '9.0-alpine');
    expect(status).toBe(0);
    expect(stderr).not.toContain('edited');
  });

  test('the database, by the whole of its image', () => {
    const { status, stderr } = synthAfter('database/cluster.immich-db.yaml', ':17.10-1.1.1', ':17.11-1.1.1');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'If ghcr.io/tensorchord/cloudnative-vectorchord:17.11-1.1.1 is meant, write it here at database.cnpg.image',
    );
  });
});

test('an acceptance that is done is told by a run that writes nothing, too', () => {
  commit();
  write(smaller, meant);
  expect(synth().status).toBe(0);
  expect(synth().stderr).not.toContain('nothing of that id happens');
  commit();
  const { status, stderr, stdout } = synth();
  expect(status).toBe(0);
  expect(stderr).toContain('nothing of that id happens');
  expect(stdout).not.toContain('What this change does');
});

test('steps are told in the summary', () => {
  commit();
  write(['photos.example.com', 'pictures.example.com']);
  const { stdout } = synth();
  expect(stdout).toContain('What this change does');
  expect(stdout).toContain('home: steps: Immich no longer answers at photos.example.com');
  expect(stdout).toContain('    - On every phone: log out, and in again at https://pictures.example.com.');
});

test('an installation file with another name and the same name inside changes nothing', () => {
  commit();
  git('mv', 'installations/home.yaml', 'installations/photos.yaml');
  const { status, stdout } = synth();
  expect(status).toBe(0);
  expect(stdout).not.toContain('What this change does');
});

test('a file that was edited itself is not taken for edited dist', () => {
  commit();
  write(['version: v3.3.1', 'version: v3.2.0']);
  const { stderr } = synth();
  expect(stderr).toContain('home:version:downgrade:v3.3.1->v3.2.0');
  expect(stderr).not.toContain('edited');
});

test('a file that was committed before synth ran is not taken for edited dist, and later edits of dist are', () => {
  commit();
  write(['v3.3.1', 'v3.4.0']);
  git('commit', '--quiet', '--all', '--message', 'the version alone');
  const first = synth();
  expect([first.status, first.stderr]).toEqual([0, expect.not.stringContaining('dist was edited')]);
  commit();
  const path = join(folder, 'dist/home/home/app/deployment.immich-server.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('v3.4.0', 'v3.5.0'));
  commit();
  const second = synth();
  expect([second.status, second.stderr]).toEqual([
    1,
    expect.stringContaining('dist was edited without this file'),
  ]);
});

test('another name of an installation is told as such, at the file that has it', () => {
  commit();
  write(['name: home', 'name: photos']);
  expect(synth().stderr).toContain(
    'installations/home.yaml:1:7: refused: name: The folder home is gone from dist',
  );
});

test('the removal of a folder that is committed is not refused again', () => {
  commit();
  writeFileSync(
    join(folder, 'installations/other.yaml'),
    edited(
      home,
      ['name: home', 'name: other'],
      ['host:', 'namespace: other\nhost:'],
      ['immich-backups,', 'other,'],
    ),
  );
  rmSync(join(folder, 'installations/home.yaml'));
  expect(synth().status).toBe(1);
  git('rm', '-r', '--quiet', 'dist/home');
  commit();
  expect(synth().status).toBe(0);
});
