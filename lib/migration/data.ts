/** The value at some keys of plain data; undefined where there is none. */
export function fieldAt(data: unknown, ...path: readonly string[]): unknown {
  let value = data;
  for (const step of path) {
    value = isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** The text at some keys; undefined where there is none, or something else. */
export function textAt(data: unknown, ...path: readonly string[]): string | undefined {
  const value = fieldAt(data, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** Whether a value has keys. */
export function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
