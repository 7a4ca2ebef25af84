import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { KubernetesObject, Manifest, Value } from '../manifests/manifest.ts';
import type { Path } from '../text/path.ts';
import type { Position } from '../text/position.ts';

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

/**
 * Reads a document as one object, or the objects of a `List`. Positions are found by reading the text a second
 * time when one is asked for, because few ever are and the tree they stand in is large.
 *
 * @throws Error when the text is no YAML, or abuses aliases.
 */
export function readManifests(document: YamlDocument): Manifest[] {
  const value = plain(parse(document.text).document);
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
    value: plain(parse(document.text).document),
    position: (path) => positionOf(document, path),
  };
}

function parse(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'silent',
    merge: true,
    prettyErrors: false,
    strict: false,
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    throw error;
  }
  return { document, lines };
}

function plain(document: Document): Value {
  // Each alias counts what it stands for, so that a few lines cannot expand to gigabytes.
  const value: Value = document.toJS({ maxAliasCount: 100 });
  if (!isShallow(value, DEEPEST)) {
    throw new Error(`more than ${DEEPEST} levels of lists and mappings`);
  }
  return value;
}

/** Far more levels than any object has, and few enough for code that calls itself on each. */
const DEEPEST = 200;

function isShallow(value: Value | undefined, levels: number): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1)))
  );
}

/** Where a value stands, or the key of the nearest value around it when it is not there. */
function positionOf({ text, above }: YamlDocument, path: Path): Position | undefined {
  try {
    const { document, lines } = parse(text);
    const { line, col } = lines.linePos(offsetOf(document.contents, path, document));
    return { line: line + above, column: col };
  } catch {
    return undefined;
  }
}

function offsetOf(root: unknown, path: Path, document: Document): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const step of path) {
    if (isAlias(node)) {
      node = node.resolve(document);
    }
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => (isScalar(key) ? String(key.value) : undefined) === String(step),
      );
      if (pair === undefined) {
        return offset;
      }
      offset =
        (isScalar(pair.value) || isAlias(pair.value) ? startOf(pair.value) : undefined) ??
        startOf(pair.key) ??
        offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
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
