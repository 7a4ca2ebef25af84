import { undecided } from '../installation/volume-backup.ts';
import { fieldAt, isMapping } from './data.ts';
import { databaseImageFor } from './database-image.ts';

/** What a step has to write into one installation file. */
export interface Addition {
  /** The keys that lead to the mapping. */
  readonly path: readonly string[];
  /** Keys of that mapping with their values. */
  readonly entries: readonly (readonly [key: string, value: string])[];
  /** A sentence on why it is this value, and what is left to do. */
  readonly because: string;
}

/** One change of the schema of installation files, and how a file follows it without a change of dist. */
export interface Step {
  /** Its name, for programs. */
  readonly id: string;
  /** What has to be added to a file; undefined where it is up to date, or so wrong that synth has to be asked first. */
  readonly addition: (data: unknown, dist: ReadonlyMap<string, string>) => Addition | undefined;
}

/** Every change of the schema that there was, oldest first. A later one is added at the end. */
export const steps: readonly Step[] = [
  {
    id: 'database-image',
    addition: (data, dist) => {
      const path = ['database', 'cnpg'];
      if (!lacks(data, path, 'image')) return undefined;
      const found = databaseImageFor(data, dist);
      return (
        found && {
          path,
          entries: [['image', found.image]],
          because:
            found.file === undefined
              ? 'It is the newest that this version of Immich is known to work with; dist has no database of this name.'
              : `It is what ${found.file} in dist has, so that the database stays as it is.`,
        }
      );
    },
  },
  {
    id: 'library-backup',
    addition: (data) => {
      const path = ['volumes', 'library'];
      if (!lacks(data, path, 'backup')) return undefined;
      return {
        path,
        entries: [
          ['backup', 'none'],
          ...(lacks(data, path, 'reason') ? [['reason', undecided] as const] : []),
        ],
        because:
          'The file said nothing of a backup, and there is none. Write { volsync: {} } or { longhorn: {} }, or your own reason.',
      };
    },
  },
];

/** Whether there is a mapping that does not have a key. */
function lacks(data: unknown, path: readonly string[], key: string): boolean {
  const mapping = fieldAt(data, ...path);
  return isMapping(mapping) && !Object.hasOwn(mapping, key);
}
