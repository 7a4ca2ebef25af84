import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import { edited, k3s } from '../installation/example.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  bundle('cli', join(folder, 'cli.cjs'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli.cjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const commands = ['init', 'synth', 'migrate', 'audit', 'explain', 'rehearse'];

test.each([[], ...commands.map((command) => [command])])('--help and --version of "%s"', (...command) => {
  const help = run(...command, '--help');
  expect([help.status, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toMatch(new RegExp(`^Usage: ${['immich-cdk8s', ...command].join(' ')} `));
  for (const option of ['--quiet', '--no-color', '--help', '--version']) {
    expect(help.stdout).toContain(option);
  }
  const version = run(...command, '--version');
  expect(version).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
});

test('the help of the program names every command', () => {
  for (const command of commands) expect(run('--help').stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
});

test.each([
  [[], 'No command is given.'],
  [['snyth'], 'There is no command "snyth". Did you mean synth?'],
  [['instal'], 'There is no command "instal". Known here: '],
  [['toString'], 'There is no command "toString".'],
  [['--hepl'], 'The option --hepl is not known. Did you mean --help?'],
  [['--quiet'], 'No command is given.'],
  [['audit', '--fromat', 'json', '.'], 'The option --fromat is not known. Did you mean --format?'],
  [['audit', '--format'], 'The option --format needs a value.'],
  [['audit', '--format', '--verbose', '.'], 'The option --format needs a value.'],
  [['audit', '-x'], 'The option -x is not known.'],
  [['audit', '--rules=all'], 'The option --rules takes no value.'],
  [['audit', 'a', 'b'], 'The argument "b" is one too many: 1 can be given.'],
  [['explain'], 'Nothing is named.'],
  [['explain', 'backup-shedule'], 'There is no rule or key "backup-shedule". Did you mean backup-schedule?'],
  [['explain', 'traffic'], 'No file is named. Write an installation file'],
  [['explain', 'volumes', 'no.yaml'], 'The argument "no.yaml" is one too many: 1 can be given.'],
  [['explain', 'databse.cnpg'], 'Did you mean database.cnpg?'],
  [['explain', 'clusterIssuer'], 'Did you mean route.certificate.clusterIssuer?'],
])('%j is refused with what is meant', (args, told) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(told);
  expect(stderr).toContain(' --help" says what can be written.\n');
});

test('explain tells of a rule, of a key, and of a key with keys below it', () => {
  expect(run('explain', 'backup-schedule').stdout).toContain('schedule: "0 0 3 * * *"');
  expect(run('explain', 'database.cnpg.backup.schedule')).toEqual({
    status: 0,
    stdout: `database.cnpg.backup.schedule

When base backups are made: six fields, seconds first, in UTC; or @daily and the like.

Value: text, such as 0 0 3 * * *
Default: "0 0 3 * * *"
`,
    stderr: '',
  });
  expect(run('explain', 'volumes').stdout).toMatch(/\nRequired\.\n\nBelow it:\n {2}volumes\.\w+ /);
});

test('an audit by this way is the audit', () => {
  expect(run('audit', '--rules').stdout).toMatch(/^backup-schedule {2}error {2}\S.*$/m);
});

test('explain tells who talks to whom in an installation', () => {
  writeFileSync(join(folder, 'k3s.yaml'), k3s);
  const { status, stdout } = run('explain', 'traffic', 'k3s.yaml');
  expect(status).toBe(0);
  expect(stdout).toContain('In the cluster k3s, namespace app-internal:\n  immich-server\n    Traefik (pods');
  expect(stdout).toContain('immich-server may connect to the database (all pods in database) on port 5432.');
});

test('explain tells what is wrong with an installation, or that there is none', () => {
  writeFileSync(join(folder, 'wrong.yaml'), edited(k3s, ['volumes:', 'volume:']));
  expect(run('explain', 'traffic', 'wrong.yaml')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(':1: error: volume: "volume" is not a known key.'),
  });
  expect(run('explain', 'traffic', 'no.yaml')).toMatchObject({
    status: 2,
    stderr: 'There is no no.yaml.\n',
  });
});
