import type { KubernetesObject, Manifest, Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';
import { plainYaml } from '../text/plain-yaml.ts';
import type { Position } from '../text/position.ts';
import { deepest } from '../text/yaml-depth.ts';
import {
  type Dialect,
  type Fault,
  findPosition,
  type RepeatedKey,
  readSource,
  type Source,
} from '../text/yaml-source.ts';
import { headOf } from './kustomize/head.ts';

/** One document of a YAML file, before it is read. */
export interface YamlDocument {
  /** The file, relative to the folder that is read. */
  readonly file: string;
  /** Its text, without the markers around it. */
  readonly text: string;
  /** The number of lines of the file above it. */
  readonly above: number;
}

/**
 * Splits a file at its document markers. A line that begins with `---` ends a document wherever it stands, inside
 * a block of text too: https://yaml.org/spec/1.2.2/#rule-c-forbidden
 */
export function splitDocuments(file: string, text: string): YamlDocument[] {
  const documents: YamlDocument[] = [];
  let above = 0;
  let start = 0;
  for (const marker of text.matchAll(/^---(?=\s|$)[^\S\n]*(?:#[^\n]*)?/gm)) {
    add(text.slice(start, marker.index));
    start = marker.index + marker[0].length;
  }
  add(text.slice(start));
  return documents;

  function add(part: string): void {
    if (part.trim() !== '') {
      documents.push({ file, text: part, above });
    }
    above += lineBreaks(part);
  }
}

/** Why a text is no YAML, and where, counted within its document. */
export class BrokenYaml extends Error {
  readonly position: Position | undefined;

  constructor({ message, position }: Fault) {
    super(message);
    this.position = position;
  }
}

/** What a document holds. */
export interface ReadDocument {
  readonly manifests: Manifest[];
  /** Keys that stand twice, of which the last one was read. */
  readonly repeated: readonly RepeatedKey[];
}

/**
 * Reads a document as one object, or the objects of a `List`. Positions are found by reading the text a second
 * time when one is asked for, because few ever are and the tree they stand in is large.
 *
 * @throws BrokenYaml when the text is no YAML, Error when it abuses aliases.
 */
export function readManifests(document: YamlDocument): Manifest[] {
  return readDocument(document).manifests;
}

/**
 * The same, with what in it other programs refuse.
 *
 * @throws BrokenYaml when the text is no YAML, Error when it abuses aliases.
 */
export function readDocument(document: YamlDocument): ReadDocument {
  const { value, repeated } = plain(document.text);
  return {
    manifests: objectsOf(document, withHead(document.file, value)),
    repeated: repeated.map(({ key, position: { line, column } }) => ({
      key,
      position: { line: line + document.above, column },
    })),
  };
}

/** A file of kustomize need not say what it is. */
function withHead(file: string, value: Value): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  if ('apiVersion' in value && 'kind' in value) {
    return value;
  }
  const kind: unknown = Reflect.get(value, 'kind');
  const head = headOf(file, typeof kind === 'string' ? kind : undefined);
  return head === undefined ? value : { ...head, ...value };
}

function objectsOf(document: YamlDocument, value: Value): Manifest[] {
  if (!isObject(value)) {
    return [];
  }
  const position = (path: Path) => positionOf(document, path);
  const items = value.kind.endsWith('List') ? value['items'] : undefined;
  if (!Array.isArray(items)) {
    return [{ file: document.file, object: value, comments: [], position }];
  }
  return items.flatMap((object: Value, index) =>
    isObject(object)
      ? [
          {
            file: document.file,
            object,
            comments: [],
            position: (path: Path) => position(['items', index, ...path]),
          },
        ]
      : [],
  );
}

/**
 * Reads a document as any value, such as the values of a chart.
 *
 * @throws Error when the text is no YAML, or abuses aliases.
 */
export function readValue(document: YamlDocument): {
  value: Value;
  position: (path: Path) => Position | undefined;
} {
  return {
    value: plain(document.text).value,
    position: (path) => positionOf(document, path),
  };
}

/** Others' YAML, as kustomize and kubectl read it. */
const dialect: Dialect = { strict: false };

function plain(text: string): { readonly value: Value; readonly repeated: readonly RepeatedKey[] } {
  const fast = plainYaml(text);
  const { data, repeated } = fast === undefined ? wholeData(text) : { data: fast, repeated: [] };
  if (!isValue(data, deepest)) throw new Error(`More than ${deepest} levels of lists and mappings.`);
  return { value: data, repeated };
}

function wholeData(text: string): Pick<Source, 'data' | 'repeated'> {
  const source = readSource(text, dialect);
  const [fault] = source.faults;
  if (fault !== undefined) throw new BrokenYaml(fault);
  return source;
}

/** Whether data is what JSON can say. Aliases may go in circles, so that its depth is bounded once more. */
function isValue(data: unknown, levels: number): data is Value {
  return (
    typeof data !== 'object' ||
    data === null ||
    (levels > 0 && Object.values(data).every((one) => isValue(one, levels - 1)))
  );
}

/** Where a value stands, or the key of the nearest value around it when it is not there. */
function positionOf({ text, above }: YamlDocument, path: Path): Position | undefined {
  const found = findPosition(text, dialect, path, 'heading');
  return found === undefined ? undefined : { ...found, line: found.line + above };
}

function isObject(value: Value | undefined): value is KubernetesObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'apiVersion' in value &&
    'kind' in value &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    hasMetadata(value['metadata'])
  );
}

/** Metadata as the rest of the program takes for granted: names are texts, where there are any. */
function hasMetadata(metadata: Value | undefined): boolean {
  if (metadata === undefined) {
    return true;
  }
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    !Array.isArray(metadata) &&
    ['name', 'namespace'].every((key) => !(key in metadata) || typeof Reflect.get(metadata, key) === 'string')
  );
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}
