import { type Origin, originOf } from '../../manifests/derived.ts';
import { type Field, isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { joinPath } from '../../manifests/views/layer.ts';
import type { Path } from '../../text/path.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';

/** A patch, and the objects it is meant for. */
export interface Patch {
  readonly value: Value;
  /** The operations of a JSON patch; undefined for a strategic merge. */
  readonly operations: readonly Value[] | undefined;
  readonly matches: (object: KubernetesObject) => boolean;
  /** Where a value of the patch was written. */
  readonly origin: (path: Path) => Origin;
}

/** Gives the text of a file; undefined when there is none. */
export type ReadText = (file: string) => string | undefined;

/** The patches of a kustomization in `folder`, or of a Flux Kustomization; those that cannot be read are left out. */
export function patchesOf(field: Field, folder: string, read: ReadText): Patch[] {
  return [
    ...field.at('patches').items.flatMap((entry) => patchEntry(entry, folder, read)),
    ...field.at('patchesJson6902').items.flatMap((entry) => patchEntry(entry, folder, read)),
    ...field
      .at('patchesStrategicMerge')
      .items.flatMap((entry) =>
        /\n/.test(entry.text ?? '')
          ? inline(entry, entry.text ?? '', entry.at('target'))
          : fromFile(entry, entry.text, folder, entry.at('target'), read),
      ),
  ];
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
    ? fromFile(entry, entry.at('path').text, folder, entry.at('target'), read)
    : inline(entry.at('patch'), text, entry.at('target'));
}

function inline(entry: Field, text: string, target: Field): Patch[] {
  return parsePatches(entry.manifest.file, text, target, () => originOf(entry.manifest, entry.path));
}

function fromFile(
  entry: Field,
  path: string | undefined,
  folder: string,
  target: Field,
  read: ReadText,
): Patch[] {
  const file = path === undefined ? undefined : joinPath(folder, path);
  const text = file === undefined ? undefined : read(file);
  return file === undefined || text === undefined ? [] : parsePatches(file, text, target, undefined, entry);
}

function parsePatches(
  file: string,
  text: string,
  target: Field,
  origin?: () => Origin,
  entry?: Field,
): Patch[] {
  return splitDocuments(file, text).flatMap((document) => {
    try {
      const { value, position } = readValue(document);
      const object = { apiVersion: '', kind: 'Patch' };
      const manifest = { file, object: entry?.manifest.object ?? object, comments: [], position };
      return [
        {
          value,
          operations: isList(value) ? value : undefined,
          matches: matcher(target, value),
          origin: origin ?? ((path) => ({ manifest, path })),
        },
      ];
    } catch {
      return [];
    }
  });
}

function matcher(target: Field, patch: Value): (object: KubernetesObject) => boolean {
  if (!target.exists) {
    return isMapping(patch) && isMapping(patch['metadata'])
      ? ({ kind, metadata }) =>
          kind === patch['kind'] &&
          metadata?.name === (isMapping(patch['metadata']) ? patch['metadata']['name'] : undefined)
      : () => false;
  }
  const labels = target.at('labelSelector').text;
  const annotations = target.at('annotationSelector').text;
  return (object) =>
    fits(target.at('kind').text, object.kind) &&
    fits(target.at('name').text, object.metadata?.name ?? '') &&
    fits(target.at('namespace').text, object.metadata?.namespace ?? '') &&
    fits(
      target.at('group').text,
      object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '',
    ) &&
    (labels === undefined || carries(object.metadata?.labels ?? {}, labels)) &&
    (annotations === undefined || carries(object.metadata?.annotations ?? {}, annotations));
}

/** Targets are regular expressions that fit the whole name. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === text) {
    return true;
  }
  // Only what people write here, so that no pattern can run for ever.
  return /^(?:[\w./|*+?^$[\](){}-]|\\[^\w\s]){1,200}$/.test(pattern) &&
    // Braces around a name, as of a variable of Flux, are no repetition.
    !/\{\d/.test(pattern) &&
    !/[*+?)][*+?]/.test(pattern) &&
    (pattern.match(/[*+?]/g) ?? []).length <= 4 &&
    isRegularExpression(pattern)
    ? new RegExp(`^(?:${pattern})$`).test(text.slice(0, 300))
    : false;
}

function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function carries(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector.split(/,(?![^(]*\))/).every((part) => {
    const [, key = '', negated, list = ''] = /^\s*([^\s!=]+)\s+(not)?in\s*\(([^)]*)\)\s*$/.exec(part) ?? [];
    if (key !== '') {
      const values = list.split(',').map((value) => value.trim());
      return values.includes(labels[key] ?? '') === (negated === undefined);
    }
    const [, missing = '', label = '', sign, wanted] =
      /^\s*(!?)\s*([^\s!=]+)\s*(?:(!=|==?)\s*(\S*)\s*)?$/.exec(part) ?? [];
    if (sign !== undefined) return (labels[label] === wanted) === (sign !== '!=');
    return Object.hasOwn(labels, label) === (missing === '');
  });
}
