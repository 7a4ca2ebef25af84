import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  Parser,
  visit,
} from 'yaml';
import type { Path, Position } from '../manifests/manifest.ts';
import type { Problem } from '../schema/place.ts';
import { type Fault, faultOf } from './yaml-fault.ts';

/** The largest file that is read, in characters. A description of an installation is a screen of text. */
const largest = 64 * 1024;

/** The most levels of lists and mappings; the deepest installation file needs eight. */
const deepest = 64;

/** The most syntax errors that are told: a single slip can make everything after it look wrong. */
const mostErrors = 10;

/** A YAML text as plain data, with a way back from a value to its place in the text. */
export interface Source {
  readonly data: unknown;
  readonly problems: readonly (Problem & { readonly position?: Position })[];
  /** Where the value at `path` stands, or the nearest value around it; with `ofKey`, where its key stands. */
  readonly position: (path: Path, ofKey: boolean) => Position;
}

/**
 * Reads YAML text. Syntax errors, duplicate keys, too many aliases and the like are problems, never exceptions.
 *
 * What a tag or a `%YAML` line would change is left out: a value is what it looks like in YAML 1.2.
 */
export function readSource(text: string): Source {
  const refusal = refusalOf(text);
  if (refusal !== undefined) return unusable(refusal);
  const positionAt = positionsIn(text);
  const tokens = [...new Parser().parse(text)];
  if (isTooDeep(tokens))
    return unusable(`The file nests lists and mappings more than ${deepest} levels deep.`);
  const options = { prettyErrors: false, schema: 'core', resolveKnownTags: false } as const;
  const documents = new Composer(options).compose(tokens, true, text.length);
  const [document, second] = [...documents];
  if (document === undefined) return { data: undefined, problems: [], position: () => start };
  const faults: Fault[] = [
    ...[...document.errors, ...document.warnings]
      .slice(0, mostErrors)
      .map((error) => faultOf(error, document.contents, (offset) => positionAt(offset).line)),
    ...(second === undefined ? [] : [{ message: secondDocument, offset: second.range[0] }]),
  ];
  if (faults.length === 0) faults.push(...oddities(document.contents));
  if (faults.length > 0) {
    const problems = faults.map(({ message, offset }) => ({
      ...syntaxProblem(message),
      position: positionAt(offset),
    }));
    return { data: undefined, problems, position: () => start };
  }
  try {
    // Each alias counts what it stands for, so that a few lines cannot expand to gigabytes.
    const data: unknown = document.toJS({ maxAliasCount: 50 });
    return {
      data,
      problems: [],
      position: (path, ofKey) => positionAt(offsetOf(document.contents, path, ofKey)),
    };
  } catch {
    return unusable('The file repeats too much of itself by aliases. Write out what they stand for.');
  }
}

const start: Position = { line: 1, column: 1 };

const secondDocument =
  'A second document begins here. Write each installation to a file of its own, and remove "---".';

/** Keys that are no texts, which YAML allows and plain data does not, and aliases of nothing. */
function oddities(contents: ParsedNode | null): Fault[] {
  const faults: Fault[] = [];
  const anchors = new Set<string>();
  visit(contents, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value !== null) return;
      faults.push({ message: 'A key must be a text. Write name: value.', offset: offsetOfNode(key, 0) });
    },
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, alias) => {
      if (anchors.has(alias.source)) return;
      const message = `"*${alias.source}" stands for "&${alias.source}", which is nowhere above. In quotes it is a text.`;
      faults.push({ message, offset: offsetOfNode(alias, 0) });
    },
  });
  return faults;
}

function unusable(message: string): Source {
  return { data: undefined, problems: [syntaxProblem(message)], position: () => start };
}

function syntaxProblem(message: string): Problem {
  return { severity: 'error', path: [], message, ofKey: false };
}

function refusalOf(text: string): string | undefined {
  if (text.length > largest) {
    return `The file has ${text.length} characters; ${largest} is the limit. An installation file is a screen of text.`;
  }
  return text.includes('\0') ? 'The file is not text: it has a NUL character.' : undefined;
}

/** What follows recurses, unlike this and the parser, so that depth is bounded before it runs. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return true;
    for (const inner of tokensIn(token)) waiting.push({ token: inner, depth: depth + 1 });
  }
  return false;
}

function tokensIn(token: CST.Token): CST.Token[] {
  const inside = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
  return [...inside, 'value' in token ? token.value : undefined].filter(
    (one) => one !== undefined && one !== null,
  );
}

/** Finds lines and columns in a text, by the offsets at which its lines begin. */
function positionsIn(text: string): (offset: number) => Position {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (found) => {
    const offset = Math.min(found, text.length);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** The offset of the value at `path`, or of the last value on the way to it that exists. */
function offsetOf(contents: Node | null, path: Path, ofKey: boolean): number {
  let node: unknown = contents;
  let offset = offsetOfNode(node, 0);
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => keyOf(item) === String(step)) : undefined;
    const inside = pair === undefined ? (isSeq(node) ? node.items[Number(step)] : undefined) : pair.value;
    const isLast = index === path.length - 1;
    if (pair !== undefined && isLast && ofKey) return offsetOfNode(pair.key, offset);
    if (inside === undefined && pair === undefined) return offset;
    offset = offsetOfNode(inside, pair === undefined ? offset : offsetOfNode(pair.key, offset));
    if (isAlias(inside)) return offset;
    node = inside;
  }
  return offset;
}

function keyOf(pair: Pair<unknown, unknown>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function offsetOfNode(node: unknown, otherwise: number): number {
  return isNode(node) && node.range ? node.range[0] : otherwise;
}
