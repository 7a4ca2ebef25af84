import { Field, isList, isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { joinPath } from '../../manifests/views/layer.ts';
import type { Path } from '../../text/path.ts';
import { readValue, splitDocuments } from '../manifest-document.ts';
import type { ReadText } from './patch.ts';
import { isMatch } from './selector.ts';

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

/** The steps of a field path: dots part them, unless escaped by a backslash or inside brackets. */
export function stepsOf(fieldPath: string): string[] {
  return [...fieldPath.matchAll(/(?:\[[^\]]*\]|\\\.|[^.])+/g)].map(([step]) => {
    const plain = step.replaceAll('\\.', '.');
    return /^\[[^=]*\]$/.test(plain) ? plain.slice(1, -1) : plain;
  });
}

/** The one place that the field path of a source means. */
export function sourcePlace(value: Value | undefined, steps: readonly string[]): Path | undefined {
  const place: (string | number)[] = [];
  let at = value;
  for (const step of steps) {
    const list = isList(at) ? at : undefined;
    const key = list === undefined ? step : list.findIndex((item, index) => isItem(item, index, step));
    at =
      typeof key === 'number' ? list?.[key] : isMapping(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    if (at === undefined) return undefined;
    place.push(key);
  }
  return place;
}

/** What is found on the way to the places that a field path of a target means. */
export interface Places {
  readonly paths: readonly Path[];
  /** Whether the path leads into a text, which kustomize reads as YAML. */
  readonly isInText: boolean;
}

/** The places that a field path of a target means. With `create`, also fields that are not there. */
export function targetPlaces(
  value: Value | undefined,
  steps: readonly string[],
  create: boolean,
  at: Path = [],
): Places {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return { paths: value === undefined && !create ? [] : [at], isInText: false };
  }
  if (typeof value === 'string') return { paths: [], isInText: true };
  if (isList(value)) {
    const all = value.flatMap((item, index) =>
      fits(item, index, step) ? targetPlaces(item, rest, create, [...at, index]) : [],
    );
    return { paths: all.flatMap(({ paths }) => paths), isInText: all.some(({ isInText }) => isInText) };
  }
  const next = isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  const isThere = isMapping(value) ? next !== undefined || create : value === undefined && create;
  return isThere && !(value === undefined && isOfList(step))
    ? targetPlaces(next, rest, create, [...at, step])
    : { paths: [], isInText: false };
}

/** The value with the items that a field path names, such as `[name=TZ]`, and that are not there. */
export function withItems(value: Value | undefined, steps: readonly string[]): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined || !steps.some(isOfList)) return value;
  if (isList(value) || (value === undefined && isOfList(step))) {
    const items = isList(value) ? value : [];
    const [key, wanted = ''] = keyAndValue(step);
    const made = key === undefined ? undefined : key === '' ? wanted : { [key]: wanted };
    return made === undefined || items.some((item, index) => fits(item, index, step))
      ? items.map((item, index) => (fits(item, index, step) ? (withItems(item, rest) ?? item) : item))
      : [...items, withItems(made, rest) ?? made];
  }
  if (!isMapping(value) && value !== undefined) return value;
  const next = withItems(value?.[step], rest);
  return next === undefined ? value : { ...value, [step]: next };
}

function isOfList(step: string): boolean {
  return /^\[|^\*$|^\d+$/.test(step);
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
    return isComposite(old) || old === undefined || isComposite(value)
      ? old
      : typed(old, withPart(String(old), String(value), delimiter, Number(options.get('index') ?? 0)));
  }
  // What is made has no type yet: a text of digits becomes a number.
  return isComposite(old) || isComposite(value) ? value : typed(old, String(value));
}

/** A text as the type of what it takes the place of. */
function typed(old: Value | undefined, text: string): Value {
  if (typeof old === 'string') return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'number' || typeof value === 'boolean' ? value : text;
  } catch {
    return text;
  }
}

/** The value with another one at a place, which may be new. */
export function withValue(value: Value | undefined, path: Path, to: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) {
    return to;
  }
  if (isList(value)) {
    const index = Number(step);
    return index < value.length
      ? value.map((item, at) => (at === index ? withValue(item, rest, to) : item))
      : value;
  }
  const mapping = isMapping(value) ? value : {};
  const old = Object.hasOwn(mapping, step) ? mapping[step] : undefined;
  return { ...mapping, [step]: withValue(old, rest, to) };
}

/** Whether a step of a source means an item. */
function isItem(item: Value, index: number, step: string): boolean {
  const [key, wanted] = keyAndValue(step);
  const value = key === undefined || key === '' ? item : isMapping(item) ? item[key] : undefined;
  return key === undefined
    ? step === String(index)
    : value !== undefined && !isComposite(value) && String(value) === wanted;
}

/** Whether a step of a target means an item: its value is a regular expression that has to fit a part. */
function fits(item: Value, index: number, step: string): boolean {
  const [key, wanted = ''] = keyAndValue(step);
  if (key === undefined) {
    return step === '*' || step === String(index);
  }
  const value = key === '' ? item : isMapping(item) ? item[key] : undefined;
  const text = value === undefined || isComposite(value) ? undefined : String(value);
  return text !== undefined && (text.includes(wanted) || isMatch(wanted, text));
}

function keyAndValue(step: string): [string | undefined, string | undefined] {
  const [, key, value] = /^\[([^=]*)=(.*)\]$/.exec(step) ?? [];
  return [key, value];
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

function isComposite(value: Value | undefined): boolean {
  return typeof value === 'object' && value !== null;
}
