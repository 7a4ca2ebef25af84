import { readdirSync, readFileSync, statSync } from 'node:fs';
import { unreadableText } from '../unreadable.ts';

/** Something that cannot be read, told in a sentence. */
export class UnreadableInput extends Error {}

/**
 * The texts of installation files by the names that messages show.
 *
 * @param folder Where to look for them, when none are named.
 * @throws UnreadableInput when there are none, or one cannot be read.
 */
export function readInstallationFiles(folder: string, named: readonly string[]): ReadonlyMap<string, string> {
  const files = named.length > 0 ? named : filesIn(folder);
  if (files.length === 0) {
    throw new UnreadableInput(
      `${folder}/ holds no installation. Write one, such as ${folder}/home.yaml, by hand or by the command init; see README.md.`,
    );
  }
  return new Map(files.map((file) => [file, textOf(file)]));
}

/** All YAML files of a folder, without those that editors hide there. */
function filesIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  try {
    return readdirSync(folder)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    throw new UnreadableInput(unreadableText(folder, error));
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableInput(unreadableText(file, error));
  }
}
