import { credentialIn, withoutCredentials } from './credential.ts';

declare const shown: unique symbol;

/** A text in which no secret stands. Only `show` makes one, so that what asks for it can print no other. */
export type Shown = string & { readonly [shown]: true };

/** The text without what is a secret by its shape. */
export function show(text: string): Shown {
  return isShown(text) ? text : show(withoutCredentials(text));
}

function isShown(text: string): text is Shown {
  return credentialIn(text) === undefined;
}
