import type { WritableFiles } from '../files/files.ts';
import { LateTexts } from './late-texts.ts';
import type { DistPlan, DistState } from './plan.ts';
import { claim, stage, swap, undo } from './staging.ts';

/**
 * Reads the folder that synth writes, without following symbolic links: each text when it is asked for, and none is
 * kept. A folder that is not there is empty.
 * What a killed run left half done is undone first.
 *
 * @throws Error when it is not a folder, or something in it cannot be read.
 */
export function lookIntoDist(folder: WritableFiles): DistState {
  const found = folder.look('')?.kind;
  if (found === 'link') {
    throw new Error(
      `${folder.name} is a symbolic link, which synth does not follow. Put a folder in its place.`,
    );
  }
  const files: string[] = [];
  const folders: string[] = [];
  const others: string[] = [];
  if (found === undefined) return { files: new Map(), folders, others };
  if (found !== 'folder') throw new Error(`${folder.name} is not a folder. Synth writes its files there.`);

  undo(folder);
  const visit = (prefix: string) => {
    for (const { name, kind } of folder.list(prefix)) {
      const path = prefix + name;
      if (kind === 'folder') {
        folders.push(path);
        visit(`${path}/`);
      } else if (kind !== 'file') {
        others.push(path);
      } else if (!noise.has(name)) {
        files.push(path);
      }
    }
  };
  visit('');
  return { files: new LateTexts(files, (path) => folder.read(path)), folders, others };
}

/**
 * Brings a folder to what a plan says, or leaves it as it was. Files that stay the same are not touched.
 *
 * @throws Error when there are foreign files, or when the file system refuses. The folder is then as it was.
 */
export function applyPlan(folder: WritableFiles, plan: DistPlan): void {
  if (plan.foreign.length > 0) throw new Error(foreignSentences(folder.name, plan).join('\n'));
  if (plan.write.size + plan.remove.length + plan.emptied.length === 0) return;
  try {
    claim(folder);
  } catch (error) {
    throw refusal(folder.name, error);
  }
  try {
    stage(folder, plan);
    swap(folder, plan);
  } catch (error) {
    undoOrSay(folder, error);
    throw refusal(folder.name, error);
  }
}

/** What desktops leave behind. Neither git nor Flux nor kustomize reads it, so it may stay where it is. */
const noise: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

function foreignSentences(folder: string, { foreign }: DistPlan): string[] {
  const most = 10;
  const sentences = foreign
    .slice(0, most)
    .map(
      ({ path, reason }) =>
        `${folder}/${path} was not written by synth: ${reason}. Move it elsewhere or delete it.`,
    );
  return foreign.length > most ? [...sentences, `... and ${foreign.length - most} more.`] : sentences;
}

function undoOrSay(folder: WritableFiles, cause: unknown): void {
  try {
    undo(folder);
  } catch (error) {
    throw new Error(
      `${folder.name} is half written: ${reasonOf(cause)} Nor could it be put back: ${reasonOf(error)} The next synth puts it back first.`,
      { cause },
    );
  }
}

function refusal(folder: string, cause: unknown): Error {
  return new Error(
    `${folder} stays as it was, because it could not be written as a whole: ${reasonOf(cause)}`,
    { cause },
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.message}.` : `${error}.`;
}
