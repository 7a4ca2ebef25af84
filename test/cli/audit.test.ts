import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundle } from '../bundle.ts';

let folder = '';
let program = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  program = join(folder, 'audit.cjs');
  bundle('audit', program);
  writeFileSync(
    join(folder, 'error.yaml'),
    `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: immich-db
spec:
  schedule: "0 3 * * *" # every night
  cluster:
    name: immich-db
`,
  );
  writeFileSync(
    join(folder, 'warning.yaml'),
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 1000 }
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:release
          securityContext: { allowPrivilegeEscalation: false }
`,
  );
  writeFileSync(join(folder, 'nothing.yaml'), 'a: 1\n');
  writeFileSync(join(folder, 'clean.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: immich }\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function audit(...args: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { code: status, out: stdout, error: stderr };
}

test('the report shows the value with a caret, the rule, the fix, and what was read', () => {
  const { code, out } = audit('error.yaml');
  expect(code).toBe(1);
  expect(out.replace(/\d+\.\d+ s/, '0 s')).toBe(`error.yaml

  6:13  error  "0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03.  backup-schedule
    |   schedule: "0 3 * * *" # every night
    |             ^^^^^^^^^^^
    fix: Write "0 0 3 * * *" for every day at 03:00:00.
    ScheduledBackup immich-db, spec.schedule

1 error in 1 file: 1 object, 0 workloads understood, 0 s.
`);
});

test.each([
  [['clean.yaml'], 0],
  [['warning.yaml'], 0],
  [['warning.yaml', '--fail-on', 'warning'], 1],
  [['error.yaml', '--fail-on', 'warning'], 1],
  [['error.yaml', '--fail-on', 'never'], 0],
  [['nothing.yaml'], 2],
  [['nowhere'], 2],
  [[], 2],
  [['a', 'b'], 2],
  [['.', '--format', 'xml'], 2],
  [['.', '--fail-on', 'sometimes'], 2],
  [['.', '--unknown'], 2],
  [['--explain', 'no-such-rule'], 2],
  [['--help'], 0],
])('%j exits with %d', (args, code) => {
  expect(audit(...args).code).toBe(code);
});

test('what cannot run says why, and what to do', () => {
  expect(audit('nowhere').error).toContain('There is no');
  expect(audit('nothing.yaml').error).toContain('holds no Kubernetes objects');
  expect(audit('--explain', 'backup-shedule').error).toContain('Did you mean backup-schedule?');
  expect(audit('.', '--format', 'xml').error).toContain('text, json, sarif, github');
});

test('json is an object with the findings, as its schema says', () => {
  const report = JSON.parse(audit('error.yaml', '--format', 'json').out);
  const valid = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync('schema/audit-report.json', 'utf8')),
  );
  expect([valid(report), valid.errors]).toEqual([true, null]);
  const [first, ...others] = report.findings;
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    rule: 'backup-schedule',
    severity: 'error',
    file: 'error.yaml',
    line: 6,
    column: 13,
    path: 'spec.schedule',
    object: { kind: 'ScheduledBackup', name: 'immich-db' },
    fix: 'Write "0 0 3 * * *" for every day at 03:00:00.',
  });
});

test('sarif names each rule it uses, and where', () => {
  const log = JSON.parse(audit('.', '--format', 'sarif').out);
  expect(log.version).toBe('2.1.0');
  const [{ tool, results }] = log.runs;
  expect(results.map((result: { ruleId: string }) => result.ruleId)).toEqual([
    'backup-schedule',
    'moving-tag',
  ]);
  for (const { ruleId, ruleIndex, level, message, locations } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(['error', 'warning', 'note']).toContain(level);
    expect(message.text).not.toBe('');
    expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[a-z]+\.yaml$/);
  }
});

test('github gets one annotation for each finding', () => {
  expect(audit('error.yaml', '--format', 'github').out).toBe(
    '::error file=error.yaml,line=6,col=13,title=backup-schedule::"0 3 * * *" has five fields; CloudNativePG reads seconds first and would run this every hour at :03. Write "0 0 3 * * *" for every day at 03:00:00.\n',
  );
});

test('files are named as seen from the working folder where programs look for them', () => {
  mkdirSync(join(folder, 'kubernetes'));
  copyFileSync(join(folder, 'error.yaml'), join(folder, 'kubernetes/error.yaml'));
  expect(audit('kubernetes', '--format', 'github').out).toContain('file=kubernetes/error.yaml,');
  expect(audit('kubernetes', '--format', 'json').out).toContain('"file": "error.yaml"');
  rmSync(join(folder, 'kubernetes'), { recursive: true });
});

test('the report can go to a file', () => {
  expect(audit('error.yaml', '--format', 'json', '--output', 'findings.json').out).toBe('');
  expect(JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8')).findings).toHaveLength(1);
  rmSync(join(folder, 'findings.json'));
});

test('rules are listed and explained, files that were left out are named', () => {
  expect(audit('--rules').out).toMatch(/^backup-schedule {2}error {2}\S.*$/m);
  expect(audit('--explain', 'backup-schedule').out).toContain('schedule: "0 0 3 * * *"');
  expect(audit('.', '--verbose').error).toContain('left out nothing.yaml: not Kubernetes\n');
  expect(audit('.').out).toContain('1 file left out');
});
