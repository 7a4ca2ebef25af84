import { isMap, isNode, parseDocument, type YAMLMap } from 'yaml';
import type { Path } from './path.ts';
import { startOf } from './yaml-offset.ts';

/** Keys and their values as YAML, each on one line. */
export type Entries = readonly (readonly [key: string, value: string])[];

/**
 * A YAML text with further keys in the mapping at `path`: at its beginning where it is a block, at its end where it
 * stands between braces. Every other byte stays. Undefined where there is no such mapping, or it is shared by an alias,
 * or written in a way that leaves no room.
 */
export function withKeys(text: string, path: Path, entries: Entries): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core' });
  let node: unknown = document.contents;
  for (const step of path) node = isMap(node) ? node.get(step, true) : undefined;
  if (!isMap(node)) return undefined;
  const lines = entries.map(([key, value]) => `${key}: ${value}`);
  return node.flow === true ? inBraces(text, node, lines) : inBlock(text, node, lines);
}

function inBraces(
  text: string,
  node: YAMLMap<unknown, unknown>,
  lines: readonly string[],
): string | undefined {
  const start = startOf(node);
  const last = node.items.at(-1);
  const added = lines.join(', ');
  if (last === undefined) return start === undefined ? undefined : insert(text, start + 1, ` ${added} `);
  const end = endOf(last.value) ?? endOf(last.key);
  return end === undefined ? undefined : insert(text, end, `, ${added}`);
}

function inBlock(
  text: string,
  node: YAMLMap<unknown, unknown>,
  lines: readonly string[],
): string | undefined {
  const key = startOf(node.items[0]?.key);
  if (key === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', key - 1) + 1;
  const indent = text.slice(lineStart, key);
  if (!/^ *$/.test(indent)) return undefined;
  const newline = text.slice(0, lineStart).endsWith('\r\n') ? '\r\n' : '\n';
  const added = lines.map((line) => `${indent}${line}${newline}`).join('');
  return insert(text, aboveComments(text, lineStart), added);
}

/** Where the comments begin that stand above a line: what is inserted must not come between the two. */
function aboveComments(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*(#.*)?\r?\n$/.test(text.slice(before, start))) return start;
    start = before;
  }
  return start;
}

function endOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[1] : undefined;
}

function insert(text: string, offset: number, added: string): string {
  return `${text.slice(0, offset)}${added}${text.slice(offset)}`;
}
