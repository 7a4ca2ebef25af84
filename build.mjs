import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isUpToDate, keepingRecord } from './bundling/up-to-date.mjs';

/**
 * The one place that says how programs are bundled, so that scripts, tests, benchmarks and the e2e suite run what users
 * run:
 *
 *     node build.mjs BUNDLE [--outfile FILE]      bundles
 *     node build.mjs run BUNDLE [ARGUMENT...]     bundles, unless no source has changed, and runs it in this process
 *     node build.mjs package                      makes in build/ what the package is
 *     node build.mjs site                         makes in site/build/ the page
 */
const repository = dirname(fileURLToPath(import.meta.url));

const generatedTypes = 'node_modules/cdk8s-plus-28/lib/imports/k8s.js';

/** Kubernetes' generated types as modules, see `kubernetesModule`. */
const kubernetes = 'node_modules/.cache/kubernetes.ts';

// Loading is nearly all of the time that synth takes, so that the bundle is small; names are kept, for stack traces.
// yaml is taken as CommonJS, because its modules for browsers are what esbuild would choose, and those are larger.
const small = [
  '--minify-whitespace',
  '--minify-syntax',
  '--alias:yaml=./node_modules/yaml/dist/index.js',
  `--alias:cdk8s-plus-28/lib/imports/k8s.js=./${kubernetes}`,
];

// What cdk8s and constructs load of Node at once, and use for Helm charts, addresses of constructs and long names.
const late = ['child_process', 'crypto'].map((name) => `--alias:${name}=./bundling/late/${name}.cjs`);

// cdk8s asks Node for files and variables that we never have it use.
const forBrowsers = [
  '--platform=browser',
  '--format=iife',
  '--define:process.env={}',
  ...['child_process', 'crypto', 'fs', 'os', 'path'].map((name) => `--alias:${name}=./bundling/nothing.cjs`),
];

/** What is bundled: its entry, how, and whether what V8 compiled of it is kept, see start.cjs. */
const bundles = {
  synth: { entry: 'main.ts', options: [...small, ...late], isKept: true },
  audit: { entry: 'cli/audit/alone.ts', options: small, isKept: true },
  review: { entry: 'cli/review/alone.ts', options: small, isKept: true },
  comment: { entry: 'cli/review/comment-alone.ts', options: small, isKept: false },
  cli: { entry: 'cli/main.ts', options: [...small, ...late], isKept: false },
  browser: { entry: 'lib/index.ts', options: [...forBrowsers, '--global-name=immich'], isKept: false },
  page: { entry: 'site/page.ts', options: [...forBrowsers, '--minify'], isKept: false },
  worker: { entry: 'site/worker.ts', options: [...forBrowsers, '--minify'], isKept: false },
  docs: { entry: 'docs.ts', options: ['--external:typescript-api'], isKept: false },
  releases: { entry: 'releases.ts', options: [], isKept: false },
  e2e: { entry: 'e2e/main.ts', options: [], isKept: false },
  bench: { entry: 'bench/bench.ts', options: [], isKept: false },
  pictures: { entry: 'pictures/main.ts', options: [...small, ...late], isKept: false },
  corpus: { entry: 'corpus/main.ts', options: [], isKept: false },
};

const cache = join(repository, 'node_modules/.cache');

/** Bundles a program of this repository, and returns where it stands. */
export async function bundle(name, outfile = join(cache, `${name}.cjs`)) {
  const { entry, options } = bundles[name];
  await esbuild([entry, ...options, `--outfile=${outfile}`]);
  return outfile;
}

/** Bundles a program where something that it is made of has changed, and returns where it stands. */
async function freshBundle(name) {
  const outfile = join(cache, `${name}.cjs`);
  if (isUpToDate(repository, outfile)) return outfile;
  await keepingRecord(repository, outfile, ['build.mjs', generatedTypes], (part, metafile) => {
    const { entry, options } = bundles[name];
    return esbuild([entry, ...options, `--outfile=${part}`, `--metafile=${metafile}`]);
  });
  return outfile;
}

