import { credentialIn } from '../../text/credential.ts';
import { looksGenerated, secretIn } from '../../text/secret.ts';

/**
 * Whether a value of a Secret gives a secret away: by its own shape, by a name that says so, or as a line of a file that
 * does. Much of what people keep in Secrets is none: certificates, user names, addresses, switches.
 */
export function holdsSecret(key: string, text: string): boolean {
  if (publicPem.test(text) && !/PRIVATE KEY/.test(text)) {
    return false;
  }
  if (isHash(text.trim())) {
    return false;
  }
  return (
    (secretIn(key, text.trim()) !== undefined && !isPlaceholder(text)) ||
    (!saysNothing.test(key) && !isPlaceholder(text) && looksRandom(text.trim())) ||
    settings(text).some(([name, value]) => secretIn(name, value) !== undefined && !isPlaceholder(value))
  );
}

/** The text behind base64; undefined when there is none, or no text. */
export function decodeBase64(base64: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0)),
    );
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Whether a value only says that something has to be written there. */
export function isPlaceholder(value: string): boolean {
  return (
    /^[\s*.xX_-]*$/.test(value) ||
    /^<.*>$|^\[.*\]$/s.test(value.trim()) ||
    /change.?me|replace|placeholder|your[-_ ]|example|dummy|todo|fill.?in|redacted|insert|dont-?use/i.test(
      value,
    )
  );
}

/** What is kept of a password so that it can be checked: made to be slow to guess, and often published on purpose. */
function isHash(text: string): boolean {
  return /^([\w.-]+:)?(\$(2[abxy]|argon2(id?|d)|pbkdf2(-sha\d+)?|scrypt|[156y])\$|\{S?SHA\d*\})\S+$/.test(
    text,
  );
}

const publicPem = /-----BEGIN (CERTIFICATE|PUBLIC KEY|CERTIFICATE REQUEST)-----/;

/** Keys whose values may look random and give nothing away. */
const saysNothing =
  /(^|[_.-])(crt|cert|ca|pub|public|fingerprint|id|uid|hash|checksum|digest|sha|sha256|url|uri|host|hostname|origins?|user|username|email|zone|bucket|region|endpoint)$/i;

function looksRandom(text: string): boolean {
  return !/\s/.test(text) && text.length >= 16 && (credentialIn(text) !== undefined || looksGenerated(text));
}

/** The settings that the lines of a file make: `name=value` or `name: value`. */
function settings(text: string): [string, string][] {
  return text.includes('\n') || /^[A-Za-z_]\w*=/.test(text)
    ? [...text.matchAll(/^\s*(?:export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?([^\s"'#,]+)/gm)].map(
        ([, name = '', value = '']) => [name, value],
      )
    : [];
}
