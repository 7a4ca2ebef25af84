import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
const program = join(folder, 'corpus.cjs');
const repositories = join(folder, 'repositories');

const server = (tag: string, variables = '[]') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:${tag}
          env: ${variables}
`;

const backup = (name: string) => `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: ${name} }
spec: { schedule: "0 3 * * *", cluster: { name: ${name} } }
`;

beforeAll(() => {
  bundle('corpus', program);
  write('one/server.yaml', server('release'));
  write('one/backups.yaml', ['a', 'b', 'c', 'd'].map(backup).join('---\n'));
  write('two/server.yaml', server('v3.3.1', '[{ name: DB_PASSWORD, value: correct-horse-7 }]'));
  write(
    'two/broken.yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: immich-a }\nspec: { a: [ }\n',
  );
  write('three/compose.yaml', 'services: {}\n');
  write('four/compose.yaml', 'services:\n  immich:\n    image: ghcr.io/immich-app/immich-server:v2\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(repositories, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function corpus(...args: readonly string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { code: status, out: stdout, error: stderr };
}

test('counts what each rule finds, and in how many repositories', () => {
  const { code, out } = corpus('repositories');
  expect(code).toBe(0);
  expect(out).toMatch(/^backup-schedule +4 +0 +0 +1$/m);
  expect(out).toMatch(/^moving-tag +0 +1 +0 +1$/m);
  expect(out).toMatch(/^secret-value +1 +0 +0 +1$/m);
});

test('says of each repository how long it took, and whether Immich was understood', () => {
  const { out } = corpus('repositories');
  expect(out).toMatch(/^one +\d+ ms +5 +4 +\d+ +\d+ +understood$/m);
  expect(out).toMatch(/^three +\d+ ms +0 +0 +0 +0 +absent$/m);
  expect(out).toMatch(/^four +\d+ ms +0 +0 +0 +0 +missed$/m);
});

test('names what was not understood, and what is broken', () => {
  const { out } = corpus('repositories');
  expect(out).toContain('four/compose.yaml: the image ghcr.io/immich-app/immich-server in a file of Compose');
  expect(out).toContain('two/broken.yaml: broken YAML');
  expect(out).not.toContain('three/');
});

test('shows the same findings every time, with their lines, and no more than were asked', () => {
  const shown = corpus('repositories', '--errors', '2', '--warnings', '0').out.match(/^\d+\. .*\n.*$/gm);
  expect(shown).toHaveLength(2);
  expect(corpus('repositories', '--errors', '2', '--warnings', '0').out.match(/^\d+\. .*\n.*$/gm)).toEqual(
    shown,
  );
  expect(corpus('repositories', '--rule', 'moving-tag').out).toContain('1. one/server.yaml\n  9:18  warning');
});

test('a finding that comes leaves the others in their order', () => {
  const places = () => corpus('repositories', '--rule', 'backup-schedule').out.match(/ScheduledBackup \w/g);
  const before = places();
  write('one/other.yaml', backup('e'));
  expect(places()?.filter((one) => one !== 'ScheduledBackup e')).toEqual(before);
  rmSync(join(repositories, 'one/other.yaml'));
});

test('no secret is shown', () => {
  const { out } = corpus('repositories');
  expect(out).toContain('DB_PASSWORD stands in plain text');
  expect(out).not.toContain('correct-horse-7');
});

test('several folders are a repository each', () => {
  const { out } = corpus('repositories/one', 'repositories/two');
  expect(out).toMatch(/^two .*understood$/m);
  expect(out).not.toMatch(/^four /m);
});

test.each([
  [[], 'No folder is given'],
  [['nowhere'], 'There is no folder'],
  [['repositories/one'], 'holds no folders'],
  [['repositories', '--errors', 'many'], 'take a number'],
])('%j is refused', (args, message) => {
  const { code, error } = corpus(...args);
  expect(code).toBe(2);
  expect(error).toContain(message);
});

test('says how many give an installation file that synth accepts, and what is to be filled in', () => {
  const { code, out } = corpus('repositories', '--adopt');
  expect(code).toBe(0);
  expect(out).toMatch(/^2 of 2 repositories with Immich give a file that synth accepts/);
  expect(out).toMatch(/on v2 or v3, 1 of 1\.$/m);
  expect(out).toMatch(/^one: version not known, \d+ to fill in$/m);
  expect(out).toMatch(/^two: v3\.3\.1, \d+ to fill in$/m);
  expect(out).not.toContain('correct-horse-7');
});
