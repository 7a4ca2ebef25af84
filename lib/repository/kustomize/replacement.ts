import { apiGroupOf } from '../../manifests/api-group.ts';
import { Field, isList, isMapping } from '../../manifests/field.ts';
import type { KubernetesObject, Value } from '../../manifests/manifest.ts';
import { joinPath } from '../../manifests/views/layer.ts';
import type { Path } from '../../text/path.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import type { ReadText } from './patch.ts';

/** One entry of a kustomization's `replacements`, not yet looked into. */
export type Replacement = Field;

/**
 * The replacements of a kustomization in `folder`; files that cannot be read are left out.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/
 */
export function replacementsOf(field: Field, folder: string, read: ReadText): Replacement[] {
  return field.at('replacements').items.flatMap((entry) => {
    const path = entry.at('path').text;
    const file = path === undefined ? undefined : joinPath(folder, path);
    const text = file === undefined ? undefined : read(file);
    if (path === undefined || file === undefined || text === undefined) {
      return path === undefined ? [entry] : [];
    }
    return splitDocuments(file, text).flatMap((document) => {
      try {
        const whole = new Field(entry.manifest, entry.path, readValue(document).value);
        return isList(whole.value) ? whole.items : [whole];
      } catch {
        return [];
      }
    });
  });
}

/** Whether a source, `select` or `reject` means an object, by any name that it had so far. */
export function selects(selector: Field, object: KubernetesObject, names: readonly string[]): boolean {
  const { apiVersion, kind, metadata } = object;
  const is = (field: string, value: string) => [undefined, '', value].includes(selector.at(field).text);
  return (
    isMapping(selector.value) &&
    !selector.at('labelSelector').exists &&
    !selector.at('annotationSelector').exists &&
    is('group', apiGroupOf(apiVersion)) &&
    is('version', apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
    is('kind', kind) &&
    [metadata?.name ?? '', ...names].some((name) => is('name', name)) &&
    is('namespace', metadata?.namespace ?? 'default')
  );
}

/** The steps of a field path: dots part them, unless escaped by a backslash or inside brackets. */
export function stepsOf(fieldPath: string): string[] {
  return [...fieldPath.matchAll(/(?:\[[^\]]*\]|\\\.|[^.])+/g)].map(([step]) => {
    const plain = step.replaceAll('\\.', '.');
    return /^\[[^=]*\]$/.test(plain) ? plain.slice(1, -1) : plain;
  });
}

/** The places that a field path means in a value. With `create`, also fields of mappings that are not there. */
export function placesOf(
  value: Value | undefined,
  steps: readonly string[],
  create: boolean,
  at: Path = [],
): Path[] {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return value === undefined && !create ? [] : [at];
  }
  if (isList(value)) {
    return value.flatMap((item, index) =>
      fits(item, index, step) ? placesOf(item, rest, create, [...at, index]) : [],
    );
  }
  const next = isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  const isThere = isMapping(value) && (next !== undefined || create);
  const isNew = value === undefined && create && !/^\[|^\*$|^\d+$/.test(step);
  return isThere || isNew ? placesOf(next, rest, create, [...at, step]) : [];
}

/** The value that a source gives; undefined when its delimiter and index give none. */
export function partOf(value: Value | undefined, options: Field): Value | undefined {
  const delimiter = options.at('delimiter').text ?? '';
  if (delimiter === '') {
    return value;
  }
  return typeof value === 'string' ? value.split(delimiter)[options.at('index').number ?? 0] : undefined;
}

/** What stands at a place afterwards: kustomize keeps the type of a scalar that was there. */
export function replaceIn(old: Value | undefined, value: Value, options: Field): Value | undefined {
  const delimiter = options.at('delimiter').text ?? '';
  if (delimiter !== '') {
    return typeof old === 'string' && !isComposite(value)
      ? withPart(old, String(value), delimiter, Number(options.get('index') ?? 0))
      : old;
  }
  return typeof old === 'string' && !isComposite(value) ? String(value) : value;
}

/** The value with another one at a place, which may be new. */
export function withValue(value: Value | undefined, path: Path, to: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) {
    return to;
  }
  if (isList(value)) {
    return value.map((item, index) => (index === step ? withValue(item, rest, to) : item));
  }
  const mapping = isMapping(value) ? value : {};
  const old = Object.hasOwn(mapping, step) ? mapping[step] : undefined;
  return { ...mapping, [step]: withValue(old, rest, to) };
}

function fits(item: Value, index: number, step: string): boolean {
  const [, key, wanted] = /^\[([^=]*)=(.*)\]$/.exec(step) ?? [];
  if (key === undefined) {
    return step === '*' || step === String(index);
  }
  const value = key === '' ? item : isMapping(item) ? item[key] : undefined;
  return value !== undefined && !isComposite(value) && String(value) === wanted;
}

function withPart(old: string, part: string, delimiter: string, index: number): string {
  const parts = old.split(delimiter);
  if (index < 0) {
    parts.unshift(part);
  } else if (index >= parts.length) {
    parts.push(part);
  } else {
    parts[index] = part;
  }
  return parts.join(delimiter);
}

function isComposite(value: Value): boolean {
  return typeof value === 'object' && value !== null;
}
