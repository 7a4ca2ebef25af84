import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Repository, readRepository } from '../../lib/repository/repository.ts';
import { nodeFiles } from '../node-files.ts';
import type { Progress } from '../progress.ts';
import { unreadableText } from '../unreadable.ts';

/** A folder, or one file of it, that is audited. */
export interface Subject {
  readonly folder: string;
  /** The one file, when it is not the whole folder. */
  readonly only: string | undefined;
}

/** What a path names; undefined when there is nothing. */
export function subjectAt(path: string): Subject | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  return status.isDirectory()
    ? { folder: path, only: undefined }
    : { folder: dirname(path), only: basename(path) };
}

/** The manifests, or a sentence that says why they cannot be read. */
export function read({ folder, only }: Subject, progress: Progress): Repository | string {
  try {
    return progress.until(() => readRepository(progress.watching(nodeFiles(folder)), only));
  } catch (error) {
    return unreadableText(join(folder, only ?? ''), error);
  }
}

/** What code scanning and annotations need in front of files, which they look for in the working folder. */
export function prefixOf({ folder }: Subject): string {
  const way = relative(resolve(process.env['INIT_CWD'] ?? '.'), folder);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? '' : `${way.split(sep).join('/')}/`;
}

/** Reads single lines of the files, counted from 1; undefined for what is not there. */
export function lineReader({ folder }: Subject): (file: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = files.get(file) ?? linesOf(join(folder, file));
    files.set(file, lines);
    return lines[line - 1];
  };
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
