import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkovExcuses } from '../../lib/reference/checkov.ts';
import { bundle } from '../bundle.ts';

let program: string;
let folder: string;

beforeAll(() => {
  program = join(mkdtempSync(join(tmpdir(), 'init-bundle-')), 'cli.cjs');
  bundle('cli', program);
});

afterAll(() => rmSync(join(program, '..'), { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], inside = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: join(folder, inside),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: tmpdir() },
  });
  return { status, stdout, stderr };
}

const text = (path: string) => readFileSync(join(folder, path), 'utf8');

const answers = [
  ...[
    '--host',
    'pictures.example.org',
    '--storage-class',
    'fast',
    '--library-size',
    '1Ti',
    '--bucket',
    'ours',
  ],
  ...['--endpoint', 'https://minio.example.org', '--issuer', 'our-issuer', '--library-backup', 'volsync'],
];

test('writes an installation whose gaps are marked, and refused by synth with their places', () => {
  expect(run(['init'])).toMatchObject({ status: 0, stderr: '' });
  expect(text('installations/home.yaml')).toContain('bucket: "<fill in: your S3 bucket>"\n');
  const { status, stderr } = run(['synth']);
  expect(status).toBe(1);
  const places = stderr.split('\n').filter((line) => line.includes('is still to be filled in'));
  expect(places).toHaveLength(9);
  expect(places[0]).toMatch(
    /^installations\/home\.yaml:4:7: error: host: "<fill in: [^"]+>" is still to be filled in\. Write the DNS name of /,
  );
  expect(stderr.match(/: error: /g)).toHaveLength(9);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('writes what a first installation needs once, and how to keep images what they are', () => {
  run(['init', ...answers]);
  const written = text('installations/home.yaml');
  expect(written).toContain('  allowSetup: true # whoever comes first');
  expect(written).toContain('  persistence: { storageClass: fast, size: 2Gi }');
  expect(written).toContain('  # image: ghcr.io/immich-app/immich-server:');
  const withDigests = written
    .replaceAll('  # image:', '  image:')
    .replace('# machineLearning:\n#   image:', 'machineLearning:\n  image:')
    .replaceAll('@sha256:...', `@sha256:${'0'.repeat(64)}`);
  writeFileSync(join(folder, 'installations/home.yaml'), withDigests);
  const { status, stderr } = run(['synth']);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stderr).not.toContain('immich-server:');
});

