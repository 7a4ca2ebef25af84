import { looksGenerated } from '../text/secret.ts';
import { secretProblem, withoutSecrets } from '../text/secret-part.ts';
import { addressFamily } from './ip-address.ts';
import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

const word = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const labelForm = new RegExp(`^${word}$`);
const labelLength = 63;
const subdomainLength = 253;

/** A label of a name of at most 63 characters. */
const shortWord = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';

/** Patterns of the texts that are read here, for editors: without flags, and of nothing that reading refuses to say. */
export const labelPattern = `^${shortWord}$`;
export const subdomainPattern = `^(?=.{1,${subdomainLength}}$)${word}(?:\\.${word})*$`;
export const kindPattern = '^[A-Z][A-Za-z0-9]*$';
export const secretKeyPattern = `^(?!\\.\\.|\\.$)[-._a-zA-Z0-9]{1,${subdomainLength}}$`;
/** A name with a domain. */
export const hostPattern = `^(?=.{1,${subdomainLength}}$)(?:${shortWord}\\.)+(?![0-9]+$)${shortWord}$`;
/** A name with or without a domain, as a part of a pattern: what `hostProblem` has nothing to say of. */
export const namePattern = `(?=[-a-z0-9.]{1,${subdomainLength}}(?![-a-z0-9.]))(?:${shortWord}\\.)*(?![0-9]+(?![-a-z0-9]))${shortWord}`;

/**
 * Reads a name of at most 63 lower-case letters, digits and hyphens (RFC 1123 label), as namespaces,
 * services and ports of Kubernetes have it.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function parseDnsLabel(text: string): Parsed<string> {
  if (text.length <= labelLength && labelForm.test(text)) return understand(text);
  return refuse(`${quote(text)} ${labelProblem(text)}`);
}

/**
 * Reads the name of a Kubernetes object: DNS labels joined by dots, at most 253 characters.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function parseDnsSubdomain(text: string): Parsed<string> {
  if (text.length > subdomainLength) {
    return refuse(`${quote(text)} has ${text.length} characters. Write at most 253.`);
  }
  if (text.split('.').every((label) => labelForm.test(label))) return understand(text);
  return refuse(`${quote(text)} ${nameProblem(text, 'lower-case letters, digits, hyphens and dots')}`);
}

/** Reads the kind of a Kubernetes object, such as `VolumeSnapshot`. */
export function parseKind(text: string): Parsed<string> {
  if (new RegExp(kindPattern).test(text)) return understand(text);
  return refuse(
    `${quote(text)} is no kind of object, which is one word that begins with a capital letter. Write a kind, such as VolumeSnapshot.`,
  );
}

/**
 * Reads the host of a web site, such as `photos.example.com`: a full DNS name in lower case, without
 * scheme, port, path or wildcard, and not an IP address, because a certificate is issued for it.
 */
export function parseHost(text: string): Parsed<string> {
  const problem =
    ipProblem(text) ??
    (isWord(text) ? wholeNameProblem(text) : undefined) ??
    hostProblem(text, 'photos.example.com') ??
    wholeNameProblem(text);
  return problem === undefined ? understand(text) : refuse(`${quote(text)} ${problem}`);
}

/** Why a text is not a DNS name in lower case, without scheme, port and path; undefined when it is one. */
export function hostProblem(text: string, example: string): string | undefined {
  const write = `Write the DNS name alone, such as ${example}.`;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  const secret = secretProblem(text);
  if (text === '') return `is empty. ${write}`;
  if (secret !== undefined) return secret;
  if (scheme !== undefined) return `starts with ${scheme}. ${write}`;
  if (text.includes('*')) return `has a wildcard. ${write}`;
  if (text.includes('/')) return `has a path. ${write}`;
  if (text.includes(':')) return `has a port. ${write}`;
  if (text.length > subdomainLength) {
    return `has ${text.length} characters; a DNS name has at most 253. ${write}`;
  }
  const lower = text.toLowerCase();
  if (text !== lower && /^[-a-z0-9.]+$/.test(lower)) return `has capital letters. Write ${lower}.`;
  if (text.endsWith('.')) return `ends with a dot. ${write}`;
  const bad = text.split('.').find((label) => label.length > labelLength || !labelForm.test(label));
  if (bad !== undefined) return `has the part ${quote(bad)}, which no DNS name has. ${write}`;
  if (/(?:^|\.)[0-9]+$/.test(text)) return `ends in a number, which no DNS name does. ${write}`;
  return undefined;
}

/**
 * Reads a key of a Secret or ConfigMap: letters, digits, `-`, `_` and `.`, at most 253 characters.
 * https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
 */
export function parseSecretKey(text: string): Parsed<string> {
  if (looksGenerated(text)) {
    return refuse(
      '"…" looks like the secret itself, which is not shown. Write the name of its key inside the Secret, such as ACCESS_KEY_ID, and replace the secret: it is known now.',
    );
  }
  if (text.length > subdomainLength) {
    return refuse(`${quote(text)} has ${text.length} characters. Write at most 253.`);
  }
  if (text === '.' || text.startsWith('..')) {
    return refuse(
      `${quote(text)} cannot be a key, because keys become file names. Write a name such as password.`,
    );
  }
  if (/^[-._a-zA-Z0-9]+$/.test(text)) return understand(text);
  return refuse(
    `${quote(text)} is not a key of a Secret. Write letters, digits, -, _ and . only, such as ${suggestion(text, /[^-._a-zA-Z0-9]+/g, 'password')}.`,
  );
}

function labelProblem(text: string): string {
  if (text.length > labelLength) return `has ${text.length} characters. Write at most 63.`;
  return nameProblem(text, 'lower-case letters, digits and hyphens');
}

function nameProblem(text: string, allowed: string): string {
  if (text === '') return `is empty. Write a name of ${allowed}.`;
  const better = suggestion(text, /[^a-z0-9]+/gi, 'immich').toLowerCase();
  return `is not a name Kubernetes accepts. Write ${allowed} only, beginning and ending with a letter or digit, such as ${better}.`;
}

/** The text with everything that is not allowed turned into single hyphens. */
function suggestion(text: string, forbidden: RegExp, otherwise: string): string {
  const hyphens = withoutSecrets(text).slice(0, labelLength).replace(forbidden, '-');
  return hyphens.replace(/^-+|-+$/g, '') || otherwise;
}

function ipProblem(text: string): string | undefined {
  if (addressFamily(text.replace(/^\[(.*)\](?::[0-9]+)?$/, '$1')) === 0) return undefined;
  return 'is an IP address, for which no public certificate is issued. Write a DNS name, such as photos.example.com.';
}

/** Whether a text is a name without its domain, in whatever letters. */
function isWord(text: string): boolean {
  return text.length <= labelLength && labelForm.test(text.toLowerCase());
}

function wholeNameProblem(text: string): string | undefined {
  return text.includes('.')
    ? undefined
    : `is not a full DNS name. Write it with its domain, such as ${text.toLowerCase()}.example.com.`;
}
