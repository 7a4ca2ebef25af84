import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { bundle } from '../bundle.ts';
import { edited, home } from '../installation/example.ts';

let folder: string;

const validate = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schema/explain-report.json', 'utf8')),
);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  bundle('cli', join(folder, 'cli.cjs'));
  mkdirSync(join(folder, 'installations'));
  const file = join(folder, 'installations/home.yaml');
  writeFileSync(file, home);
  run(['synth', '--quiet']);
  for (const args of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', 'dist', 'installations'],
    ['-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message', 'one'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
  writeFileSync(file, edited(home, ['version: v3.3.1', 'version: v3.3.2']));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], columns?: number) {
  const loaded = columns === undefined ? [] : ['--require', join(__dirname, 'as-terminal.cjs')];
  return spawnSync(process.execPath, [...loaded, 'cli.cjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], COLUMNS: String(columns), TERM: 'dumb' },
  });
}

const textOf = (subject: readonly string[], columns?: number) => run(['explain', ...subject], columns).stdout;
const jsonOf = (subject: readonly string[]) => JSON.parse(textOf([...subject, '--format', 'json']));

const traffic = ['traffic', 'installations/home.yaml'];
const upgrade = ['upgrade', 'installations/home.yaml'];

test.each([
  ['backup-schedule'],
  ['database.cnpg.backup'],
  traffic,
  upgrade,
  ['rebuild', 'installations/home.yaml'],
])('explain %s %s --format json fits its schema', (...subject) => {
  validate(jsonOf(subject));
  expect(validate.errors ?? []).toEqual([]);
});

test('the schema refuses what explain does not say', () => {
  expect(validate({ ...jsonOf(['backup-schedule']), severity: 'grave' })).toBe(false);
});

test('JSON has the words of the text', () => {
  const sentences: { readonly sentence: string }[] = jsonOf(traffic).connections;
  expect(sentences.length).toBeGreaterThan(10);
  for (const { sentence } of sentences) expect(textOf(traffic)).toContain(sentence);
  const { commits } = jsonOf(upgrade);
  expect(commits[0].keys).toEqual([{ key: 'version', value: 'v3.3.2' }]);
  expect(textOf(upgrade)).toContain(commits[0].changes[0].sentence);
});

test('a format that is not known is refused', () => {
  const { status, stderr } = run(['explain', 'backup-schedule', '--format', 'jsn']);
  expect(status).toBe(2);
  expect(stderr).toContain('"jsn" is no value of --format. Did you mean json?');
});

test('on a terminal sentences are folded, and commands are not', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));
  expect(widest(textOf(traffic, 80))).toBeLessThanOrEqual(80);
  expect(widest(textOf(['database.cnpg.backup'], 80))).toBeLessThanOrEqual(80);
  expect(widest(textOf(['route.traefik'], 50))).toBeLessThanOrEqual(50);
  expect(widest(textOf(['--help'], 80))).toBeLessThanOrEqual(80);
  const long = textOf(upgrade, 80)
    .split('\n')
    .filter((line) => line.length > 80);
  expect(long.filter((line) => !/^ *(flux|kubectl) |^To try/.test(line))).toEqual([]);
  expect(textOf(traffic)).toMatch(/^.{100,}$/m);
});
