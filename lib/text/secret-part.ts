import { credentialIn, withoutCredentials } from './credential.ts';

/**
 * What a message may show of a text. People paste addresses that hold a password, a SAS token or a whole
 * connection string; messages end in terminals and build logs, where none of that may stand.
 */
export function withoutSecrets(text: string): string {
  const open = withoutCredentials(text.replace(key, '$1=…')).replace(longHex, '…');
  if (open.includes('//')) {
    if (open.includes('@')) return `${scheme.exec(open)?.[0] ?? ''}…`;
    return open.replace(/[?#].*$/s, '?…');
  }
  const user = userLength(open);
  return user === 0 ? open : `…${open.slice(user)}`;
}

/** Why a text that should be an address holds a secret; undefined when it holds none. */
export function secretProblem(text: string): string | undefined {
  if (key.test(text)) {
    return 'holds a key. Keep it in a Secret, name that here, and replace the key: it is known now.';
  }
  if (userLength(text) > 0 || (text.includes('//') && text.includes('@'))) {
    return 'holds a user or password. Write the address without them and name a Secret that holds them.';
  }
  if (text.includes('//') && /[?#]/.test(text)) {
    return 'has a query, where a SAS token would stand. Write the address without it and name a Secret that holds the token.';
  }
  const credential = credentialIn(text);
  return credential === undefined
    ? undefined
    : `holds ${credential.what}. Keep it in a Secret, name that here, and replace it: it is known now.`;
}

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;
/** `name=value` as connection strings and SAS tokens have it, up to the end of the text. */
const key = /\b(account_?key|accesskey|shared_?access_?signature|sig|password|passwd|secret|token)=.*$/is;
/** A digest says of what kind it is, and a host name has dots; a bare row of hexadecimal digits may be a key. */
const longHex = /(?<![\w.:/@-])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{32,}(?![\w.:/@-])/gi;
/** The length of a `user:password` in front of the last `@`; the `@sha256:` of an image ends none. */
function userLength(text: string): number {
  const end = [...text.matchAll(/@(?!sha[0-9]+:)/g)].at(-1)?.index ?? 0;
  const colon = text.indexOf(':');
  return colon >= 0 && colon < end ? end : 0;
}
