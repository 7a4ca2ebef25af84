import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where things are made that are measured, and once only. */
export interface Workshop {
  /** Where build.mjs is. */
  readonly repository: string;
  readonly temporary: string;
}

/** A program of the repository, bundled as users get it. */
export function bundleIn({ repository, temporary }: Workshop, name: string): string {
  const bundle = join(temporary, `${name}.cjs`);
  return made(bundle, () => {
    execFileSync(process.execPath, [join(repository, 'build.mjs'), name, '--outfile', bundle]);
  });
}

/** A file or folder, which is made unless it is there. */
export function made(path: string, make: () => void): string {
  if (!existsSync(path)) make();
  return path;
}
