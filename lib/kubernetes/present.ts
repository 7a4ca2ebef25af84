/**
 * The fields that have a value, for optional fields of generated types, which may be absent but never undefined.
 */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries: readonly (readonly unknown[])[] = Object.entries(fields).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries);
}
