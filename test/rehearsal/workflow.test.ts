import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { bundle } from '../bundle.ts';
import { runGit } from '../git.ts';
import { edited, home } from '../installation/example.ts';
import { nextVersion } from './planned.ts';

const [, text = ''] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/rehearsal.md', 'utf8')) ?? [];
const workflow = parse(text);
const { rehearse: job } = workflow.jobs;
const script: string = job.steps.find(({ name }: { readonly name?: string }) => name === 'Rehearse').run;
const action = parse(readFileSync('.github/actions/review/action.yaml', 'utf8'));

let workspace: string;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'rehearsal-workflow-'));
  bundle('cli', join(workspace, 'base/node_modules/immich-cdk8s/build/immich-cdk8s.cjs'));
  write('head/installations/home.yaml', home);
  const git = (...args: readonly string[]) => runGit(join(workspace, 'head'), ...args);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
});

afterAll(() => rmSync(workspace, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), content);
}

/** Runs the script as a runner does, with a kubectl that leaves what it was called with and answers so. */
function run(...answers: readonly string[]) {
  const calls = join(workspace, 'calls');
  rmSync(calls, { force: true });
  rmSync(join(workspace, 'rehearsal.txt'), { force: true });
  write('bin/kubectl', ['#!/bin/sh', `echo "$@" >> ${calls}`, 'case "$*" in', ...answers, 'esac'].join('\n'));
  chmodSync(join(workspace, 'bin/kubectl'), 0o755);
  const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: workspace,
    env: {
      ...job.env,
      BASE: 'HEAD',
      PATH: `${join(workspace, 'bin')}:${process.env['PATH'] ?? ''}`,
    },
  });
  return { status, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
}

const ends = "*conditions*) echo Failed ;; *'logs job'*) echo a verdict ;;";

test('a branch chooses neither what runs nor what the script is', () => {
  expect(Object.keys(workflow.on)).toEqual(['pull_request_target']);
  expect(workflow.on.pull_request_target.types).toEqual(['labeled']);
  expect(script).not.toContain('${{');
});

test('where nothing needs a rehearsal, the cluster is not asked', () => {
  expect(run(ends)).toEqual({ status: 0, calls: [] });
});

test('applies, waits, keeps the verdict and takes everything away, also after a failure', () => {
  write('head/installations/home.yaml', edited(home, nextVersion));
  const { status, calls } = run(ends);
  expect(status).toBe(0);
  expect(calls.map((call) => call.replace(/^--namespace \S+ /, '').split(' ')[0])).toEqual([
    ...['delete', 'apply', 'get', 'logs'],
    'delete',
  ]);
  expect(readFileSync(join(workspace, 'rehearsal.txt'), 'utf8')).toBe('a verdict\n');
  expect(run('apply*) exit 1 ;;')).toMatchObject({
    status: 1,
    calls: expect.arrayContaining([expect.stringMatching(/^delete/)]),
  });
});

test('hands the verdict to the action by an input that it has', () => {
  const { with: inputs } = job.steps.at(-1);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
});
