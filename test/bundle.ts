import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const build = join(__dirname, '../build.mjs');

/** Bundles one of the programs of build.mjs into a file, so that a test runs what users run. */
export function bundle(name: string, outfile: string): void {
  execFileSync(process.execPath, [build, name, '--outfile', outfile]);
}
