import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf, unreadableText } from '../../cli/unreadable.ts';
import { bundle } from '../bundle.ts';
import { home } from '../installation/example.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unreadable-'));
  bundle('cli', join(folder, 'cli.cjs'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'home.yaml'), home);
  writeFileSync(join(folder, 'object.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one }\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli.cjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

const ofFiles = [
  ['synth'],
  ['doctor'],
  ['migrate'],
  ['rehearse'],
  ['explain', 'traffic'],
  ['explain', 'rebuild'],
  ['explain', 'upgrade'],
];
const ofFolders = [['audit'], ['adopt'], ['review', '--base', 'main']];
const nothing = expect.stringMatching(/^There is no .*none\.yaml\.\n$/);
const long = `${'x'.repeat(3000)}.yaml`;

test.each([...ofFiles, ...ofFolders])('%s %s: what is not there is told in one sentence', (...command) => {
  expect(run([...command, 'none.yaml'])).toEqual({ status: 2, stdout: '', stderr: nothing });
});

test.each(ofFiles)(
  '%s %s: a folder in the place of a file, and a part of a path that is a file',
  (...command) => {
    expect(run([...command, 'empty/']).stderr).toMatch(/is a folder\. Name a file in it\.\n$/);
    expect(run([...command, 'home.yaml/home.yaml']).stderr).toMatch(/a part of that path is a file\.\n$/);
  },
);

test.each([...ofFiles, ...ofFolders])(
  '%s %s: a name that no file can have is not shown whole',
  (...command) => {
    const { status, stderr } = run([...command, long]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/xxxxx…" is longer than a path can be\.\n$/);
    expect(stderr.length).toBeLessThan(200);
  },
);

test.each([
  ['audit', 'object.yaml', '--output', 'none/report.txt'],
  ['audit', 'object.yaml', '--write-baseline', 'empty'],
])('%s %s %s %s: where nothing can be written, one sentence says so', (...args) => {
  const { status, stderr } = run(args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^(There is no .*report\.txt\.|.*empty is a folder\. Name a file in it\.)\n$/);
});

test('review takes a folder, and says so of a file', () => {
  expect(run(['review', '--base', 'main', 'home.yaml']).stderr).toMatch(/home\.yaml is a file, .*\n$/);
});

test('what is no error of the system keeps its own words', () => {
  expect(unreadableText('a.yaml', new Error('Something else'))).toBe(
    'a.yaml cannot be read: Something else.',
  );
  expect(nameOf('installations/home.yaml')).toBe('installations/home.yaml');
});
