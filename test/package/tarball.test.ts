import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { home } from '../installation/example.ts';

const repository = join(__dirname, '../..');

/** This Node, and others that IMMICH_CDK8S_NODES names: `.ci/run` has it from npm, and it is too large for `npm ci`. */
const nodes = [process.execPath, ...(process.env['IMMICH_CDK8S_NODES'] ?? '').split(delimiter)].filter(
  (path) => path !== '',
);

let temporary: string;
let installed: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'tarball-'));
  installed = join(temporary, 'installed');
  npm(repository, 'pack', '--silent', '--pack-destination', temporary);
  const [tarball] = readdirSync(temporary).filter((name) => name.endsWith('.tgz'));
  mkdirSync(installed);
  npm(installed, 'install', '--offline', '--no-audit', '--no-fund', `../${tarball}`);
});

afterAll(() => rmSync(temporary, { recursive: true }));

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env: environment(process.execPath) });
}

/** As it is on a machine of a user, with the Node that is asked for before any other. */
function environment(node: string) {
  const { PATH, HOME } = process.env;
  return { HOME, PATH: `${dirname(node)}${delimiter}${PATH}`, GIT_CEILING_DIRECTORIES: tmpdir() };
}

/** A folder of a user's own in which the package is installed. */
function project(): string {
  const folder = mkdtempSync(join(temporary, 'project-'));
  cpSync(installed, folder, { recursive: true });
  return folder;
}

test('the package is alone: it brings no other with it, and no source', () => {
  expect(readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'immich-cdk8s',
  ]);
  const files = readdirSync(join(installed, 'node_modules/immich-cdk8s'), {
    recursive: true,
    encoding: 'utf8',
  });
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'schema/installation.json']));
  expect(files.filter((path) => /(?<!\.d)\.ts$|^(test|e2e|dist|installations|lib)(\/|$)/.test(path))).toEqual(
    [],
  );
});

describe.each(nodes)('its commands with %s', (node) => {
  test('from an empty folder to a dist that is fresh and audited', () => {
    const folder = project();
    const run = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'immich-cdk8s', ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: environment(node),
      });
      return { status, stdout, stderr };
    };
    expect(run('--help').stdout).toMatch(/^Usage: immich-cdk8s /);
    const answers = [
      '--host',
      'pictures.example.org',
      '--storage-class',
      'fast',
      '--library-size',
      '2Ti',
      '--library-backup',
      'volsync',
    ];
    const store = ['--bucket', 'our-bucket', '--endpoint', 'https://s3.example.org', '--issuer', 'ours'];
    expect(run('init', ...answers, ...store)).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout } = run('synth');
    expect(status).toBe(0);
    expect(stdout).toContain('home: immich/immich-backup (ACCESS_KEY_ID, ACCESS_SECRET_KEY)');
    expect(run('synth', '--check').status).toBe(0);
    expect(run('audit', 'dist')).toMatchObject({ status: 0, stderr: '' });
    expect(run('explain', 'host').stdout).toContain('DNS name under which Immich is reached.');
    const schema = /\$schema=(\S+)/.exec(readFileSync(join(folder, 'installations/home.yaml'), 'utf8'))?.[1];
    expect(JSON.parse(readFileSync(join(folder, 'installations', schema ?? ''), 'utf8'))).toMatchObject({
      title: 'Immich installation',
    });
  });
});

describe('what it exports', () => {
  let folder: string;

  beforeAll(() => {
    folder = project();
    for (const peer of ['cdk8s', 'constructs']) {
      symlinkSync(join(repository, 'node_modules', peer), join(folder, 'node_modules', peer));
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    writeFileSync(join(folder, 'home.yaml'), home);
    writeFileSync(
      join(folder, 'app.ts'),
      `import { readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { ImmichServer, parseInstallation, type Synthesis, synthesize, Valkey } from 'immich-cdk8s';

const chart = new Chart(new App(), 'photos');
const valkey = new Valkey(chart, 'valkey', { namespace: 'photos' });
const server = new ImmichServer(chart, 'server', {
  namespace: 'photos',
  version: 'v3.3.1',
  claims: { library: 'photos' },
  connections: valkey.environment,
  server: { replicas: 1, resources: { limits: { memory: '6Gi' } } },
});
console.log(server.host, server.port, chart.toJson().length);

const text = readFileSync('home.yaml', 'utf8');
const host: string | undefined = parseInstallation('home.yaml', text).installation?.host;
const synthesis: Synthesis = synthesize(new Map([['home.yaml', text]]));
console.log(host, synthesis.files?.size);
`,
    );
  });

  test('has types that are strict and complete', () => {
    const compile = (file: string) =>
      spawnSync(
        process.execPath,
        [
          ...[join(repository, 'node_modules/typescript/bin/tsc'), '--strict', '--module', 'nodenext'],
          ...[
            '--target',
            'es2023',
            '--outDir',
            'compiled',
            '--typeRoots',
            join(repository, 'node_modules/@types'),
          ],
          ...['--types', 'node', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', file],
        ],
        { cwd: folder, encoding: 'utf8' },
      );
    expect(compile('app.ts')).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(
      join(folder, 'wrong.ts'),
      "import { synthesize } from 'immich-cdk8s';\nsynthesize(new Map([[1, 'x']]));\n",
    );
    expect(compile('wrong.ts').stdout).toContain("Type 'number' is not assignable to type 'string'");
  });

  test.each(nodes)('runs in an app of its own with %s', (node) => {
    const out = execFileSync(node, ['compiled/app.js'], { cwd: folder, encoding: 'utf8' });
    expect(out).toMatch(/^immich-server\.photos\.svc 2283 7\nphotos\.example\.com \d+\n$/);
  });
});
