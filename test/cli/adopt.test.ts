import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundle } from '../bundle.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'adopt-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(join(program, '..'), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const plain = join(__dirname, '../adoption/walks/plain');

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'adopt', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

test('prints the file, so that it can be piped, and tells the rest beside it', () => {
  const { status, stdout, stderr } = run(plain, '--name', 'photos');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^name: photos\nversion: v3\.3\.1 # from apps\/photos\/immich\.yaml:18\n/);
  expect(stderr).toContain('Read: photos/immich-server in apps/photos/immich.yaml.');
});

test('--format json is as its schema says, and has the file in it', () => {
  const valid = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(join(__dirname, '../../schema/adopt-report.json'), 'utf8')),
  );
  const printed = run(plain, '--format', 'json');
  const report = JSON.parse(printed.stdout);
  expect([valid(report), valid.errors]).toEqual([true, null]);
  expect(report).toMatchObject({
    version: 1,
    file: 'installations/home.yaml',
    written: false,
    refused: false,
  });
  expect(report.text).toBe(run(plain).stdout);
  expect(report.switch.kept.length).toBeGreaterThan(0);
  const written = run(plain, '--format', 'json', '--output', 'home.yaml');
  expect(JSON.parse(written.stdout)).toMatchObject({ file: 'home.yaml', written: true, text: report.text });
  expect(run(plain, '--format', 'xml')).toMatchObject({ status: 2, stdout: '' });
});

test('writes a file that is not there, and never one that is', () => {
  expect(run(plain, '--output', 'installations/home.yaml')).toMatchObject({ status: 0, stderr: '' });
  const file = join(folder, 'installations/home.yaml');
  expect(readFileSync(file, 'utf8')).toContain('name: home\n');
  writeFileSync(file, 'Ours.\n');
  expect(run(plain, '--output', 'installations/home.yaml').stdout).toContain(
    'installations/home.yaml is there already and stays as it is.',
  );
  expect(readFileSync(file, 'utf8')).toBe('Ours.\n');
});

test('says what is missing where there is nothing to adopt', () => {
  expect(run()).toMatchObject({ status: 2, stdout: '' });
  expect(run('nowhere').stderr).toMatch(/^There is no .*nowhere\.$/m);
  const { status, stderr } = run('.', '--output', 'home.yaml');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^No server of Immich was found in /);
  expect(existsSync(join(folder, 'home.yaml'))).toBe(false);
});

test('a name that cannot be one is refused', () => {
  expect(run(plain, '--name', 'My Home')).toMatchObject({ status: 2 });
});
