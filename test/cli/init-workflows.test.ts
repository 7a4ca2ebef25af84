import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workflows } from '../../cli/init/workflows.ts';
import { runGit } from '../git.ts';
import { below, root } from './places.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: unknown };
  readonly 'working-directory'?: string;
}

const parsed = (file: string, place = root) => parse(workflows(place).get(file) ?? '');
const stepsOf = (file: string, place = root): Step[] =>
  Object.values<{ steps: Step[] }>(parsed(file, place).jobs).flatMap(({ steps }) => steps);
const files = [...workflows(root).keys()];

test.each(files)(
  '%s: actions are pinned, no job may more than it needs, scripts hold no expressions',
  (file) => {
    expect(parsed(file).permissions).toEqual({ contents: 'read' });
    for (const place of [root, below]) {
      for (const { uses, run, with: inputs } of stepsOf(file, place)) {
        if (uses !== undefined && !uses.startsWith('./')) expect(uses).toMatch(/@[0-9a-f]{40}$/);
        if (uses?.startsWith('actions/checkout')) expect(inputs?.['persist-credentials']).toBe(false);
        if (run === undefined) continue;
        expect(run).not.toMatch(/\$\{\{/);
        expect(spawnSync('bash', ['-n'], { input: run }).status).toBe(0);
      }
    }
  },
);

describe('the review', () => {
  test.each([
    [root, 'base'],
    [below, 'base/apps/immich'],
  ])('runs only what the base has', (place, base) => {
    expect(parsed('review.yaml', place).on).toEqual({ pull_request_target: null });
    const [own, theirs, install, review] = stepsOf('review.yaml', place);
    expect(own?.with).toMatchObject({ ref: '${{ github.event.pull_request.base.sha }}', path: 'base' });
    expect(theirs?.with).toMatchObject({ path: 'head', 'fetch-depth': 0 });
    expect(install).toEqual({ run: 'npm ci --ignore-scripts', 'working-directory': base });
    expect(review?.uses).toBe(`./${base}/node_modules/immich-cdk8s/build/review`);
    expect(stepsOf('review.yaml', place)).toHaveLength(4);
  });

  test('may comment and no more', () => {
    expect(parsed('review.yaml').jobs.review.permissions).toEqual({
      contents: 'read',
      'pull-requests': 'write',
    });
  });
});

describe('the answer to Renovate', () => {
  test.each([
    [root, 'installations/**'],
    [below, 'apps/immich/ours/**'],
  ])('starts where installation files are pushed, which it never does', (place, path) => {
    expect(parsed('immich-synth.yaml', place).on).toEqual({
      push: { branches: ['renovate/**'], paths: [path] },
    });
  });

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'synth-workflow-'));
    runGit(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
    runGit(folder, 'clone', '--quiet', 'origin.git', 'clone');
    write('installations/home.yaml', 'one');
    write('dist/a.yaml', 'one');
    runGit(clone(), 'add', '--all');
    runGit(clone(), 'commit', '--quiet', '--message', 'first');
    runGit(clone(), 'push', '--quiet', 'origin', 'HEAD:refs/heads/renovate/immich');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const clone = () => join(folder, 'clone');
  function write(path: string, text: string): void {
    mkdirSync(join(clone(), path, '..'), { recursive: true });
    writeFileSync(join(clone(), path), text);
  }
  /** The last step, as the runner runs it. */
  function commitStep(token: string) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TOKEN: token,
      BRANCH: 'renovate/immich',
      GITHUB_SERVER_URL: 'https://github.example',
    };
    const script = stepsOf('immich-synth.yaml').at(-1)?.run ?? '';
    const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
      cwd: clone(),
      env,
      encoding: 'utf8',
    });
    return { status, stdout };
  }
  const pushed = () =>
    runGit(join(folder, 'origin.git'), 'log', '--format=%s', '--name-only', 'renovate/immich')
      .trim()
      .split('\n');

  test('pushes dist and nothing else, and the second time nothing', () => {
    write('dist/a.yaml', 'two');
    write('dist/new.yaml', 'two');
    write('stray.txt', 'not ours');
    expect(commitStep('t').status).toBe(0);
    expect(pushed().slice(0, 4)).toEqual([
      'Let dist follow the installation files',
      '',
      'dist/a.yaml',
      'dist/new.yaml',
    ]);
    const before = pushed();
    expect(commitStep('t').status).toBe(0);
    expect(pushed()).toEqual(before);
  });

  test('without a token says where to read on, and pushes nothing', () => {
    write('dist/a.yaml', 'two');
    const before = pushed();
    const { status, stdout } = commitStep('');
    expect(status).toBe(1);
    expect(stdout).toContain('There is no token');
    expect(pushed()).toEqual(before);
  });

  test('without a change needs no token', () => {
    expect(commitStep('').status).toBe(0);
    expect(existsSync(join(clone(), 'dist/a.yaml'))).toBe(true);
  });
});