async function esbuild(options) {
  kubernetesModule();
  const { spawnSync } = await import('node:child_process');
  // The binary itself: its JavaScript API takes longer to load than a bundle to be made.
  const { error, status } = spawnSync(
    join(repository, 'node_modules/.bin/esbuild'),
    ['--bundle', '--platform=node', '--target=node20', '--log-level=warning', ...options],
    { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`${options[0]} does not build.`);
}

/**
 * Takes the TypeScript that cdk8s-plus-28's generated types were made from out of their source map. The CommonJS that
 * the package ships goes into a bundle as a whole, two thousand names; of modules only what is used does.
 */
function kubernetesModule() {
  const source = readFileSync(join(repository, generatedTypes), 'utf8');
  const map = source.slice(source.lastIndexOf('base64,') + 'base64,'.length);
  const [text] = JSON.parse(Buffer.from(map, 'base64').toString()).sourcesContent;
  const file = join(repository, kubernetes);
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    mkdirSync(cache, { recursive: true });
  }
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, file);
}

/** Makes what is published: the commands as one file, and lib/index.ts with its types for those who import it. */
async function makePackage() {
  const target = join(repository, 'build');
  rmSync(target, { recursive: true, force: true });
  const command = await bundle('cli', join(target, 'immich-cdk8s.cjs'));
  writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`);
  chmodSync(command, 0o755);
  // The action that reviews pull requests, for workflows of repositories that have this package among their own.
  const action = join(target, 'review');
  for (const name of ['review', 'comment']) await bundle(name, join(action, `${name}.cjs`));
  copyFileSync(join(repository, '.github/actions/review/action.yaml'), join(action, 'action.yaml'));
  await esbuild([
    'lib/index.ts',
    ...small,
    '--format=esm',
    '--external:cdk8s',
    '--external:constructs',
    // The generated types are CommonJS, which asks for cdk8s by `require`.
    "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    `--outfile=${join(target, 'index.js')}`,
  ]);
  const { packageTypes } = await import('./package-types.mjs');
  packageTypes(repository, join(target, 'types'));
}

/** Makes the page, with Mermaid for its pictures, which is too large to be installed with everything else. */
async function makeSite() {
  const target = join(repository, 'site/build');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['page', 'worker']) await bundle(name, join(target, `${name}.js`));
  for (const name of ['index.html', 'page.css'])
    copyFileSync(join(repository, 'site', name), join(target, name));
  const packages = join(cache, 'mermaid');
  mkdirSync(packages, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(repository, 'e2e/tools/mermaid', name), join(packages, name));
  }
  const { execFileSync } = await import('node:child_process');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], {
    cwd: packages,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  copyFileSync(join(packages, 'node_modules/mermaid/dist/mermaid.min.js'), join(target, 'mermaid.min.js'));
}

/** Bundles a program and runs it here: one process less than to start another Node. */
async function run(name, given) {
  const outfile = await freshBundle(name);
  const first = bundles[name].isKept ? [join(repository, 'start.cjs'), outfile] : [outfile];
  process.argv = [process.argv[0], ...first, ...given];
  createRequire(import.meta.url)(first[0]);
}

/** Makes what the command line asks for, or returns a sentence that says what is wrong with it. */
async function build([first, ...given]) {
  if (first === 'package' && given.length === 0) return makePackage();
  if (first === 'site' && given.length === 0) return makeSite();
  const [name, ...others] = first === 'run' ? given : [first, ...given];
  if (!Object.hasOwn(bundles, name ?? '')) {
    return `There is no bundle "${name ?? ''}". Write one of ${Object.keys(bundles).join(', ')}, package, site.`;
  }
  if (first === 'run') return run(name, others);
  const [option, outfile, ...rest] = others;
  if (option !== undefined && (option !== '--outfile' || outfile === undefined || rest.length > 0)) {
    return `"${others.join(' ')}" is not understood. Write --outfile FILE.`;
  }
  await bundle(name, outfile && resolve(outfile));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = await build(process.argv.slice(2));
  if (wrong !== undefined) {
    console.error(wrong);
    process.exitCode = 2;
  }
}
