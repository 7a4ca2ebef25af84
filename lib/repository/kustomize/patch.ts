import { type Origin, originOf } from '../../manifests/derived.ts';
import { type Field, isList } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { joinPath } from '../../manifests/views/layer.ts';
import type { Path } from '../../text/path.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';

/** One document of patches. */
export interface Patch {
  readonly value: Value;
  /** The operations of a JSON patch; undefined for a strategic merge. */
  readonly operations: readonly Value[] | undefined;
  /** Which objects it is for; nothing when it names its own. */
  readonly target: Field;
  /** Whether it may give its object another name, and another kind. */
  readonly changesName: boolean;
  readonly changesKind: boolean;
  /** Where a value of the patch was written. */
  readonly origin: (path: Path) => Origin;
}

/** Gives the text of a file; undefined when there is none. */
export type ReadText = (file: string) => string | undefined;

/** The patches of a kustomization, in the order in which kustomize applies them. */
export interface Patches {
  /** Those that come first. */
  readonly first: readonly Patch[];
  /** Those that come after namespace, names and labels. */
  readonly late: readonly Patch[];
}

/** The patches of a kustomization in `folder`, or of a Flux Kustomization; those that cannot be read are left out. */
export function patchesOf(field: Field, folder: string, read: ReadText): Patches {
  const merges = field
    .at('patchesStrategicMerge')
    .items.flatMap((entry) =>
      /\n/.test(entry.text ?? '')
        ? inline(entry, entry.text ?? '', entry)
        : fromFile(entry, entry.text, folder, read),
    );
  const entries = (list: string) => field.at(list).items.flatMap((entry) => patchEntry(entry, folder, read));
  return { first: [...merges, ...entries('patches')], late: entries('patchesJson6902') };
}

/** The files that a kustomization uses as patches, so that they are no objects themselves. */
export function patchFiles(field: Field, folder: string): string[] {
  return [
    ...['patches', 'patchesJson6902'].flatMap((list) =>
      field.at(list).items.flatMap((entry) => entry.at('path').text ?? []),
    ),
    ...field.at('patchesStrategicMerge').texts.filter((text) => !text.includes('\n')),
  ].flatMap((path) => joinPath(folder, path) ?? []);
}

function patchEntry(entry: Field, folder: string, read: ReadText): Patch[] {
  const text = entry.at('patch').text;
  return text === undefined
    ? fromFile(entry, entry.at('path').text, folder, read)
    : inline(entry, text, entry.at('patch'));
}

function inline(entry: Field, text: string, at: Field): Patch[] {
  return parsePatches(entry, entry.manifest.file, text, () => originOf(at.manifest, at.path));
}

function fromFile(entry: Field, path: string | undefined, folder: string, read: ReadText): Patch[] {
  const file = path === undefined ? undefined : joinPath(folder, path);
  const text = file === undefined ? undefined : read(file);
  return file === undefined || text === undefined ? [] : parsePatches(entry, file, text);
}

function parsePatches(entry: Field, file: string, text: string, origin?: () => Origin): Patch[] {
  return splitDocuments(file, text).flatMap((document): Patch[] => {
    try {
      const { value, position } = readValue(document);
      const manifest = { file, object: entry.manifest.object, comments: [], position };
      return [
        {
          value,
          operations: isList(value) ? value : undefined,
          target: entry.at('target'),
          changesName: entry.at('options', 'allowNameChange').value === true,
          changesKind: entry.at('options', 'allowKindChange').value === true,
          origin: origin ?? ((path) => ({ manifest, path })),
        },
      ];
    } catch {
      return [];
    }
  });
}