test('writes all that a repository needs, from which synth makes dist as Flux looks for it', () => {
  const { stdout } = run(['init', ...answers]);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of [
    ...['installations/home.yaml', '.gitattributes', '.gitignore', '.github/workflows/immich.yaml'],
    ...['flux/immich-home.yaml', '.checkov.yaml', 'README.md'],
  ]) {
    expect(files).toContain(path);
    expect(stdout).toContain(`${path}: written.\n`);
  }
  expect(run(['synth']).status).toBe(0);
  expect(run(['synth', '--check']).status).toBe(0);
  const { spec } = parse(text('flux/immich-home.yaml'));
  expect(existsSync(join(folder, spec.path, 'kustomization.yaml'))).toBe(true);
  expect(text('.github/workflows/immich.yaml')).toContain('npx --no-install immich-cdk8s synth --check\n');
  expect(text('installations/home.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/node_modules\/immich-cdk8s\/schema\/installation\.json\n/,
  );
  expect(parse(text('.checkov.yaml'))).toMatchObject({
    directory: ['dist'],
    'skip-check': checkovExcuses.map(({ check }) => check),
  });
  expect(text('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(10);
});

test.each([
  ['volsync', '{ storageClass: fast, size: 1Ti, backup: { volsync: {} } }'],
  ['longhorn', '{ storageClass: fast, size: 1Ti, backup: { longhorn: {} } }'],
  [
    'none',
    '{ storageClass: fast, size: 1Ti, backup: none, reason: "<fill in: what else keeps the photos safe>" }',
  ],
])('the library is backed up by %s', (backup, library) => {
  expect(run(['init', ...answers, '--library-backup', backup]).status).toBe(0);
  expect(text('installations/home.yaml')).toContain(`  library: ${library}\n`);
});

test('touches no file that is there, and says so', () => {
  writeFileSync(join(folder, 'README.md'), 'Ours.\n');
  expect(run(['init']).stdout).toContain('README.md is there already and stays as it is.\n');
  const before = text('installations/home.yaml');
  const again = run(['init', ...answers]);
  expect(again.status).toBe(0);
  expect(again.stdout).not.toContain('written.');
  expect(text('README.md')).toBe('Ours.\n');
  expect(text('installations/home.yaml')).toBe(before);
});

test('inside a git repository everything is where its root expects it', () => {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  mkdirSync(join(folder, 'apps/immich'), { recursive: true });
  const given = ['--output', 'manifests', '--installations', 'ours/files', '--flux', '../../clusters/home'];
  expect(run(['init', ...answers, ...given], 'apps/immich').status).toBe(0);
  expect(parse(text('apps/immich/ours/files/home.yaml')).flux).toEqual({ path: './apps/immich/manifests' });
  expect(text('apps/immich/ours/files/home.yaml')).toContain('$schema=../../node_modules/immich-cdk8s/');
  const workflow = parse(text('.github/workflows/immich.yaml'));
  expect(workflow.jobs.dist.defaults.run['working-directory']).toBe('apps/immich');
  const { run: check } = workflow.jobs.dist.steps.at(-1);
  const where = check.split(' --check ')[1].split(' ');
  expect(run(['synth', ...where], 'apps/immich').status).toBe(0);
  expect(run(['synth', '--check', ...where], 'apps/immich').status).toBe(0);
  const { spec } = parse(text('clusters/home/immich-home.yaml'));
  expect(spec.path).toBe('./apps/immich/manifests/home/home/flux');
  expect(existsSync(join(folder, spec.path))).toBe(true);
});

describe('inside a repository of others', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: jellyfin, namespace: media }
`;
  const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: gitops }
spec: { path: ./apps, sourceRef: { kind: OCIRepository, name: home-ops } }
`;

  beforeEach(() => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    mkdirSync(join(folder, 'apps/photos'), { recursive: true });
    writeFileSync(join(folder, 'apps/jellyfin.yaml'), release);
    writeFileSync(join(folder, 'apps/flux.yaml'), kustomization);
  });

  test('it takes over the source of Flux, and shares the namespace with those who live there', () => {
    expect(run(['init', ...answers, '--namespace', 'media'], 'apps/photos')).toMatchObject({ status: 0 });
    const written = text('apps/photos/installations/home.yaml');
    expect(written).toContain(
      'namespace: media\nsharedNamespace: true # HelmRelease jellyfin lives there too\n',
    );
    expect(written).toContain('      drill: { namespace: media-drill }');
    const source = { kind: 'OCIRepository', name: 'home-ops' };
    expect(parse(written).flux).toEqual({ path: './apps/photos/dist', namespace: 'gitops', source });
    expect(parse(text('apps/photos/flux/immich-home.yaml'))).toMatchObject({
      metadata: { namespace: 'gitops' },
      spec: { sourceRef: source },
    });
    const { status, stderr } = run(['synth'], 'apps/photos');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).not.toContain('sharedNamespace');
  });

  test('it has a namespace of its own where nobody else lives, also when it is called again', () => {
    for (const name of ['home', 'cabin']) {
      run(['init', ...answers, '--name', name], 'apps/photos');
      expect(text(`apps/photos/installations/${name}.yaml`)).not.toMatch(/[nN]amespace: (true|immich)/);
      if (name === 'home') expect(run(['synth'], 'apps/photos').status).toBe(0);
    }
  });

  test('it speaks of an Immich that is there', () => {
    expect(run(['init'], 'apps/photos').stdout).not.toContain('adopt');
    const image = 'ghcr.io/immich-app/immich-server:v3.3.1';
    writeFileSync(join(folder, 'compose.yaml'), `services:\n  immich-server:\n    image: ${image}\n`);
    expect(run(['init'], 'apps/photos').stdout).toContain('There is an Immich in compose.yaml already.');
  });

  test('a comment has nothing in it that ends its line, and what cannot be read is no hindrance', () => {
    const odd = release.replace('name: jellyfin', 'name: "x\\ninjected: true"');
    writeFileSync(join(folder, 'apps/jellyfin.yaml'), odd);
    writeFileSync(join(folder, 'apps/odd.yaml'), `${'['.repeat(2000)}\0`);
    expect(run(['init', ...answers, '--namespace', 'media'], 'apps/photos').status).toBe(0);
    expect(text('apps/photos/installations/home.yaml')).toContain(
      'sharedNamespace: true # somebody lives there too\n',
    );
  });
});

