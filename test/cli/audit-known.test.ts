import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundle } from '../bundle.ts';
import { runGit } from '../git.ts';

const programs = mkdtempSync(join(tmpdir(), 'audit-program-'));
const program = join(programs, 'audit.cjs');
let folder = '';

beforeAll(() => bundle('audit', program));
afterAll(() => rmSync(programs, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const backup = (name: string, schedule = '0 3 * * *') => `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: ${name} }
spec: { schedule: "${schedule}", cluster: { name: immich-db } }
`;

const server = (...variables: readonly string[]) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 1000 }
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          securityContext: { allowPrivilegeEscalation: false }
          env:
${variables.map((name) => `            - { name: ${name}, value: nonsense }\n`).join('')}`;

describe('a baseline', () => {
  beforeEach(() => {
    write({ 'old.yaml': backup('old') });
    expect(audit('.', '--write-baseline', 'known.json')).toMatchObject({
      code: 0,
      out: '1 finding is known from now on.\n',
    });
  });

  test('is what its schema says', () => {
    const valid = new Ajv2020({ strict: true }).compile(
      JSON.parse(readFileSync('schema/audit-baseline.json', 'utf8')),
    );
    expect([valid(JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'))), valid.errors]).toEqual([
      true,
      null,
    ]);
  });

  test('takes what it knows out of every format, and says how much', () => {
    const known = ['.', '--baseline', 'known.json'];
    expect(audit(...known)).toMatchObject({ code: 0, error: '' });
    expect(audit(...known).out).toContain('No new findings beside 1 that is known, in 1 file');
    expect(audit(...known, '--format', 'github')).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse(audit(...known, '--format', 'json').out).findings).toEqual([]);
    expect(JSON.parse(audit(...known, '--format', 'sarif').out).runs[0].results).toEqual([]);
  });

  test('holds when lines come, and tells what is new, in the same file too', () => {
    write({ 'old.yaml': `# A comment.\n\n${backup('old')}` });
    expect(audit('.', '--baseline', 'known.json').code).toBe(0);
    write({ 'old.yaml': `${backup('new')}---\n${backup('old')}` });
    const { code, out } = audit('.', '--baseline', 'known.json', '--format', 'github');
    expect(code).toBe(1);
    expect(out.match(/^::.*/gm)).toEqual([expect.stringContaining('file=old.yaml,line=4,')]);
  });

  test('holds when another element of the same list comes before', () => {
    write({ 'old.yaml': server('DB_VECTOR_EXTENSION') });
    const count = () => JSON.parse(audit('.', '--format', 'json', '--baseline', 'known.json').out).findings;
    const before = count();
    expect(before).toContainEqual(expect.objectContaining({ rule: 'refused-value' }));
    audit('.', '--write-baseline', 'known.json');
    write({ 'old.yaml': server('IMMICH_ENV', 'DB_VECTOR_EXTENSION') });
    expect(count()).toEqual([expect.objectContaining({ message: expect.stringContaining('IMMICH_ENV') })]);
  });

  test('tells what became graver', () => {
    write({ 'old.yaml': backup('old', '0 3 * * *'), 'archive/a.yaml': backup('put-away') });
    audit('.', '--write-baseline', 'known.json');
    expect(audit('.', '--baseline', 'known.json').code).toBe(0);
    const text = readFileSync(join(folder, 'known.json'), 'utf8');
    write({ 'known.json': text.replace('"error"', '"info"') });
    expect(audit('.', '--baseline', 'known.json').code).toBe(1);
  });

  test('says what of it is gone, but not of rules that were not asked', () => {
    write({ 'old.yaml': backup('old', '0 0 3 * * *') });
    expect(audit('.', '--baseline', 'known.json').error).toContain(
      '1 finding of the baseline is gone; write it anew with --write-baseline.\n',
    );
    expect(audit('.', '--baseline', 'known.json', '--ignore', 'backup-schedule').error).not.toContain(
      'of the baseline',
    );
    expect(audit('.', '--baseline', 'known.json', '--quiet')).toMatchObject({ out: '', error: '' });
  });

  test.each([
    ['nowhere.json', undefined, 'There is no nowhere.json. Write it with --write-baseline.'],
    ['bad.json', '{', 'is no JSON object'],
    ['bad.json', '{ "version": 2, "findings": [] }', 'has the version 2'],
    ['bad.json', '{ "version": 1 }', 'has no list'],
    ['bad.json', '{ "version": 1, "findings": [{ "fingerprint": "a", "severity": "bad" }] }', 'severity'],
  ])('%s with %s says what is wrong with it', (file, text, message) => {
    if (text !== undefined) write({ [file]: text });
    const { code, out, error } = audit('.', '--baseline', file);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(file);
    expect(error).toContain(message);
    expect(error).toContain('--write-baseline');
  });
});

describe('--diff', () => {
  beforeEach(() => {
    runGit(folder, 'init', '--quiet', '--initial-branch=main');
    write({ 'kubernetes/old.yaml': backup('old') });
    commit();
    runGit(folder, 'switch', '--quiet', '--create', 'branch');
  });

  test('tells what a branch adds, untracked files included, and nothing that was there', () => {
    expect(audit('kubernetes', '--diff', 'main').code).toBe(0);
    write({ 'kubernetes/committed.yaml': backup('committed') });
    commit();
    write({ 'kubernetes/untracked.yaml': backup('untracked') });
    const { code, out } = audit('kubernetes', '--diff', 'main', '--format', 'github');
    expect(code).toBe(1);
    expect([...out.matchAll(/file=(.+?),/g)].map(([, file]) => file)).toEqual([
      'kubernetes/committed.yaml',
      'kubernetes/untracked.yaml',
    ]);
  });

  test("what came to the other branch since is not the branch's", () => {
    runGit(folder, 'switch', '--quiet', 'main');
    write({ 'kubernetes/old.yaml': backup('old', '0 0 3 * * *') });
    commit();
    runGit(folder, 'switch', '--quiet', 'branch');
    expect(audit('kubernetes', '--diff', 'main').code).toBe(0);
  });

  test('of a single file tells what came to it', () => {
    expect(audit('kubernetes/old.yaml', '--diff', 'main').code).toBe(0);
    write({ 'kubernetes/old.yaml': `${backup('old')}---\n${backup('new')}` });
    expect(audit('kubernetes/old.yaml', '--diff', 'main').code).toBe(1);
  });

  test('needs a commit that git knows', () => {
    const { code, error } = audit('kubernetes', '--diff', 'nothing');
    expect(code).toBe(2);
    expect(error).toContain('git knows no commit by the name of "nothing"');
  });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function commit(): void {
  runGit(folder, 'add', '--all');
  runGit(folder, 'commit', '--quiet', '--message', 'test');
}

function audit(...args: readonly string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { code: status, out: stdout, error: stderr };
}
