import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The programs of a control plane of our own, and the scanners; the quickest to build first. */
export const controlPlaneTools = [
  'mermaid',
  'checkov',
  'kubeconform',
  'kube-score',
  'kustomize',
  'source-controller',
  'helm-controller',
  'etcd',
  'kwok',
  'barman-plugin',
  'cnpg-operator',
  'kustomize-controller',
  'kubectl',
  'kube',
  'traefik',
] as const;

/** What is needed where a cluster is given: the custom resource definitions. */
export const clusterTools = [
  'barman-plugin',
  'cnpg-operator',
  'helm-controller',
  'kustomize-controller',
  'source-controller',
  'traefik',
] as const;

/** A real program that judges dist, pinned by the files of its folder in `e2e/tools/`. */
export type ToolName = (typeof controlPlaneTools)[number];

/** Where a file of a built tool lies; throws when the tool was not built. */
export function toolPath(tool: ToolName, file: string): string {
  const path = join(folderOf(tool), file);
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist; npm run e2e builds the programs it needs.`);
  }
  return path;
}

/**
 * Builds what is not in the cache yet, one tool after the other, and tells `progress` which and how long.
 *
 * The cache is `$IMMICH_CDK8S_E2E_CACHE`, else `immich-cdk8s/e2e` in the user's cache folder; the hash in a
 * folder's name covers everything that decides what is built. A folder appears only when it is complete.
 */
export async function buildTools(
  names: readonly ToolName[],
  progress: (line: string) => void,
): Promise<void> {
  for (const name of names) {
    const folder = folderOf(name);
    if (existsSync(folder)) {
      continue;
    }
    const started = Date.now();
    const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
    progress(`building ${name} ...`);
    const ticker = setInterval(() => progress(`building ${name} ... ${elapsed()}`), 30_000);
    const unfinished = `${folder}.${process.pid}`;
    try {
      mkdirSync(unfinished, { recursive: true });
      await build(recipes[name], join(sources, name), unfinished);
      if (!existsSync(folder)) {
        renameSync(unfinished, folder);
      }
      progress(`built ${name} in ${elapsed()}`);
    } finally {
      clearInterval(ticker);
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
}

/** How one tool comes into being. All of it goes into the name of the tool's folder in the cache. */
type Recipe = GoRecipe | PythonRecipe | NodeRecipe;

/** Programs of one Go module, by the ordinary go command. */
interface GoRecipe {
  readonly language: 'go';
  /** The package of each binary. */
  readonly binaries: Readonly<Record<string, string>>;
  readonly linkerFlags?: string;
  /** Files of Go modules that the suite reads beside the program: CRDs, kwok's stages. */
  readonly files?: readonly { readonly module: string; readonly path: string; readonly as: string }[];
}

/** Python packages, pinned one by one, in a folder for PYTHONPATH. */
interface PythonRecipe {
  readonly language: 'python';
  readonly requirements: string;
}

/** Packages of npm, pinned one by one, and the files of them that the suite reads. */
interface NodeRecipe {
  readonly language: 'node';
  readonly files: readonly { readonly path: string; readonly as: string }[];
}

const sources = resolve('e2e/tools');

/** A Kubernetes that does not know its version says v0.0.0, and its feature gates follow that. */
const kubernetesVersion = [
  '-X k8s.io/component-base/version.gitVersion=v1.36.3',
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=36',
].join(' ');

const recipes: Readonly<Record<ToolName, Recipe>> = {
  'barman-plugin': {
    language: 'go',
    binaries: { 'barman-plugin': 'github.com/cloudnative-pg/plugin-barman-cloud/cmd/manager' },
    files: [
      {
        module: 'github.com/cloudnative-pg/plugin-barman-cloud@v0.14.0',
        path: 'config/crd/bases',
        as: 'crds',
      },
    ],
  },
  checkov: { language: 'python', requirements: 'requirements.txt' },
  'cnpg-operator': {
    language: 'go',
    binaries: { 'cnpg-operator': 'github.com/cloudnative-pg/cloudnative-pg/cmd/manager' },
    files: [
      {
        module: 'github.com/cloudnative-pg/cloudnative-pg@v1.30.0',
        path: 'releases/cnpg-1.30.0.yaml',
        as: 'release.yaml',
      },
    ],
  },
  etcd: { language: 'go', binaries: { etcd: 'go.etcd.io/etcd/server/v3' } },
  'helm-controller': {
    language: 'go',
    binaries: {},
    files: [
      { module: 'github.com/k3s-io/helm-controller@v0.17.9', path: 'pkg/crds/yaml/generated', as: 'crds' },
    ],
  },
  kube: {
    language: 'go',
    binaries: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    },
    linkerFlags: kubernetesVersion,
  },
  'kube-score': { language: 'go', binaries: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' } },
  kubectl: {
    language: 'go',
    binaries: { kubectl: 'k8s.io/kubernetes/cmd/kubectl' },
    linkerFlags: kubernetesVersion,
  },
  kubeconform: {
    language: 'go',
    binaries: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
  },
  kustomize: { language: 'go', binaries: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' } },
  'kustomize-controller': {
    language: 'go',
    binaries: { 'kustomize-controller': 'github.com/fluxcd/kustomize-controller' },
    files: [
      { module: 'github.com/fluxcd/kustomize-controller@v1.9.4', path: 'config/crd/bases', as: 'crds' },
    ],
  },
  kwok: {
    language: 'go',
    binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    files: [{ module: 'sigs.k8s.io/kwok@v0.8.0', path: 'kustomize/stage', as: 'stage' }],
  },
  mermaid: { language: 'node', files: [{ path: 'mermaid/dist/mermaid.min.js', as: 'mermaid.min.js' }] },
  'source-controller': {
    language: 'go',
    binaries: {},
    files: [{ module: 'github.com/fluxcd/source-controller@v1.9.1', path: 'config/crd/bases', as: 'crds' }],
  },
  traefik: {
    language: 'go',
    binaries: { traefik: 'github.com/traefik/traefik/v3/cmd/traefik' },
    files: [
      {
        module: 'github.com/traefik/traefik/v3@v3.7.9',
        path: 'docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml',
        as: 'crds.yaml',
      },
    ],
  },
};

async function build(recipe: Recipe, source: string, target: string): Promise<void> {
  if (recipe.language === 'python') {
    // --target instead of a virtual environment, whose scripts would not survive the folder's renaming.
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', target];
    await run('python3', ['-m', 'pip', 'install', ...options, '-r', recipe.requirements], source);
    return;
  }
  if (recipe.language === 'node') {
    const packages = `${target}-packages`;
    cpSync(source, packages, { recursive: true });
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], packages);
    for (const { path, as } of recipe.files) {
      cpSync(join(packages, 'node_modules', path), join(target, as));
    }
    rmSync(packages, { recursive: true });
    return;
  }
  for (const [binary, path] of Object.entries(recipe.binaries)) {
    const flags = ['-trimpath', '-ldflags', ['-s', '-w', recipe.linkerFlags ?? ''].join(' ').trim()];
    await run('go', ['build', ...flags, '-o', join(target, binary), path], source);
  }
  for (const { module, path, as } of recipe.files ?? []) {
    cpSync(join(moduleFolder(module, source), path), join(target, as), { recursive: true });
  }
}

function moduleFolder(module: string, source: string): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', module], {
    cwd: source,
    encoding: 'utf8',
  });
  const answer: { readonly Dir?: string } = JSON.parse(stdout === '' ? '{}' : stdout);
  if (answer.Dir === undefined) {
    throw new Error(`go mod download ${module} failed:\n${stdout}${stderr}`);
  }
  return answer.Dir;
}

function folderOf(tool: ToolName): string {
  const home = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const cache = process.env['IMMICH_CDK8S_E2E_CACHE'] ?? join(home, 'immich-cdk8s', 'e2e');
  const recipe = recipes[tool];
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  for (const file of pinsOf(recipe)) {
    hash.update(readFileSync(join(sources, tool, file)));
  }
  return join(resolve(cache), `${tool}-${hash.digest('hex').slice(0, 12)}`);
}

/** The files that say which version of everything is built. */
function pinsOf(recipe: Recipe): readonly string[] {
  switch (recipe.language) {
    case 'go':
      return ['go.mod', 'go.sum'];
    case 'python':
      return [recipe.requirements];
    case 'node':
      return ['package-lock.json'];
  }
}

function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((done, failed) => {
    // CGO_ENABLED=0: no C compiler needed, and no host library in the result.
    const child = spawn(command, args, { cwd, env: { ...process.env, CGO_ENABLED: '0' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = `${output}${chunk.toString()}`.slice(-4000);
      });
    }
    child.on('error', failed);
    child.on('close', (code) =>
      code === 0 ? done() : failed(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)),
    );
  });
}
