/** Items by what they have in common, in their order. */
export function group<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const at = keyOf(item);
    const list = groups.get(at);
    if (list === undefined) {
      groups.set(at, [item]);
    } else {
      list.push(item);
    }
  }
  return groups;
}
