import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Programs of a backup and its restore, as `build.sh` puts them into a folder. */
export interface Parts {
  /** The folder of PostgreSQL's programs. */
  readonly postgresql: string;
  /** A program of Barman Cloud by its name. */
  readonly barman: (program: string) => string;
  /** What Barman's programs and other Python code need in their environment. */
  readonly python: Readonly<Record<string, string>>;
  readonly azurite: string;
}

/** The programs, built once and kept in the suite's cache. Throws, and says what is missing, where they cannot be. */
export function parts(): Parts {
  const folder = builtFolder('roundtrip', 'build.sh', 'requirements.txt');
  const libraries = join(folder, 'barman');
  return {
    postgresql: join(folder, 'postgresql', 'bin'),
    barman: (program) => join(libraries, 'bin', program),
    python: { PYTHONPATH: libraries },
    azurite: join(folder, 'azurite', 'node_modules', '.bin', 'azurite-blob'),
  };
}

/** Two major versions of PostgreSQL, each with pgvector, in the place of Debian's; built once too. */
export function majors(whole: Parts): { readonly 16: Parts; readonly 18: Parts } {
  const folder = builtFolder('majors', 'build-majors.sh');
  const version = (major: string): Parts => ({ ...whole, postgresql: join(folder, major, 'bin') });
  return { 16: version('16'), 18: version('18') };
}

function builtFolder(name: string, script: string, ...others: readonly string[]): string {
  const sources = resolve('e2e/roundtrip');
  const hash = createHash('sha256');
  for (const file of [script, ...others]) {
    hash.update(readFileSync(join(sources, file)));
  }
  // Root's home lets nobody else in, and PostgreSQL refuses to be root.
  const own = process.getuid?.() === 0 ? '/var/cache' : join(homedir(), '.cache');
  const home = process.env['XDG_CACHE_HOME'] ?? own;
  const cache = process.env['IMMICH_CDK8S_E2E_CACHE'] ?? join(home, 'immich-cdk8s', 'e2e');
  const folder = join(resolve(cache), `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    const { status, stderr } = spawnSync(join(sources, script), [unfinished], { encoding: 'utf8' });
    if (status !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      throw new Error(stderr.trim().split('\n').slice(-8).join('\n'));
    }
    renameSync(unfinished, folder);
  }
  return folder;
}
