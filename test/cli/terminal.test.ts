import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import { edited, home } from '../installation/example.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  bundle('cli', join(folder, 'cli.cjs'));
  mkdirSync(join(folder, 'today'));
  const backup = (name: string) => `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: ${name}
spec:
  schedule: "0 3 * * *"
  cluster: { name: immich-db }
`;
  writeFileSync(join(folder, 'today/one.yaml'), backup('one'));
  const many = Array.from({ length: 3000 }, (_, index) => backup(`backup-${index}`));
  writeFileSync(join(folder, 'many.yaml'), many.join('---\n'));
  writeFileSync(join(folder, 'home.yaml'), home);
  writeFileSync(join(folder, 'wrong.yaml'), edited(home, ['volumes:', 'volume:']));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in a terminal of so many columns. */
function inTerminal(columns: number, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return run(['--require', join(__dirname, 'as-terminal.cjs'), 'cli.cjs', ...args], {
    ...{ COLUMNS: String(columns), TERM: 'xterm-256color' },
    ...environment,
  });
}

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  return { status, stdout, stderr };
}

const esc = '\u001b';

/** What the reader sees. */
function seen(text: string): string {
  return text.replace(new RegExp(`${esc}\\[\\d+(;\\d+)*m`, 'g'), '');
}

function widthOf(text: string): number {
  return Math.max(
    ...seen(text)
      .split('\n')
      .map(({ length }) => length),
  );
}

const audit = ['audit', 'today'];
const synth = ['synth', 'wrong.yaml', '--output', 'dist'];

test('lines are folded at the width of a terminal, and at 120 columns where it is wider', () => {
  expect(widthOf(inTerminal(80, audit).stdout)).toBeLessThanOrEqual(80);
  const wide = widthOf(inTerminal(200, audit).stdout);
  expect(wide).toBeGreaterThan(80);
  expect(wide).toBeLessThanOrEqual(120);
  expect(widthOf(inTerminal(80, synth).stderr)).toBeLessThanOrEqual(80);
});

test('in a pipe nothing is folded, and nothing has a colour', () => {
  const { stdout } = run(['cli.cjs', ...audit]);
  expect(stdout).not.toContain(esc);
  expect(widthOf(stdout)).toBeGreaterThan(120);
});

test('a terminal shows the same words as a pipe', () => {
  const words = (text: string) =>
    seen(text)
      .replace(/\d\.\d\d s/, '')
      .split(/\s+/)
      .join(' ');
  expect(words(inTerminal(80, audit).stdout)).toBe(words(run(['cli.cjs', ...audit]).stdout));
});

test.each([
  ['--no-color', ['--no-color'], {}],
  ['NO_COLOR', [], { NO_COLOR: '1' }],
  ['a terminal that knows none', [], { TERM: 'dumb' }],
])('%s: no colours', (_, options, environment) => {
  expect(inTerminal(80, [...audit, ...options], environment).stdout).not.toContain(esc);
  expect(inTerminal(80, [...synth, ...options], environment).stderr).not.toContain(esc);
});

test('an error is red in every command, and nothing has a colour that a light background swallows', () => {
  const told = [inTerminal(80, audit).stdout, inTerminal(80, synth).stderr];
  for (const text of told) {
    expect(text).toContain(`${esc}[1;31merror${esc}[0m`);
    // Yellow, cyan, white, and the bright colours.
    expect(text).not.toMatch(new RegExp(`${esc}\\[(\\d+;)*(33|36|37|9\\d)m`));
  }
});

test('synth ends with how much is wrong, and explain and doctor say it in the same words', () => {
  const { stderr } = run(['cli.cjs', ...synth]);
  expect(stderr).toMatch(/^wrong\.yaml:\d+:\d+: error: volume: "volume" is not a known key\./m);
  expect(stderr).toMatch(/\n {4}\| volume:\n {4}\| \^+\n/);
  expect(stderr).toMatch(/\n\d+ errors?(, \d+ warnings?)?\. Nothing was written: dist\/ is unchanged\.\n$/);
  for (const command of [
    ['explain', 'traffic', 'wrong.yaml'],
    ['doctor', 'wrong.yaml'],
  ]) {
    const { status, stderr: told } = run(['cli.cjs', ...command]);
    expect(status).toBe(1);
    expect(told).toMatch(/^wrong\.yaml:\d+:\d+: error: volume: "volume" is not a known key\./m);
    expect(told).toMatch(/\n\d+ errors?\.\n$/);
  }
});

describe('progress', () => {
  const erased = `\r${esc}[K`;

  test('is told where it takes long, and gone at the end', () => {
    const { stderr } = inTerminal(80, audit, { IS_SLOW: '1' });
    expect(stderr).toContain(`${erased}Reading one.yaml`);
    expect(stderr).toContain(`${erased}Judging 1 object`);
    expect(stderr.split(erased).at(-1)).toBe('');
    expect(inTerminal(80, ['synth', 'home.yaml', '--output', 'made'], { IS_SLOW: '1' }).stderr).toContain(
      `${erased}Synthesizing home${erased}`,
    );
  });

  test.each([
    ['where it takes no time', () => inTerminal(80, audit)],
    ['with --quiet', () => inTerminal(80, [...audit, '--quiet'], { IS_SLOW: '1' })],
    ['in a pipe', () => run(['cli.cjs', ...audit])],
  ])('is not told %s', (_, start) => {
    expect(start().stderr).not.toContain('Reading');
  });
});

test('where the reader has gone, a command ends without a word', () => {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" cli.cjs audit many.yaml | head -n 1`],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'many.yaml\n', stderr: '' });
});
