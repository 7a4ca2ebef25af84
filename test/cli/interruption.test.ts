import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { bundle } from '../bundle.ts';
import { readDist } from '../dist/read-dist.ts';
import { edited, home } from '../installation/example.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interruption-'));
  bundle('cli', join(folder, 'cli.cjs'));
  mkdirSync(join(folder, 'installations'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in a terminal until it tells its progress, then presses Ctrl-C where that is wanted. */
async function run(args: readonly string[], isInterrupted: boolean) {
  const child = spawn(
    process.execPath,
    ['--require', join(__dirname, 'as-terminal.cjs'), 'cli.cjs', ...args],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], COLUMNS: '80', IS_SLOW: 'yes' },
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString();
    if (isInterrupted) child.kill('SIGINT');
  });
  return new Promise<{ signal: string | null; stdout: string; stderr: string }>((done) => {
    child.on('close', (_, signal) => done({ signal, stdout, stderr }));
  });
}

/** What was told that is no progress, of which each line empties the one before. */
function wordsIn(stderr: string): string[] {
  return stderr.split('\r\u001b[K').filter((line) => !/^((Synthesizing|Reading) [^\n]*)?$/.test(line));
}

test('Ctrl-C ends synth at once without a word, and dist is as it was', async () => {
  writeFileSync(join(folder, 'installations/home.yaml'), home);
  const first = await run(['synth'], false);
  expect(first).toMatchObject({ signal: null });
  const before = readDist(nodeFiles(join(folder, 'dist')));
  expect(before.files.size).toBeGreaterThan(0);
  writeFileSync(join(folder, 'installations/home.yaml'), edited(home, ['photos.', 'pictures.']));
  for (let count = 0; count < 200; count += 1) {
    const other = edited(
      home,
      ['name: home', `name: other-${count}`],
      ['bucket: immich-backups', `bucket: other-${count}`],
    );
    writeFileSync(join(folder, `installations/other-${count}.yaml`), other);
  }
  // Shells say 130 of a program that this signal has ended.
  const { signal, stdout, stderr } = await run(['synth'], true);
  expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
  expect(stderr).not.toBe('');
  expect(wordsIn(stderr)).toEqual([]);
  expect(readDist(nodeFiles(join(folder, 'dist')))).toEqual(before);
});

test('Ctrl-C ends audit at once without a word', async () => {
  mkdirSync(join(folder, 'many'));
  for (let count = 0; count < 2000; count += 1) {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config-${count} }\n`;
    writeFileSync(join(folder, `many/${count}.yaml`), text);
  }
  const { signal, stdout, stderr } = await run(['audit', 'many'], true);
  expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
  expect(stderr).not.toBe('');
  expect(wordsIn(stderr)).toEqual([]);
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  selector: { matchLabels: { app: immich-server } }
  template:
    metadata: { labels: { app: immich-server } }
    spec: { containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }] }
`;

function writeDeployments(to: string): void {
  for (let count = 0; count < 1000; count += 1) {
    const text = deployment.replace('immich-server,', `server-${count},`);
    writeFileSync(join(to, `${count}.yaml`), text);
  }
}

test('Ctrl-C ends adopt at once without a word, and no file is begun', async () => {
  mkdirSync(join(folder, 'today'));
  writeDeployments(join(folder, 'today'));
  const args = ['adopt', 'today', '--output', 'adopted/home.yaml'];
  const { signal, stdout, stderr } = await run(args, true);
  expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
  expect(stderr).not.toBe('');
  expect(wordsIn(stderr)).toEqual([]);
  expect(existsSync(join(folder, 'adopted'))).toBe(false);
});

test('Ctrl-C ends review at once without a word, and no report is begun', async () => {
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository });
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(repository, 'server.yaml'), deployment);
  git('add', '.');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message', 'one');
  writeDeployments(repository);
  const args = ['review', '--base', 'main', '--output', 'report.txt', 'repository'];
  const { signal, stdout, stderr } = await run(args, true);
  expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
  expect(stderr).not.toBe('');
  expect(wordsIn(stderr)).toEqual([]);
  expect(existsSync(join(folder, 'report.txt'))).toBe(false);
});

test.each(['traffic', 'rebuild', 'upgrade'])(
  'Ctrl-C ends explain %s at once without a word',
  async (subject) => {
    // A file that nobody writes keeps its reader waiting.
    execFileSync('mkfifo', [join(folder, `${subject}.yaml`)]);
    const child = spawn(process.execPath, ['cli.cjs', 'explain', subject, `${subject}.yaml`], {
      cwd: folder,
    });
    let told = '';
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (part: Buffer) => {
        told += part.toString();
      });
    }
    setTimeout(() => child.kill('SIGINT'), 2000);
    const signal = await new Promise((done) => child.on('close', (_, ended) => done(ended)));
    expect({ signal, told }).toEqual({ signal: 'SIGINT', told: '' });
  },
);
