import { quoted as quotedText } from '../values/parsed.ts';

/** A value as an error message shows it: a text in quotes, on one line and without secrets; else what it is. */
export function quoted(value: unknown): string {
  if (value === null || value === undefined) return 'An empty value';
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object') return 'A mapping';
  return typeof value === 'string' ? quotedText(value) : String(value);
}
