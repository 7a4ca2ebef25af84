const longest = 80;

/** A value as an error message shows it: a text in quotes, anything else as JSON, and never more than a line. */
export function quoted(value: unknown): string {
  if (value === null || value === undefined) return 'An empty value';
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object') return 'A mapping';
  const written = JSON.stringify(value);
  return written.length > longest ? `${written.slice(0, longest)}..."` : written;
}
