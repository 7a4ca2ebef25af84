import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type DistPlan, foldersOf } from './plan.ts';

/**
 * Where new files wait, inside the folder that they are for, because names can only be changed within one file
 * system. It is there only while synth writes, or when it was killed then:
 *
 *     .synth/new/           new files, at their paths
 *     .synth/created        which of them have no older file at their path
 *     .synth/old/           older files, at their paths: as long as it is there, all can be undone
 */
export const stagingFolder = '.synth';

/** @throws Error when another synth is writing into the folder. */
export function claim(folder: string): void {
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(folder, stagingFolder));
}

/** Writes all new files where they do not count yet. Whatever fails for want of space or permission fails here. */
export function stage(folder: string, plan: DistPlan): void {
  const staging = join(folder, stagingFolder);
  writeFileSync(join(staging, '.gitignore'), '*\n');
  const changed = new Set(plan.changed);
  const created = [...plan.write.keys()].filter((path) => !changed.has(path));
  writeFileSync(join(staging, 'created'), created.join('\n'));
  makeFolders(join(staging, 'new'), [...plan.write.keys()]);
  for (const [path, text] of plan.write) writeFileSync(join(staging, 'new', path), text);
}

/** Puts the new files in the place of the old ones, by names alone. */
export function swap(folder: string, plan: DistPlan): void {
  const staging = join(folder, stagingFolder);
  const old = join(staging, 'old');
  const leaving = [...plan.changed, ...plan.remove];
  const arriving = [...plan.write.keys()];
  mkdirSync(old);
  makeFolders(old, leaving);
  uninterrupted(() => {
    for (const path of leaving) renameSync(join(folder, path), join(old, path));
    for (const path of plan.emptied) removeIfEmpty(join(folder, path));
    makeFolders(folder, arriving);
    for (const path of arriving) renameSync(join(staging, 'new', path), join(folder, path));
    renameSync(old, join(staging, 'done'));
  });
  rmSync(staging, { recursive: true });
}

/** Brings back what was there before `stage`, unless `swap` had finished. Does nothing where nothing is staged. */
export function undo(folder: string): void {
  const staging = join(folder, stagingFolder);
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const old = join(staging, 'old');
  if (existsSync(old)) {
    const created = readFileSync(join(staging, 'created'), 'utf8').split('\n').filter(Boolean);
    const arrived = created.filter((path) => !existsSync(join(staging, 'new', path)));
    for (const path of arrived) rmSync(join(folder, path), { force: true });
    for (const path of [...new Set(created.flatMap(foldersOf))].sort().reverse())
      removeIfEmpty(join(folder, path));
    const leaving = filesIn(old, '');
    makeFolders(folder, leaving);
    for (const path of leaving) renameSync(join(old, path), join(folder, path));
  }
  rmSync(staging, { recursive: true });
}

function makeFolders(folder: string, paths: readonly string[]): void {
  for (const path of new Set(paths.map(dirname))) mkdirSync(join(folder, path), { recursive: true });
}

/** Desktops put files into folders that nobody sees (see `folder.ts`): such a folder stays. */
function removeIfEmpty(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() && readdirSync(folder).length === 0)
    rmdirSync(folder);
}

function filesIn(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(folder, `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
}

/** Does all of a short work although somebody asks the process to stop. */
function uninterrupted(work: () => void): void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => {};
  for (const signal of signals) process.on(signal, wait);
  try {
    work();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
