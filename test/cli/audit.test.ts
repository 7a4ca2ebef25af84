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

What a rule means, and how to silence it: --explain <rule>, or https://github.com/YOU/immich-cdk8s/blob/main/docs/rules.md

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

describe('rules can be chosen', () => {
  const rules = (...args: readonly string[]) => [
    ...new Set(
      JSON.parse(audit('.', '--format', 'json', ...args).out).findings.map(
        ({ rule }: { readonly rule: string }) => rule,
      ),
    ),
  ];

  test.each([
    [[], ['backup-schedule', 'moving-tag']],
    [['--select', 'moving-tag'], ['moving-tag']],
    [
      ['--select', 'moving-tag,backup-schedule'],
      ['backup-schedule', 'moving-tag'],
    ],
    [
      ['--select', 'moving-tag', '--select', 'backup-schedule'],
      ['backup-schedule', 'moving-tag'],
    ],
    [['--ignore', 'moving-tag'], ['backup-schedule']],
    [['--min-severity', 'error'], ['backup-schedule']],
    [
      ['--min-severity', 'warning'],
      ['backup-schedule', 'moving-tag'],
    ],
  ])('%j', (args, expected) => {
    expect(rules(...args)).toEqual(expected);
  });

  test('what is left out does not fail', () => {
    expect(audit('error.yaml', '--ignore', 'backup-schedule').code).toBe(0);
    expect(audit('.', '--select', 'moving-tag').code).toBe(0);
  });

  test.each([
    [['--select', 'backup-shedule'], 'Did you mean backup-schedule?'],
    [['--ignore', 'moving-tags'], 'Did you mean moving-tag?'],
    [['--select', 'moving-tag', '--ignore', 'moving-tag'], 'No rule is left'],
    [['--min-severity', 'fatal'], 'error, warning, info'],
    [['--diff', 'main', '--baseline', 'a.json'], 'only one can be given'],
  ])('%j is refused', (args, message) => {
    const { code, error } = audit('.', ...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});

describe('a comment that silences', () => {
  const silenced = (rule: string, schedule: string) =>
    `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db }
spec:
  schedule: "${schedule}" # immich-audit: ignore ${rule} it is a test
  cluster: { name: immich-db }
`;

  test.each([
    ['what is there is used', 'backup-schedule', '0 3 * * *', undefined],
    [
      'nothing is told',
      'backup-schedule',
      '0 0 3 * * *',
      'The comment silences backup-schedule, which has nothing to say here.',
    ],
    [
      'a rule that does not exist is told with the nearest',
      'backup-shedule',
      '0 0 3 * * *',
      'There is no rule "backup-shedule", so the comment silences nothing. Did you mean backup-schedule?',
    ],
  ])('%s', (_name, rule, schedule, message) => {
    mkdirSync(join(folder, 'comments'));
    writeFileSync(join(folder, 'comments/a.yaml'), silenced(rule, schedule));
    const { findings } = JSON.parse(audit('comments', '--format', 'json').out);
    expect(findings.map((one: { readonly message: string }) => one.message)).toEqual(
      message === undefined ? [] : [message],
    );
    // Neither where the rule was not asked, nor where one file is read of many.
    const others = audit('comments', '--format', 'json', '--ignore', 'backup-schedule,ignore-without-reason');
    expect(JSON.parse(others.out).findings).toEqual([]);
    const single = audit('comments/a.yaml', '--format', 'json', '--ignore', 'ignore-without-reason');
    expect(JSON.parse(single.out).findings).toEqual([]);
    rmSync(join(folder, 'comments'), { recursive: true });
  });
});

describe('what looks like Immich', () => {
  const files: Readonly<Record<string, string>> = {
    'compose/compose.yaml':
      'services:\n  immich-server:\n    image: ghcr.io/immich-app/immich-server:v3.3.1\n',
    'chart/templates/server.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  image: ghcr.io/immich-app/immich-server:{{ .Values.tag }}\n',
    'release/release.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: immich }\nspec: { chart: { spec: { chart: photos } } }\n',
    'set/set.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: apps }\nspec: { generators: [{ list: { elements: [{ name: immich }] } }] }\n',
    'renovate/renovate.yaml': 'packageRules: [{ matchPackageNames: [ghcr.io/immich-app/immich-server] }]\n',
    'link/link.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: homepage }\ndata: { immich: https://immich.example.com }\n',
  };

  beforeAll(() => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterAll(() => {
    for (const path of Object.keys(files)) {
      rmSync(join(folder, path.split('/')[0] ?? ''), { recursive: true });
    }
  });

  test.each([
    ['compose', 'compose.yaml: the image ghcr.io/immich-app/immich-server in a file of Compose'],
    [
      'chart',
      'templates/server.yaml: the image ghcr.io/immich-app/immich-server in a template of a Helm chart',
    ],
    ['release', 'release.yaml: the HelmRelease immich in a file of HelmRelease'],
    ['set', 'set.yaml: immich named by the ApplicationSet apps in a file of ApplicationSet'],
  ])('and was not understood is told: %s', (path, seen) => {
    const { code, error } = audit(path);
    expect(code).toBe(2);
    expect(error).toContain('This looks like Immich, but nothing of it was understood');
    expect(error).toContain(seen);
    const json = audit(path, '--format', 'json');
    expect([json.code, JSON.parse(json.out).findings, json.error]).toEqual([2, [], error]);
  });

  test('is not asked for where something else was found', () => {
    copyFileSync(join(folder, 'error.yaml'), join(folder, 'compose/error.yaml'));
    expect(audit('compose')).toMatchObject({ code: 1, error: '' });
    rmSync(join(folder, 'compose/error.yaml'));
  });

  test('is not what only speaks of it', () => {
    expect(audit('link')).toMatchObject({
      code: 0,
      error: 'There is no Immich here: no image, chart or release of it.\n',
    });
    expect(audit('link', '--quiet')).toMatchObject({ code: 0, out: '', error: '' });
    expect(audit('renovate').error).toContain('holds no Kubernetes objects');
    expect(audit('warning.yaml').error).toBe('');
  });
});
