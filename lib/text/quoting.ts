import { withoutSecrets } from './secret-part.ts';

/** The way to a value inside a document: keys of mappings, and indices of lists. */
type Steps = readonly (string | number)[];

/**
 * A value as messages show it: a text in double quotes, on one line, cut after 80 characters, without secrets;
 * a list or mapping by its kind alone. Nothing else may put what a person wrote into a message.
 */
export function quote(value: unknown): string {
  if (value === null || value === undefined) return 'An empty value';
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object') return 'A mapping';
  return typeof value === 'string' ? JSON.stringify(shorten(value, longest)) : String(value);
}

/** The same, not cut: for what is to be copied or found, such as the id of a change. */
export function quoteWhole(text: string): string {
  return JSON.stringify(withoutSecrets(text));
}

/** A path as people say it, `spec.containers[0].image`, without secrets: keys are written by people, too. */
export function pathText(path: Steps): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const open = shorten(step, longestKey);
      if (!/^([\w-]+|<<)$/.test(step)) return `["${open}"]`;
      return index === 0 ? open : `.${open}`;
    })
    .join('');
}

/** A text without its secrets, and not longer than it may be. */
function shorten(text: string, longest: number): string {
  const open = withoutSecrets(text);
  return open.length > longest ? `${open.slice(0, longest)}…` : open;
}

const longest = 80;
const longestKey = 253;
