import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The one place that says how programs are bundled, so that scripts, tests, benchmarks and the e2e suite run what users
 * run:
 *
 *     node build.mjs BUNDLE [--outfile FILE]      bundles
 *     node build.mjs run BUNDLE [ARGUMENT...]     bundles, and runs it in this process
 *     node build.mjs package                      makes in build/ what the package is
 */
const repository = dirname(fileURLToPath(import.meta.url));

// Loading is nearly all of the time that synth takes, so that the bundle is small; names are kept, for stack traces.
// yaml is taken as CommonJS, because its modules for browsers are what esbuild would choose, and those are larger.
const small = ['--minify-whitespace', '--minify-syntax', '--alias:yaml=./node_modules/yaml/dist/index.js'];

/** What is bundled: its entry, how, and whether what V8 compiled of it is kept, see start.cjs. */
const bundles = {
  synth: { entry: 'main.ts', options: small, isKept: true },
  audit: { entry: 'cli/audit/alone.ts', options: [], isKept: false },
  cli: { entry: 'cli/main.ts', options: small, isKept: false },
  docs: { entry: 'docs.ts', options: ['--external:typescript-api'], isKept: false },
  e2e: { entry: 'e2e/main.ts', options: [], isKept: false },
  bench: { entry: 'bench/bench.ts', options: [], isKept: false },
};

/** Bundles a program of this repository, and returns where it stands. */
export function bundle(name, outfile = join(repository, 'node_modules/.cache', `${name}.cjs`)) {
  const { entry, options } = bundles[name];
  esbuild([entry, ...options, `--outfile=${outfile}`]);
  return outfile;
}

function esbuild(options) {
  // The binary itself: its JavaScript API takes longer to load than a bundle to be made.
  const { error, status } = spawnSync(
    join(repository, 'node_modules/.bin/esbuild'),
    ['--bundle', '--platform=node', '--target=node20', '--log-level=warning', ...options],
    { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`${options[0]} does not build.`);
}

/** Makes what is published: the commands as one file, and lib/index.ts with its types for those who import it. */
async function makePackage() {
  const target = join(repository, 'build');
  rmSync(target, { recursive: true, force: true });
  const command = bundle('cli', join(target, 'immich-cdk8s.cjs'));
  writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`);
  chmodSync(command, 0o755);
  esbuild([
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

/** Bundles a program and runs it here: one process less than to start another Node. */
function run(name, given) {
  const outfile = bundle(name);
  const first = bundles[name].isKept ? [join(repository, 'start.cjs'), outfile] : [outfile];
  process.argv = [process.argv[0], ...first, ...given];
  createRequire(import.meta.url)(first[0]);
}

/** Makes what the command line asks for, or returns a sentence that says what is wrong with it. */
async function build([first, ...given]) {
  if (first === 'package' && given.length === 0) return makePackage();
  const [name, ...others] = first === 'run' ? given : [first, ...given];
  if (!Object.hasOwn(bundles, name ?? '')) {
    return `There is no bundle "${name ?? ''}". Write one of ${Object.keys(bundles).join(', ')}, package.`;
  }
  if (first === 'run') return run(name, others);
  const [option, outfile, ...rest] = others;
  if (option !== undefined && (option !== '--outfile' || outfile === undefined || rest.length > 0)) {
    return `"${others.join(' ')}" is not understood. Write --outfile FILE.`;
  }
  bundle(name, outfile && resolve(outfile));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = await build(process.argv.slice(2));
  if (wrong !== undefined) {
    console.error(wrong);
    process.exitCode = 2;
  }
}
