import { parseAllDocuments } from 'yaml';
import type { Change } from '../changes/change.ts';
import type { Files } from '../files/files.ts';
import { show } from '../text/shown.ts';
import { textAt } from './tree-change.ts';

/**
 * Changes without those of manifests that cannot be read any more, such as those with the marks of a merge: what stands
 * in them is not gone, as it seems, but Flux applies nothing of their layer.
 *
 * @param inFolder The path of a file of dist, seen from the folder that is reviewed.
 */
export function withUnreadable(
  changes: readonly Change[],
  after: Files,
  inFolder: (path: string) => string,
): Change[] {
  const broken = new Set(
    [...new Set(changes.map(({ file }) => file))].filter((file) =>
      isUnreadable(textAt(after, inFolder(file))),
    ),
  );
  return [
    ...changes.filter(({ file }) => !broken.has(file)),
    ...[...broken].flatMap((file): Change[] => {
      const first = changes.find((change) => change.file === file);
      if (first === undefined) return [];
      const { installation, topic, objects } = first;
      return [
        {
          id: `${installation}:installation:unreadable:${file}`,
          installation,
          grade: 'refused',
          topic,
          from: undefined,
          to: file,
          impossible: true,
          objects,
          sentence: show(
            `${inFolder(file)} is not YAML any more: Flux applies nothing of its layer, and takes nothing away.`,
          ),
          steps: [show('Run synth, which writes it again.')],
          file,
          path: [],
          key: undefined,
        },
      ];
    }),
  ];
}

function isUnreadable(text: string | undefined): boolean {
  return (
    text !== undefined &&
    parseAllDocuments(text, { logLevel: 'silent' }).some(({ errors }) => errors.length > 0)
  );
}
