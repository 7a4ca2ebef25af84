import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bundle } from '../bundle.ts';

const page = readFileSync(join(__dirname, '../../docs/moving-in.md'), 'utf8');

/** The walks of the page as printed, by the kind that stands behind the fence. */
const walks = new Map(
  [...page.matchAll(/```sh (\S+)\n(.*?)```/gs)].map(([, kind = '', commands = '']) => [kind, commands]),
);

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'moving-in-'));
  const program = join(temporary, 'cli.cjs');
  bundle('cli', program);
  mkdirSync(join(temporary, 'bin'));
  const npx = join(temporary, 'bin/npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(npx, 0o755);
});

afterAll(() => rmSync(temporary, { recursive: true }));

/** Runs a walk in a copy of what it starts from, to the first command that fails; what it prints. */
function walk(kind: string): { readonly told: string; readonly folder: string } {
  const folder = join(temporary, kind);
  cpSync(join(__dirname, 'walks', kind), folder, { recursive: true });
  const told = execFileSync('bash', ['-euo', 'pipefail', '-c', walks.get(kind) ?? 'false'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: [join(temporary, 'bin'), process.env['PATH']].join(delimiter),
      GIT_CEILING_DIRECTORIES: temporary,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { told, folder };
}

test('every kind has its walk', () => {
  expect([...walks.keys()]).toEqual(['plain', 'app-template', 'chart', 'compose']);
});

test.each(['plain', 'app-template', 'chart'])(
  '%s: to dist, and through the comparison of the own file',
  (kind) => {
    const { told } = walk(kind);
    const compared = told.slice(told.indexOf('installations/home.yaml is there already'));
    expect(compared).toContain('What is applied today, against what dist applies\n');
    expect(compared).toContain('The first commit: protection, and nothing else');
    expect(compared).toContain('The second commit: the switch');
    expect(compared).not.toContain('refused:');
    expect(compared).not.toContain('fill in:');
  },
);

test('compose: to a dist in which Immich sleeps', () => {
  const { folder } = walk('compose');
  expect(readFileSync(join(folder, 'dist/home/home/app/deployment.immich-server.yaml'), 'utf8')).toContain(
    'replicas: 0\n',
  );
});
