import type { MountView } from './container.ts';

/** The mount on which a folder lies, the innermost of several; undefined on the container's own disk. */
export function mountAt(mounts: readonly MountView[], folder: string): MountView | undefined {
  return mounts
    .filter(({ path }) => isUnder(folder, path))
    .sort((one, other) => other.path.length - one.path.length)[0];
}

/** Whether a path is that folder or lies below it. */
export function isUnder(path: string, folder: string): boolean {
  const trimmed = folder.replace(/\/+$/, '');
  return path === trimmed || path.startsWith(`${trimmed}/`);
}
