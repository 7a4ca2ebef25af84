import type { WritableFiles } from '../files/files.ts';
import { folderOf } from '../manifests/views/layer.ts';
import { type DistPlan, foldersOf } from './plan.ts';

/**
 * Where new files wait, inside the folder that they are for, because names can only be changed within one file
 * system. It is there only while synth writes, or when it was killed then:
 *
 *     .synth/new/           new files, at their paths
 *     .synth/created        which of them have no older file at their path
 *     .synth/old/           older files, at their paths: as long as it is there, all can be undone
 */
const stagingFolder = '.synth';

const fresh = `${stagingFolder}/new`;
const created = `${stagingFolder}/created`;
const old = `${stagingFolder}/old`;

/** @throws Error when another synth is writing into the folder. */
export function claim(files: WritableFiles): void {
  files.makeFolder('');
  files.claimFolder(stagingFolder);
}

/** Writes all new files where they do not count yet. Whatever fails for want of space or permission fails here. */
export function stage(files: WritableFiles, plan: DistPlan): void {
  files.write(`${stagingFolder}/.gitignore`, '*\n');
  const changed = new Set(plan.changed);
  files.write(created, [...plan.write.keys()].filter((path) => !changed.has(path)).join('\n'));
  makeFolders(files, inside(fresh, [...plan.write.keys()]));
  for (const [path, text] of plan.write) files.write(`${fresh}/${path}`, text);
}

/** Puts the new files in the place of the old ones, by names alone. */
export function swap(files: WritableFiles, plan: DistPlan): void {
  const leaving = [...plan.changed, ...plan.remove];
  const arriving = [...plan.write.keys()];
  files.claimFolder(old);
  makeFolders(files, inside(old, leaving));
  files.withoutInterruption(() => {
    for (const path of leaving) files.move(path, `${old}/${path}`);
    for (const path of plan.emptied) removeIfEmpty(files, path);
    makeFolders(files, arriving);
    for (const path of arriving) files.move(`${fresh}/${path}`, path);
    files.move(old, `${stagingFolder}/done`);
  });
  files.remove(stagingFolder);
}

/** Brings back what was there before `stage`, unless `swap` had finished. Does nothing where nothing is staged. */
export function undo(files: WritableFiles): void {
  if (files.look(stagingFolder)?.kind !== 'folder') return;
  if (files.look(old) !== undefined) {
    const paths = files.read(created).split('\n').filter(Boolean);
    const arrived = paths.filter((path) => files.look(`${fresh}/${path}`) === undefined);
    for (const path of arrived) files.remove(path);
    for (const folder of [...new Set(paths.flatMap(foldersOf))].sort().reverse()) {
      removeIfEmpty(files, folder);
    }
    const leaving = filesIn(files, old, '');
    makeFolders(files, leaving);
    for (const path of leaving) files.move(`${old}/${path}`, path);
  }
  files.remove(stagingFolder);
}

function inside(folder: string, paths: readonly string[]): string[] {
  return paths.map((path) => `${folder}/${path}`);
}

/** Makes the folders that lead to files. */
function makeFolders(files: WritableFiles, paths: readonly string[]): void {
  for (const folder of new Set(paths.map(folderOf))) files.makeFolder(folder);
}

/** Desktops put files into folders that nobody sees (see `folder.ts`): such a folder stays. */
function removeIfEmpty(files: WritableFiles, folder: string): void {
  if (files.look(folder)?.kind === 'folder' && files.list(folder).length === 0) {
    files.removeEmptyFolder(folder);
  }
}

function filesIn(files: WritableFiles, folder: string, prefix: string): string[] {
  return files
    .list(`${folder}/${prefix}`)
    .flatMap(({ name, kind }) =>
      kind === 'folder' ? filesIn(files, folder, `${prefix}${name}/`) : [prefix + name],
    );
}
