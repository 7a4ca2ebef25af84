import { type Credential, credentialIn } from './credential.ts';

/**
 * The credential that a value holds, by its own shape or because its name says that it is one; undefined when neither.
 * This is the narrow test: what it finds is refused, in an installation file as in anybody's manifests.
 */
export function secretIn(name: string, value: string): Credential | undefined {
  const credential = credentialIn(value);
  if (credential !== undefined) return credential;
  return namesSecret(name) && !isHarmless(value) ? { what: 'a secret', secret: value } : undefined;
}

/**
 * Whether a value may be a secret, and is not printed. This is the wide test: a wrong guess costs a message its
 * quotation, and no more.
 */
export function mayBeSecret(name: string, value: string): boolean {
  if (value === '') return false;
  return credentialIn(value) !== undefined || longHex.test(value) || mayNameSecret.test(toVariableName(name));
}

/**
 * Whether a variable of this name holds a secret. Names that end in _FILE, _PATH and the like say where one stands,
 * and _URL and _ID say nothing.
 */
function namesSecret(name: string): boolean {
  return names.test(toVariableName(name));
}

/**
 * Whether a text that should be the name of a key inside a Secret looks like the value instead: names are words, with
 * digits at their ends at most.
 */
export function looksGenerated(text: string): boolean {
  if (credentialIn(text) !== undefined || longHex.test(text)) return true;
  return (
    /^[A-Za-z0-9]{10,}$/.test(text) &&
    /[a-z][0-9]+[a-z]/i.test(text.replace(knownNumbers, '').replace(algorithms, ''))
  );
}

/** What has a number in its name: S3, Backblaze's B2, Cloudflare's R2. */
const knownNumbers = /(?<![A-Za-z])(?:s3|b2|r2)|S3|B2|R2|K8s|k8s|[oO][aA]uth2/g;

/** Algorithms, formats, and a version at the end of a word. */
const algorithms =
  /(?:ed|curve|x)25519|x509|base(?:32|64)|(?:aes|sha|rsa|hs|rs|es)(?:1|2|128|192|256|384|512|2048|4096)|md5|ipv[46]|utf8|pkcs[0-9]+/gi;

/** `secretAccessKey` as `SECRET_ACCESS_KEY`. */
function toVariableName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

const names =
  /(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|PGPASSWORD|SECRET|TOKEN|CREDENTIALS?|SAS|CONNECTION_STRING|(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|ACCOUNT|LICENSE|AUTH)_?KEY(_ID)?)$/;

const mayNameSecret =
  /(PASSWORD|PASSWD|PASSPHRASE|_SECRET$|^SECRET_|TOKEN$|_CREDENTIALS?$|SAS$|CONNECTION_STRING|(API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|ACCOUNT|LICENSE|AUTH)_?KEY)/;

/** What a secret never is: nothing, a switch, the path of a file, or what is filled in later. */
function isHarmless(value: string): boolean {
  return (
    value === '' ||
    /^(true|false|yes|no|on|off)$/i.test(value) ||
    /^\/[\w./-]*$/.test(value) ||
    filledIn.test(value)
  );
}

const filledIn = /^\$[({][\w.:-]*[)}]$/;

/** A digest says of what kind it is; a bare row of hexadecimal digits may be a key. */
const longHex = /^(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{32,}$/i;
