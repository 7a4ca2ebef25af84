import { fstatSync, ftruncateSync, writeSync } from 'node:fs';
import type { Shown } from '../lib/text/shown.ts';

/** What npm tells a script of itself: https://docs.npmjs.com/cli/using-npm/scripts#environment */
export type NpmVariables = Readonly<Record<string, string | undefined>>;

/**
 * Writes a report over the lines that `npm run` puts in front of what a script writes, which no reader of JSON expects.
 * That can be done where standard output is a file that holds those lines and nothing else, as after
 * `npm run audit -- --format sarif . > immich.sarif`. Elsewhere nothing is written, and the answer is false: through a
 * pipe the lines are gone already, and it takes `npm run --silent` to be without them.
 *
 * @param given The arguments of the script.
 * @param output The file descriptor of standard output.
 */
export function writeOverBanner(
  text: Shown,
  given: readonly string[],
  npm: NpmVariables,
  output: number,
): boolean {
  const banner = bannerOf(given, npm);
  const held = fstatSync(output);
  if (banner === '' || !held.isFile() || held.size !== Buffer.byteLength(banner)) return false;
  ftruncateSync(output, 0);
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(output, bytes, written, bytes.length - written, written);
  }
  return true;
}

/** https://github.com/npm/run-script/blob/main/lib/run-script-pkg.js */
function bannerOf(given: readonly string[], npm: NpmVariables): string {
  const script = npm['npm_lifecycle_script'];
  if (script === undefined) return '';
  const name = `${npm['npm_package_name']}@${npm['npm_package_version']}`;
  return `\n> ${name} ${npm['npm_lifecycle_event']}\n> ${[script, ...given].join(' ')}\n\n`;
}
