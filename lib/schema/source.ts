import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Path, Position } from '../manifests/manifest.ts';
import type { Problem } from './place.ts';

/** The largest file that is read, in characters. A description of an installation is a screen of text. */
const largest = 256 * 1024;

/** The most levels of lists and mappings; the deepest installation file needs eight. */
const deepest = 64;

/** A YAML text as plain data, with a way back from a value to its place in the text. */
export interface Source {
  readonly data: unknown;
  readonly problems: readonly (Problem & { readonly position?: Position })[];
  /** Where the value at `path` stands, or the nearest value around it; with `ofKey`, where its key stands. */
  readonly position: (path: Path, ofKey: boolean) => Position;
}

/** Reads YAML text. Syntax errors, duplicate keys, too many aliases and the like are problems, never exceptions. */
export function readSource(text: string): Source {
  const refusal = refusalOf(text);
  if (refusal !== undefined) return unusable(refusal);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
    const problems = [...document.errors, ...document.warnings].map((error) => ({
      ...syntaxProblem(sentence(error.message)),
      position: positionAt(lines, error.pos[0]),
    }));
    if (problems.length > 0) return { data: undefined, problems, position: () => start };
    // Each alias counts what it stands for, so that a few lines cannot expand to gigabytes.
    const data: unknown = document.toJS({ maxAliasCount: 50 });
    return {
      data,
      problems: [],
      position: (path, ofKey) => positionAt(lines, offsetOf(document.contents, path, ofKey)),
    };
  } catch (error) {
    return unusable(sentence(error instanceof Error ? error.message : String(error)));
  }
}

const start: Position = { line: 1, column: 1 };

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
  if (text.includes('\0')) return 'The file is not text: it has a NUL character.';
  return isTooDeep(text) ? `The file nests lists and mappings more than ${deepest} levels deep.` : undefined;
}

/** The YAML composer recurses, so depth is bounded before it runs: by open brackets, and by indentation of blocks. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if (character === ']' || character === '}') open--;
    if (open > deepest) return true;
  }
  return text
    .split('\n')
    .some((line) => (line.match(/[-?] /g)?.length ?? 0) > deepest && /^[-? ]{100}/.test(line));
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
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
