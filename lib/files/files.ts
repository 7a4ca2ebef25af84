/** What stands at a path. Links are not followed. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** Something that stands in a folder. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/**
 * The files of one folder, which is all that `lib` knows of a file system, so that it also runs where there is none.
 * Paths are relative to the folder, with forward slashes; the empty one is the folder itself.
 *
 * Synchronous, because that is five times as fast as promises, for 60 files as for 60,000. All of it throws what the
 * file system says, where it refuses.
 */
export interface Files {
  /** How messages name the folder. */
  readonly name: string;
  /** What stands at a path, and how long it is in bytes; undefined when there is nothing. */
  look(path: string): { readonly kind: EntryKind; readonly size: number } | undefined;
  /** What stands in a folder, in no order. */
  list(folder: string): readonly Entry[];
  /** The text of a file, read as UTF-8. */
  read(path: string): string;
  /** Whether a link ends inside of the folder. */
  staysInside(path: string): boolean;
}

/** The files of a folder that is written as well. */
export interface WritableFiles extends Files {
  /** Makes a folder with all those that lead to it. One that is there already stays. */
  makeFolder(path: string): void;
  /** Makes a folder, and throws when it is there already: of two who ask for one, one gets it. */
  claimFolder(path: string): void;
  /** Writes a file in a folder that is there. */
  write(path: string, text: string): void;
  /** Gives a file or a folder another name. */
  move(from: string, to: string): void;
  /** Removes a file, or a folder with all that is in it. What is not there is no error. */
  remove(path: string): void;
  /** Removes a folder, and throws when something is in it. */
  removeEmptyFolder(path: string): void;
  /** Does all of a short work although somebody asks the program to stop. */
  withoutInterruption(work: () => void): void;
}
