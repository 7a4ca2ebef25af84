import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';

/** Packages whose types a user of the constructs has. All others travel inside. */
const peers = new Set(['cdk8s', 'constructs']);

/** The generated types of Kubernetes itself, of which nothing else of their package is used. */
const kubernetes = 'cdk8s-plus-28/lib/imports/k8s.js';

/**
 * Writes the declarations that lib/index.ts needs into a folder, each at its path: what is in reach of it and no more,
 * and what stands in packages that a user lacks beside them.
 *
 * TypeScript 7 has no API that bundlers of declarations could use, and a folder of them serves as well.
 */
export function packageTypes(repository, target) {
  const emitted = mkdtempSync(join(tmpdir(), 'immich-cdk8s-types-'));
  try {
    const tsc = join(repository, 'node_modules/typescript/bin/tsc');
    const { status } = spawnSync(
      process.execPath,
      [tsc, '--project', join(repository, 'tsconfig.package.json'), '--outDir', emitted],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (status !== 0) throw new Error('The declarations of lib/index.ts cannot be made.');
    mkdirSync(join(emitted, 'imports/kubernetes'), { recursive: true });
    copyFileSync(
      join(repository, 'node_modules', kubernetes.replace(/\.js$/, '.d.ts')),
      join(emitted, 'imports/kubernetes/k8s.d.ts'),
    );
    rmSync(target, { recursive: true, force: true });
    copyReachable(repository, emitted, target, 'lib/index.d.ts');
  } finally {
    rmSync(emitted, { recursive: true });
  }
}

function copyReachable(repository, emitted, target, first) {
  const waiting = [first];
  const seen = new Set(waiting);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const text = readFileSync(join(emitted, file), 'utf8').replace(
      /(\bfrom |\bimport\()(['"])([^'"]+)\2/g,
      (whole, before, quote, specifier) => {
        const meant = declarationOf(repository, file, specifier);
        if (meant === undefined) return whole;
        if (!seen.has(meant)) waiting.push(meant);
        seen.add(meant);
        const way = posix.relative(posix.dirname(file), meant).replace(/\.d\.ts$/, '.js');
        return `${before}${quote}${way.startsWith('.') ? way : `./${way}`}${quote}`;
      },
    );
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), text);
  }
}

/** The declaration that an import means, as a path in the repository; undefined for a package that users have. */
function declarationOf(repository, file, specifier) {
  if (specifier.startsWith('.')) return declared(posix.join(posix.dirname(file), specifier));
  if (specifier === kubernetes) return 'imports/kubernetes/k8s.d.ts';
  const [, workspace, entry = ''] = /^@cdk8s\/imports-([^/]+)(\/.*)?$/.exec(specifier) ?? [];
  if (workspace !== undefined) {
    const folder = join(repository, 'imports', workspace);
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const source = typeof exports === 'string' ? exports : exports[`.${entry}`];
    return declared(posix.join('imports', workspace, source));
  }
  if (peers.has(specifier)) return undefined;
  throw new Error(`${relative(repository, file)}: users do not have the types of ${specifier}.`);
}

function declared(path) {
  return path.replace(/\.ts$/, '.d.ts');
}
