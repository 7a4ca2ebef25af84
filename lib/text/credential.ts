/** A secret inside a text that is known by its shape. */
export interface Credential {
  /** What it is, with its article, as messages say it. */
  readonly what: string;
  /** The secret part of the text. */
  readonly secret: string;
}

/**
 * The first credential that stands in a text, known by its shape alone. Digests, ARNs, CIDRs, host names, addresses
 * without a password and texts that refer to a variable, as `$(DB_PASSWORD)`, are none.
 */
export function credentialIn(text: string): Credential | undefined {
  for (const { what, pattern, isInnocent } of shapes) {
    const [secret] = pattern.exec(text) ?? [];
    if (secret === undefined) continue;
    if (isInnocent === undefined) return { what, secret };
    const found = text.match(everywhere(pattern))?.find((one) => !isInnocent(one));
    if (found !== undefined) return { what, secret: found };
  }
  return undefined;
}

/** The text with an ellipsis in place of each credential. */
export function withoutCredentials(text: string): string {
  let open = text;
  for (const { pattern, isInnocent = () => false } of shapes) {
    open = open.replace(everywhere(pattern), (found) => (isInnocent(found) ? found : '…'));
  }
  return open;
}

const patterns = new Map<RegExp, RegExp>();

/** A pattern for all of its places in a text; made once, when the first text is shown. */
function everywhere(pattern: RegExp): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, `${pattern.flags}g`);
  patterns.set(pattern, known);
  return known;
}

interface Shape {
  readonly what: string;
  /** Matches the secret part alone, so that a message can show what stands around it. */
  readonly pattern: RegExp;
  /** Whether what matches is something else after all. */
  readonly isInnocent?: (found: string) => boolean;
}

/** What Kubernetes or Flux fills in later is no secret, nor is what a command leaves to its reader. */
const filledIn = String.raw`(?!\$[({]|…|\.\.\.|<)`;

const shapes: readonly Shape[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY.*/s },
  { what: 'a private key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]+/i },
  {
    // A port is no password: https://host:443/a@b.
    what: 'an address with a password',
    pattern: new RegExp(String.raw`(?<=[a-z]:\/\/[^\s/:@]*:)(?!\d{1,5}\/)${filledIn}[^\s@]+(?=@)`, 'i'),
  },
  {
    what: 'a key of a connection string',
    pattern: new RegExp(
      String.raw`(?<=\b(?:account_?key|shared_?access_?key|access_?key|secret_?access_?key|shared_?access_?signature|sig|password|passwd|pwd|secret|client_?secret|token|access_?token|api_?key)=)${filledIn}[^\s;&]{4,}`,
      'i',
    ),
  },
  { what: 'a token', pattern: /\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*/ },
  { what: 'a token', pattern: /\b(?:gh[opusr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|gl[a-z]{2,4}-[\w-]{16,})/ },
  { what: 'a token', pattern: /\b(?:hf_[A-Za-z0-9]{16,}|npm_[A-Za-z0-9]{30,}|dckr_pat_[\w-]{16,})/ },
  { what: 'a token', pattern: /\b(?:xox[abeprs]-[\w-]{10,}|hvs\.[\w-]{16,}|tskey-[\w-]{10,})/ },
  { what: 'a token', pattern: /\b(?:sk|rk|pk)[-_](?:live|test|proj|ant)[-_][\w-]{12,}/ },
  { what: 'a token', pattern: /(?<=\b(?:Bearer|Basic) )[\w+/=.-]{12,}/i },
  { what: 'an API key', pattern: /\b(?:AIza[\w-]{30,}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{16,})/ },
  { what: 'an access key', pattern: /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|GOOG1?[A-Z0-9]{20,})\b/ },
  {
    // Base64 of random bytes: small and capital letters and at least two digits, as a whole word.
    what: 'a key',
    pattern:
      /(?<![\w.:/+=@-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=(?:[A-Za-z+/]*[0-9]){2})[A-Za-z0-9+/]{32,}={0,2}(?![\w/+=@-]|[.:][^\s.])/,
    isInnocent: isPath,
  },
];

/** Whether nearly all letters of a text with slashes stand in words, as in `/mnt/Photos2019/Archive2020`. */
function isPath(text: string): boolean {
  const words = text.match(/[A-Z]?[a-z]{3,}|[A-Z]{3,}/g) ?? [];
  return text.includes('/') && words.join('').length >= 0.75 * text.replace(/[^A-Za-z]/g, '').length;
}
