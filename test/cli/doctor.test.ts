import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundle } from '../bundle.ts';
import { home, k3s } from '../installation/example.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'doctor-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  mkdirSync(join(folder, 'installations'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(__dirname, 'fake-kubectl.cjs'), join(folder, 'bin/kubectl'));
  chmodSync(join(folder, 'bin/kubectl'), 0o755);
  installed('home', home);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes an installation, and what synth makes of all of them. */
function installed(name: string, text: string): void {
  writeFileSync(join(folder, `installations/${name}.yaml`), text);
  expect(run('synth', '--quiet').status).toBe(0);
}

/** What kubectl is to answer. */
function clusters(answers: { current?: string; contexts: { [name: string]: unknown } }): void {
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
}

function run(...args: string[]) {
  return runWith(`${join(folder, 'bin')}${delimiter}${dirname(process.execPath)}`, ...args);
}

function runWith(path: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, FAKE_KUBECTL: join(folder, 'answers.json') },
  });
  return { status, stdout, stderr };
}

/** What kubectl was called with. */
function calls(): string[][] {
  return readFileSync(join(folder, 'answers.json.calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const version = { '/version': { gitVersion: 'v1.34.1' } };

test('what is missing is told with the command that mends it, and nothing but reading is asked of kubectl', () => {
  clusters({ current: 'kind', contexts: { kind: { paths: version, secrets: {} } } });
  const { status, stdout, stderr } = run('doctor');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain('home in the cluster home, before Flux applies it\n');
  expect(stdout).toContain(`
Secrets
  error    Secret immich/immich-backup is missing: store of the backups.
           mend: kubectl create namespace immich
           mend: kubectl create secret generic immich-backup --namespace immich --from-literal=ACCESS_KEY_ID=... --from-literal=ACCESS_SECRET_KEY=...
`);
  const asked = calls().filter(([first]) => first !== 'config');
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter(([context, , , verb]) => context !== '--context' || verb !== 'get')).toEqual([]);
});

test('the result for programs is as its schema says', () => {
  clusters({ current: 'kind', contexts: { kind: { paths: { ...version, '/api/v1': 'forbidden' } } } });
  const { status, stdout } = run('doctor', 'home', '--format', 'json');
  const report = JSON.parse(stdout);
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/doctor-report.json'), 'utf8'));
  const ajv = new Ajv2020();
  expect(ajv.validate(schema, report) ? [] : ajv.errors).toEqual([]);
  expect(status).toBe(1);
  expect(report.examinations[0].findings).toContainEqual({
    check: 'kinds',
    state: 'unseen',
    message:
      'The kinds of v1: Error from server (Forbidden): "/api/v1" is forbidden: User "jane" cannot get it',
    mend: [],
  });
});

test('each cluster is asked in the context of its name, and one that may be another is not asked', () => {
  installed('k3s', k3s);
  clusters({ current: 'work', contexts: { work: {}, k3s: { paths: version } } });
  const { status, stdout } = run('doctor');
  expect(status).toBe(1);
  expect(stdout).toContain(
    'unseen   No context of the kubeconfig has the name of this cluster, "home". Rename it: kubectl config rename-context <its name> home. There are: work, k3s.',
  );
  expect(stdout).toContain(
    'mend: kubectl --context k3s create secret generic immich-db --namespace app-internal',
  );
  expect(calls().filter((args) => args.includes('work'))).toEqual([]);
});

test('without kubectl, or where nobody answers, it says so and guesses nothing', () => {
  clusters({ current: 'kind', contexts: { kind: { down: 'Unable to connect to the server: timeout' } } });
  const silent = run('doctor');
  expect(silent.status).toBe(2);
  // Whether Flux has applied anything is not known.
  expect(silent.stdout).toMatch(/^home in the cluster home\n/);
  expect(silent.stdout).toContain('unseen   Unable to connect to the server: timeout\n');
  expect(silent.stdout).toMatch(/\n1 unseen\.\n$/);
  const { status, stdout, stderr } = runWith(join(folder, 'empty'), 'doctor');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('There is no kubectl in PATH.');
});

/** Runs it until something happens, then presses Ctrl-C. */
async function interrupt(args: readonly string[], isReady: (output: string) => boolean) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${dirname(process.execPath)}`,
      FAKE_KUBECTL: join(folder, 'answers.json'),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString();
    });
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.on('close', (code, signal) => done({ code, signal }));
  });
  const looking = setInterval(() => {
    if (isReady(output)) child.kill('SIGINT');
  }, 50);
  const { code, signal } = await ended;
  clearInterval(looking);
  return { code, signal, output };
}

test('Ctrl-C ends it at once with 130 and without a word, while it waits and while it watches', async () => {
  clusters({ current: 'kind', contexts: { kind: { hangs: true } } });
  const hasAsked = () =>
    existsSync(join(folder, 'answers.json.calls')) && calls().some(([first]) => first !== 'config');
  expect(await interrupt(['doctor'], hasAsked)).toEqual({ code: 130, signal: null, output: '' });
  clusters({ current: 'kind', contexts: { kind: { paths: version } } });
  const watched = await interrupt(['doctor', '--watch'], (output) => output.includes('missing'));
  expect(watched).toMatchObject({ code: 130, signal: null });
  expect(watched.output).toMatch(/^home in the cluster home\n( {2}missing .*\n)+\n$/);
});

test('--watch shows the layers until all are ready', () => {
  const kustomization = (name: string) => ({
    metadata: { name: `immich-home-${name}` },
    status: { conditions: [{ type: 'Ready', status: 'True' }], lastAppliedRevision: 'main@sha1:a' },
  });
  const names = 'namespace protection storage database indexes drill app route'.split(' ');
  const path = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations';
  clusters({
    ...{
      current: 'kind',
      contexts: { kind: { paths: { ...version, [path]: { items: names.map(kustomization) } } } },
    },
  });
  const { status, stdout } = run('doctor', '--watch');
  expect(status).toBe(0);
  expect(stdout).toBe(`home in the cluster home
${['namespace', 'protection', 'database', 'route', 'storage', 'drill', 'indexes', 'app']
  .map((name) => `  ready      immich-home-${name}\n`)
  .join('')}
`);
  expect(run('doctor', '--watch', '--format', 'json').status).toBe(2);
});

test('what is asked for wrongly is said', () => {
  clusters({ contexts: {} });
  expect(run('doctor', 'hom')).toMatchObject({
    status: 2,
    stderr: 'No file in installations/ has name: hom. Did you mean home?\n',
  });
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(run('doctor', 'installations/home.yaml')).toMatchObject({
    status: 2,
    stderr: 'dist/home/ holds nothing. Run synth first.\n',
  });
  writeFileSync(join(folder, 'installations/home.yaml'), 'name: home\n');
  expect(run('doctor')).toMatchObject({ status: 1, stdout: '' });
});
