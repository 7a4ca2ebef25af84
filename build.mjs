import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The one place that says how programs are bundled, so that scripts, tests, benchmarks and the e2e suite run what users
 * run:
 *
 *     node build.mjs BUNDLE [--outfile FILE]      bundles
 *     node build.mjs run BUNDLE [ARGUMENT...]     bundles, and runs it in this process
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
  docs: { entry: 'docs.ts', options: [], isKept: false },
  e2e: { entry: 'e2e/main.ts', options: [], isKept: false },
  bench: { entry: 'bench/bench.ts', options: [], isKept: false },
};

/** Bundles a program of this repository, and returns where it stands. */
export function bundle(name, outfile = join(repository, 'node_modules/.cache', `${name}.cjs`)) {
  const { entry, options } = bundles[name];
  // The binary itself: its JavaScript API takes longer to load than a bundle to be made.
  const { error, status } = spawnSync(
    join(repository, 'node_modules/.bin/esbuild'),
    [
      ...[entry, '--bundle', '--platform=node', '--target=node20', '--log-level=warning'],
      ...[...options, `--outfile=${outfile}`],
    ],
    { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`${entry} does not build.`);
  return outfile;
}

/** Bundles a program and runs it here: one process less than to start another Node. */
function run(name, given) {
  const outfile = bundle(name);
  const first = bundles[name].isKept ? [join(repository, 'start.cjs'), outfile] : [outfile];
  process.argv = [process.argv[0], ...first, ...given];
  createRequire(import.meta.url)(first[0]);
}

/** Makes what the command line asks for, or returns a sentence that says what is wrong with it. */
function build([first, ...given]) {
  const [name, ...others] = first === 'run' ? given : [first, ...given];
  if (!Object.hasOwn(bundles, name ?? '')) {
    return `There is no bundle "${name ?? ''}". Write one of ${Object.keys(bundles).join(', ')}.`;
  }
  if (first === 'run') return run(name, others);
  const [option, outfile, ...rest] = others;
  if (option !== undefined && (option !== '--outfile' || outfile === undefined || rest.length > 0)) {
    return `"${others.join(' ')}" is not understood. Write --outfile FILE.`;
  }
  bundle(name, outfile && resolve(outfile));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = build(process.argv.slice(2));
  if (wrong !== undefined) {
    console.error(wrong);
    process.exitCode = 2;
  }
}
