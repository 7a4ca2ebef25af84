import type { CST } from 'yaml';

/**
 * The most levels of lists and mappings in a YAML text. The deepest installation file needs eight and the deepest
 * objects of Kubernetes fewer than thirty; code that calls itself on each level can do with many more.
 */
export const deepest = 64;

/** Whether tokens nest deeper. Composing them recurses, unlike this and the parser, so that depth is bounded before. */
export function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return true;
    if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) waiting.push({ token: key, depth: depth + 1 });
        if (value) waiting.push({ token: value, depth: depth + 1 });
      }
    }
    if ('value' in token && token.value) waiting.push({ token: token.value, depth: depth + 1 });
  }
  return false;
}
