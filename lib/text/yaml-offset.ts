import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair } from 'yaml';
import type { Mark } from './mark.ts';
import type { Path } from './path.ts';

/** The offset of the value at `path`, or of the last value on the way to it that exists. */
export function offsetOf(document: Document, path: Path, mark: Mark): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    // A value behind an alias stands where its anchor is.
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => keyOf(one) === String(step));
      if (pair === undefined) return offset;
      const isLast = index === path.length - 1;
      const atKey =
        mark === 'heading' ? !isScalar(pair.value) && !isAlias(pair.value) : mark === 'key' && isLast;
      offset = (atKey ? undefined : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

/** Where a node begins; undefined for one that was not read from a text. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function keyOf(pair: Pair<unknown, unknown>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}
