import { isIP } from 'node:net';
import type { Parsed } from './parsed.ts';
import { parsed, quoted, refused } from './parsed.ts';

/**
 * Reads a name of at most 63 lower-case letters, digits and hyphens (RFC 1123 label), as namespaces,
 * services and ports of Kubernetes have it.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function parseDnsLabel(text: string): Parsed<string> {
  if (text.length <= LABEL_LENGTH && LABEL.test(text)) return parsed(text);
  return refused(`${quoted(text)} ${labelProblem(text)}`);
}

/**
 * Reads the name of a Kubernetes object: DNS labels joined by dots, at most 253 characters.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function parseDnsSubdomain(text: string): Parsed<string> {
  if (text.length > SUBDOMAIN_LENGTH)
    return refused(`${quoted(text)} has ${text.length} characters. Write at most 253.`);
  if (text.split('.').every((label) => LABEL.test(label))) return parsed(text);
  return refused(`${quoted(text)} ${nameProblem(text, 'lower-case letters, digits, hyphens and dots')}`);
}

/**
 * Reads the host of a web site, such as `photos.example.com`: a full DNS name in lower case, without
 * scheme, port, path or wildcard, and not an IP address, because a certificate is issued for it.
 */
export function parseHost(text: string): Parsed<string> {
  const problem = hostProblem(text);
  return problem === undefined ? parsed(text) : refused(`${quoted(hidden(text))} ${problem}`);
}

/**
 * Reads a key of a Secret or ConfigMap: letters, digits, `-`, `_` and `.`, at most 253 characters.
 * https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
 */
export function parseSecretKey(text: string): Parsed<string> {
  if (text.length > SUBDOMAIN_LENGTH)
    return refused(`${quoted(text)} has ${text.length} characters. Write at most 253.`);
  if (text === '.' || text.startsWith('..')) {
    return refused(
      `${quoted(text)} cannot be a key, because keys become file names. Write a name such as password.`,
    );
  }
  if (/^[-._a-zA-Z0-9]+$/.test(text)) return parsed(text);
  return refused(
    `${quoted(text)} is not a key of a Secret. Write letters, digits, -, _ and . only, such as ${suggestion(text, /[^-._a-zA-Z0-9]+/g, 'password')}.`,
  );
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;

function labelProblem(text: string): string {
  if (text.length > LABEL_LENGTH) return `has ${text.length} characters. Write at most 63.`;
  return nameProblem(text, 'lower-case letters, digits and hyphens');
}

function nameProblem(text: string, allowed: string): string {
  if (text === '') return `is empty. Write a name of ${allowed}.`;
  const better = suggestion(text.toLowerCase(), /[^a-z0-9]+/g, 'immich');
  return `is not a name Kubernetes accepts. Write ${allowed} only, beginning and ending with a letter or digit, such as ${better}.`;
}

/** The text with everything that is not allowed turned into single hyphens. */
function suggestion(text: string, forbidden: RegExp, otherwise: string): string {
  return (
    text
      .slice(0, LABEL_LENGTH)
      .replace(forbidden, '-')
      .replace(/^-+|-+$/g, '') || otherwise
  );
}

function hostProblem(text: string): string | undefined {
  const example = 'Write the DNS name alone, such as photos.example.com.';
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (text === '') return `is empty. ${example}`;
  if (scheme) return `starts with ${scheme}. ${example}`;
  if (text.includes('@')) return `has a user in front. ${example}`;
  if (isIP(text.replace(/^\[|\]$/g, '')) !== 0)
    return `is an IP address, for which no certificate can be issued. ${example}`;
  if (text.includes('*')) return `has a wildcard. ${example}`;
  if (text.includes('/')) return `has a path. ${example}`;
  if (text.includes(':')) return `has a port. ${example}`;
  if (text !== text.toLowerCase()) return `has capital letters. Write ${text.toLowerCase()}.`;
  if (text.endsWith('.')) return `ends with a dot. ${example}`;
  if (!text.includes('.')) return `is not a full DNS name. ${example}`;
  if (text.length > SUBDOMAIN_LENGTH)
    return `has ${text.length} characters; a DNS name has at most 253. ${example}`;
  for (const label of text.split('.')) {
    if (label.length > LABEL_LENGTH)
      return `has a part of ${label.length} characters; DNS allows 63. ${example}`;
    if (!LABEL.test(label)) return `has the part ${quoted(label)}, which is not a DNS label. ${example}`;
  }
  if (/\.[0-9]+$/.test(text)) return `ends in a number, which no DNS name does. ${example}`;
  return undefined;
}

/** A user and password in front of a host are never repeated. */
function hidden(text: string): string {
  return text.replace(/[^/]*@/, '…@');
}
