import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { nodeFiles } from '../../cli/node-files.ts';
import { bundle } from '../bundle.ts';
import { readDist } from '../dist/read-dist.ts';
import { edited, home, homeWithoutBackup, k3s } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'migrate-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  write('installations/home.yaml', withoutReason);
  run('synth', '--quiet');
  write('installations/home.yaml', older);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** home with an image that is not the newest. */
const withoutReason = edited(
  home,
  ['17.10-1.1.1', '16.9-0.4.3'],
  [homeWithoutBackup, 'backup: none, reason: not decided yet'],
);
const older = edited(
  withoutReason,
  ['    image: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3\n', ''],
  [', backup: none, reason: not decided yet', ''],
);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const text = (path: string) => readFileSync(join(folder, path), 'utf8');

test('synth refuses an older file and says what to write, which migrate writes, and dist stays the same', () => {
  const before = readDist(nodeFiles(join(folder, 'dist'))).files;
  const refused = run('synth');
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(
    'Write image: ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3, which dist/home/home/database/cluster.immich-db.yaml has now. "immich-cdk8s migrate" writes it.\n',
  );
  const { status, stdout, stderr } = run('migrate');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^installations\/home\.yaml: written: database\.cnpg\.image: ghcr\.io\/\S+:16\.9-0\.4\.3\. .*\ninstallations\/home\.yaml: written: volumes\.library\.backup: none, volumes\.library\.reason: not decided yet\. .*\n1 file: 1 written\.\n$/,
  );
  expect(text('installations/home.yaml')).toBe(withoutReason);
  expect(run('synth').status).toBe(0);
  expect(readDist(nodeFiles(join(folder, 'dist'))).files).toEqual(before);
});

test('synth without a dist proposes the newest image, and says so to programs too', () => {
  const { status, stdout } = run('synth', '--output', 'elsewhere', '--format', 'json');
  expect(status).toBe(1);
  const { problems } = JSON.parse(stdout);
  const { message } = problems.find(({ key }: { key: string }) => key === 'database.cnpg');
  expect(message).toContain('17.10-1.1.1, the newest that this version of Immich is known to work with');
});

test('a file that is up to date is told so, and not touched', () => {
  run('migrate');
  const path = join(folder, 'installations/home.yaml');
  utimesSync(path, 1, 1);
  expect(run('migrate')).toEqual({
    status: 0,
    stdout: '1 file: 1 up to date.\n',
    stderr: '',
  });
  expect(statSync(path).mtimeMs).toBe(1000);
  expect(run('migrate', '--check', '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('--check writes nothing, and its exit code says whether there is something to write', () => {
  const { status, stdout, stderr } = run('migrate', '--check');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('installations/home.yaml: missing: database.cnpg.image: ');
  expect(text('installations/home.yaml')).toBe(older);
});

test('only the named files are migrated, from the dist that is named', () => {
  write('installations/k3s.yaml', edited(k3s, ['    backup: none\n', '']));
  const { status, stdout } = run('migrate', '--output', 'nowhere', 'installations/home.yaml');
  expect(status).toBe(0);
  expect(stdout).toContain('17.10-1.1.1. It is the newest');
  expect(text('installations/k3s.yaml')).not.toContain('backup: none');
});

test('what only a person can write is told, with exit code 1', () => {
  const shared = edited(
    older,
    [
      'library: { storageClass: longhorn, size: 500Gi }',
      'library: &volume { storageClass: longhorn, size: 500Gi }',
    ],
    ['models:  { storageClass: longhorn, size: 20Gi }', 'models: *volume'],
  );
  write('installations/home.yaml', shared);
  const { status, stderr } = run('migrate');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^installations\/home\.yaml: error: volumes\.library\.backup: none, .* write it\.\n1 file: 1 to be mended by hand\.\n$/,
  );
});

test('a file that is no YAML is told with its place, and the others are migrated', () => {
  write('installations/broken.yaml', 'name: [broken\n');
  const { status, stderr } = run('migrate');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^installations\/broken\.yaml:\d+:\d+: error: /);
  expect(text('installations/home.yaml')).toBe(withoutReason);
});

test.each([[[]], [['--check']]])('the result for programs is as its schema says, with %j', (args) => {
  const validate = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(join(__dirname, '../../schema/migrate-report.json'), 'utf8')),
  );
  write('installations/broken.yaml', 'name: [broken\n');
  const { stdout, stderr } = run('migrate', '--format', 'json', ...args);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  expect(validate(report) || validate.errors).toBe(true);
  const { written, missing } = report.files.at(-1);
  const steps = ['database-image', 'library-backup', 'library-backup'];
  expect((args.length === 0 ? written : missing).map(({ step }: { step: string }) => step)).toEqual(steps);
  expect(args.length === 0 ? missing : written).toEqual([]);
  expect(report.files[0].faults).toHaveLength(1);
});

test('what cannot be read, and wrong usage, have exit code 2', () => {
  expect(run('migrate', 'nowhere.yaml').status).toBe(2);
  expect(run('migrate', '--installations', 'nowhere').status).toBe(2);
  expect(run('migrate', '--chekc')).toMatchObject({ status: 2, stderr: expect.stringContaining('--check?') });
  expect(run('migrate', '--format', 'yaml')).toMatchObject({ status: 2, stdout: '' });
});