test('the namespace default is one of many', () => {
  expect(run(['init', ...answers, '--namespace', 'default']).status).toBe(0);
  expect(text('installations/home.yaml')).toContain('namespace: default\nsharedNamespace: true # ');
  expect(run(['synth']).status).toBe(0);
});

test.each([
  [['--host', 'https://photos.example.com'], 'host: "https://photos.example.com" starts with https://.'],
  [['--library-size', '500GB'], 'volumes.library.size: "500GB"'],
  [['--immich-version', 'latest'], 'version: "latest"'],
  [
    ['--library-backup', 'velero'],
    '--library-backup velero is not known. Write one of volsync, longhorn, none.',
  ],
  [['--bucket', 'a, region: b'], 'database.cnpg.backup.s3.bucket: "a, region: b"'],
  [['--name', '../home'], 'name: "../home"'],
  [['--namespace', 'kube-system'], 'namespace: "kube-system"'],
  [['--namespace', 'My Media'], 'namespace: "My Media"'],
  [['--output', '../elsewhere'], '--output ../elsewhere is not a folder inside the repository.'],
  [['--output', '.'], '--output . is not a folder inside the repository.'],
  [['--hots', 'x'], 'The option --hots is not known. Did you mean --host?'],
  [['home'], 'The argument "home" has no meaning here.'],
])('%j is refused, and nothing is written', (args, told) => {
  const { status, stderr } = run(['init', ...args]);
  expect(stderr).toContain(told);
  expect(status).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

function commit(files: Readonly<Record<string, string>>): void {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** An application as others have it in https://github.com/onedr0p/cluster-template. */
const template = {
  'kubernetes/apps/media/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: media
resources: [./tv/ks.yaml]
`,
  'kubernetes/apps/media/tv/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: tv }
spec:
  interval: 1h
  path: ./kubernetes/apps/media/tv/app
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`,
  'kubernetes/apps/media/tv/app/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: tv }
`,
};

/** What Argo CD applies. */
const application = {
  'apps/tv.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: tv, namespace: argo }
spec:
  project: default
  source: { repoURL: https://git.example.org/cluster.git, targetRevision: HEAD, path: tv }
  destination: { server: https://kubernetes.default.svc, namespace: tv }
`,
};

describe('in a repository that is laid out as cluster-template', () => {
  test('the installation is one of its applications, and says why', () => {
    commit(template);
    const { stdout, status } = run(['init', ...answers]);
    expect(status).toBe(0);
    expect(text('installations/home.yaml')).toContain(
      [
        'flux:',
        '  layout: cluster-template # as kubernetes/apps/media/*/ks.yaml has it',
        '  path: ./kubernetes/apps/media',
        '  namespace: media',
        'files: layer # one short file for each layer, as there',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain(
      '4. Name ./home among the resources of kubernetes/apps/media/kustomization.yaml',
    );
    expect(existsSync(join(folder, 'flux'))).toBe(false);
    const [, synth = ''] = /immich-cdk8s (synth .*)/.exec(stdout) ?? [];
    expect(synth).toBe('synth installations/home.yaml --output kubernetes/apps/media');
    expect(run(synth.split(' '))).toMatchObject({ status: 0 });
    expect(existsSync(join(folder, 'kubernetes/apps/media/home/ks.yaml'))).toBe(true);
    expect(text('kubernetes/apps/media/tv/ks.yaml')).toBe(template['kubernetes/apps/media/tv/ks.yaml']);
    expect(run([...synth.split(' '), '--check']).status).toBe(0);
  });

  test('Renovate, the workflow and others are told of its folder alone', () => {
    commit(template);
    run(['init', ...answers]);
    expect(text('renovate.json')).toContain('"kubernetes/apps/media/home/**"');
    expect(text('renovate.json')).not.toContain('"kubernetes/apps/media/**"');
    expect(text('.gitattributes')).toContain('kubernetes/apps/media/home/** ');
    expect(text('.github/workflows/immich-synth.yaml')).toContain(
      'git add --all -- kubernetes/apps/media/home\n',
    );
  });

  test('a person may want it otherwise', () => {
    commit(template);
    run(['init', ...answers, '--layout', 'layers']);
    expect(text('installations/home.yaml')).not.toContain('layout');
    expect(existsSync(join(folder, 'flux/immich-home.yaml'))).toBe(true);
  });
});

test('the layout of cluster-template can be wanted where nothing is yet', () => {
  run(['init', ...answers, '--layout', 'cluster-template', '--output', 'kubernetes/apps/photos']);
  expect(text('installations/home.yaml')).toContain(
    '  layout: cluster-template\n  path: ./kubernetes/apps/photos\n  namespace: photos\n',
  );
});

describe('Argo CD', () => {
  test('applies it where it applies all else, from the same repository', () => {
    commit(application);
    const { stdout } = run(['init', ...answers]);
    expect(text('installations/home.yaml')).toContain(
      [
        'deliver: argocd # as apps/tv.yaml has it',
        'argocd:',
        '  repository: https://git.example.org/cluster.git',
        '  namespace: argo',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('4. kubectl apply -f argocd/immich-home.yaml, once.');
    expect(run(['synth']).status).toBe(0);
    const { spec } = parse(text('argocd/immich-home.yaml'));
    expect(spec.source.repoURL).toBe('https://git.example.org/cluster.git');
    expect(existsSync(join(folder, spec.source.path, 'kustomization.yaml'))).toBe(true);
  });

  test('can be wanted where nothing is yet, and the repository is what git knows, or to be filled in', () => {
    run(['init', ...answers, '--deliver', 'argocd']);
    expect(text('installations/home.yaml')).toContain('deliver: argocd\nargocd:\n  repository: "<fill in: ');
    rmSync(join(folder, 'installations'), { recursive: true });
    commit({});
    execFileSync('git', ['remote', 'add', 'origin', 'git@git.example.org:home/cluster.git'], { cwd: folder });
    run(['init', ...answers, '--deliver', 'argocd']);
    expect(text('installations/home.yaml')).toContain('  repository: git@git.example.org:home/cluster.git\n');
  });

  test('never gets a password out of an address of git', () => {
    commit({});
    execFileSync('git', ['remote', 'add', 'origin', 'https://me:hunter2@git.example.org/cluster.git'], {
      cwd: folder,
    });
    run(['init', ...answers, '--deliver', 'argocd']);
    expect(text('installations/home.yaml')).toContain('  repository: "<fill in: ');
    expect(text('argocd/immich-home.yaml')).not.toContain('hunter2');
  });

  test('is not taken for what applies all else where Flux is there too', () => {
    commit({ ...application, ...template });
    run(['init', ...answers, '--layout', 'layers']);
    expect(text('installations/home.yaml')).not.toContain('argocd');
  });
});

test.each([
  [['--layout', 'flat'], '--layout flat is not known. Write one of layers, cluster-template.'],
  [['--deliver', 'helm'], '--deliver helm is not known. Write one of flux, argocd.'],
  [['--layout', 'cluster-template', '--deliver', 'argocd'], 'is for Flux, and not for Argo CD'],
])('%j is refused', (args, said) => {
  const { status, stderr } = run(['init', ...args]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(said) });
});
