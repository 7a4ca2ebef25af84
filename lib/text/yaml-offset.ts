import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
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
      const pair = pairOf(document, node, String(step));
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

/** The entry of a mapping, or of one that is merged into it; its own comes before, and the first merged one before the others. */
function pairOf(
  document: Document,
  { items }: YAMLMap,
  key: string,
  levels = mostMerges,
): Pair<unknown, unknown> | undefined {
  const own = items.find((one) => keyOf(one) === key);
  if (own !== undefined || levels === 0) return own;
  const merged = items.filter(isMerge).flatMap(({ value }) => {
    const behind = isAlias(value) ? value.resolve(document) : value;
    return isSeq(behind) ? behind.items : [behind];
  });
  for (const one of merged) {
    const map = isAlias(one) ? one.resolve(document) : one;
    const found = isMap(map) ? pairOf(document, map, key, levels - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many mappings may be merged into each other, so that circles end. */
const mostMerges = 16;

function isMerge({ key }: Pair<unknown, unknown>): boolean {
  const value = isScalar(key) ? key.value : undefined;
  return value === '<<' || (typeof value === 'symbol' && value.description === '<<');
}

/** Where a node begins; undefined for one that was not read from a text. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function keyOf(pair: Pair<unknown, unknown>): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}
