import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { bundle } from '../bundle.ts';
import { runGit } from '../git.ts';
import { edited, home } from '../installation/example.ts';
import { installed } from '../review/trees.ts';

const action = parse(readFileSync(join(__dirname, '../../.github/actions/review/action.yaml'), 'utf8'));
const script: string = action.runs.steps.at(-1).run;
let workspace: string;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'review-action-'));
  for (const name of ['review', 'comment']) bundle(name, join(workspace, `action/${name}.cjs`));
  write(installed(home));
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'test');
  write(installed(edited(home, ['size: 500Gi', 'size: 400Gi'])));
});

afterAll(() => rmSync(workspace, { recursive: true }));

function write(texts: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(texts)) {
    const file = join(workspace, 'head', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const git = (...args: readonly string[]) => runGit(join(workspace, 'head'), ...args);

/** The script as the runner runs it, with what the inputs say. */
function run(some: { readonly [name: string]: string } = {}) {
  const summary = join(workspace, 'summary.md');
  writeFileSync(summary, '');
  const env = {
    ...{
      PATH: process.env['PATH'] ?? '',
      GITHUB_WORKSPACE: workspace,
      GITHUB_ACTION_PATH: join(workspace, 'action'),
    },
    ...{ RUNNER_TEMP: workspace, GITHUB_STEP_SUMMARY: summary, REVIEW_CHECKOUT: 'head', REVIEW_PATH: '.' },
    ...{ REVIEW_BASE: 'HEAD', REVIEW_FAIL_ON: 'refused', REVIEW_COMMENT: 'false', ...some },
  };
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, summary: readFileSync(summary, 'utf8') };
}

test('fails on what is refused, with annotations and a summary', () => {
  const { status, stdout, summary } = run();
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=installations\/home\.yaml,line=\d+/);
  expect(summary).toMatch(/^## Immich: Refused\n/);
});

test('does not fail where that is not asked for', () => {
  expect(run({ REVIEW_FAIL_ON: 'never' })).toMatchObject({
    status: 0,
    summary: expect.stringContaining('Refused'),
  });
});

test('without its bundle says where that is, and without the base what to fetch', () => {
  expect(run({ GITHUB_ACTION_PATH: workspace })).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('review-v...'),
  });
  expect(run({ REVIEW_BASE: 'nowhere' })).toMatchObject({ status: 2, summary: '' });
});

test('takes the result of a rehearsal, as seen from the workspace', () => {
  const line = 'rehearsal of home: passed in 9 s: database a -> b, server c: restored in 4 s\n';
  writeFileSync(join(workspace, 'a result.txt'), line);
  const { status, summary } = run({ REVIEW_REHEARSAL: 'a result.txt', REVIEW_FAIL_ON: 'never' });
  expect([status, summary]).toEqual([0, expect.stringContaining('### Rehearsal')]);
  expect(run({ REVIEW_REHEARSAL: 'missing.txt' })).toMatchObject({ status: 2, summary: '' });
});

test('what others may choose reaches the script by its environment alone', () => {
  expect(script).not.toMatch(/\$\{\{/);
  expect(run({ REVIEW_PATH: '$(touch pwned)', REVIEW_BASE: '--output=pwned' }).status).toBe(2);
});
