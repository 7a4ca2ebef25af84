import { dirname, join, relative } from 'node:path';
import { distPathOf } from '../../lib/installation/delivery.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { upgradeOf } from '../../lib/upgrade/upgrade.ts';
import { upgradeJson } from '../../lib/upgrade/upgrade-json.ts';
import { isRefused, upgradeText } from '../../lib/upgrade/upgrade-text.ts';
import { contentsOf, listingOf, placeInRepository } from '../git.ts';
import { errorText } from '../problem-lines.ts';
import { readInstallationFiles, UnreadableInput } from '../synth/installation-files.ts';
import { print, printError, printShown } from '../terminal.ts';
import { type AnswerFormat, jsonAnswer } from './format.ts';

/**
 * Says in which commits an installation goes from what is committed to what its file wants. Returns the exit code: 1 when
 * the file has errors, or there is no way that is not refused.
 */
export function explainUpgrade(file: string, { isJson, style, noColor }: AnswerFormat): number {
  try {
    const [text = ''] = readInstallationFiles('', [file]).values();
    const { installation, problems } = parseInstallation(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (installation === undefined || errors.length > 0) return fail(1, [errorText(errors, noColor)]);
    const { name } = installation;
    const path = distPathOf(installation);
    const committed = committedDist(dirname(file), path, name);
    if (committed === undefined) {
      return fail(2, [
        `No commit holds ${path}/${name}/ in the repository of ${file}: run it where dist is committed.`,
      ]);
    }
    const upgrade = upgradeOf(file, text, committed);
    if (upgrade.kind === 'none') return fail(1, upgrade.problems);
    if (isJson) printShown(jsonAnswer(upgradeJson(upgrade)));
    else print(upgradeText(upgrade, file, style));
    return isRefused(upgrade) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    return fail(2, [error.message]);
  }
}

function fail(code: number, lines: readonly string[]): number {
  printError(`${lines.join('\n')}\n`);
  return code;
}

/** The texts of one installation in the dist of the last commit; `flux.path` is seen from the root of the repository. */
function committedDist(folder: string, path: string, name: string): Map<string, string> | undefined {
  const below = placeInRepository(folder);
  if (below === undefined) return undefined;
  const target = join(folder, relative(below, path));
  const listing = listingOf(join(target, name), 'HEAD');
  if (listing === undefined || listing.size === 0) return undefined;
  const contents = contentsOf(target, [...listing.values()]);
  return new Map([...listing].map(([file, content]) => [`${name}/${file}`, contents.get(content) ?? '']));
}
