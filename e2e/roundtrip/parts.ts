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
  const folder = builtFolder();
  const libraries = join(folder, 'barman');
  return {
    postgresql: join(folder, 'postgresql', 'bin'),
    barman: (program) => join(libraries, 'bin', program),
    python: { PYTHONPATH: libraries },
    azurite: join(folder, 'azurite', 'node_modules', '.bin', 'azurite-blob'),
  };
}

function builtFolder(): string {
  const sources = resolve('e2e/roundtrip');
  const hash = createHash('sha256');
  for (const file of ['build.sh', 'requirements.txt']) {
    hash.update(readFileSync(join(sources, file)));
  }
  // Root's home lets nobody else in, and PostgreSQL refuses to be root.
  const own = process.getuid?.() === 0 ? '/var/cache' : join(homedir(), '.cache');
  const home = process.env['XDG_CACHE_HOME'] ?? own;
  const cache = process.env['IMMICH_CDK8S_E2E_CACHE'] ?? join(home, 'immich-cdk8s', 'e2e');
  const folder = join(resolve(cache), `roundtrip-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    const { status, stderr } = spawnSync(join(sources, 'build.sh'), [unfinished], { encoding: 'utf8' });
    if (status !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      throw new Error(stderr.trim().split('\n').slice(-8).join('\n'));
    }
    renameSync(unfinished, folder);
  }
  return folder;
}
