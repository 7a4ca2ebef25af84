import { credentialIn, withoutCredentials } from './credential.ts';

declare const shown: unique symbol;

/** A text in which no secret stands. Only `show` makes one, so that what asks for it can print no other. */
export type Shown = string & { readonly [shown]: true };

/** The text without what is a secret by its shape. */
export function show(text: string): Shown {
  return isShown(text) ? text : show(withoutCredentials(text));
}

/**
 * A value as JSON, each of its texts shown by itself: in the JSON as one text, a secret before a quote would take the
 * quote along.
 */
export function showJson(value: unknown): Shown {
  const text = `${JSON.stringify(value, (_key, part: unknown) => shownPart(part), 2)}\n`;
  return isShownJson(text) ? text : showJson(JSON.parse(text));
}

/** A text as it may be shown, a mapping with such keys; what it holds comes by itself. */
function shownPart(part: unknown): unknown {
  if (typeof part === 'string') return show(part);
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [show(key), value]));
}

function isShownJson(text: string): text is Shown {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].every(([one]) => isShown(JSON.parse(one)));
}

function isShown(text: string): text is Shown {
  return credentialIn(text) === undefined;
}
