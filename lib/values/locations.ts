import { secretProblem } from '../text/secret-part.ts';
import { addressBits, addressFamily, ipv4Pattern, ipv6Pattern } from './ip-address.ts';
import { hostProblem, namePattern } from './names.ts';
import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';
import { portNumberPattern } from './port.ts';

/** A folder that needs no escaping in a URL and does not lead elsewhere. */
const folderForm = /^(?!\.{1,2}$)[-A-Za-z0-9._~+=]+$/;
const accountForm = /^[a-z0-9]{3,24}$/;
const containerForm = /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;
const bucketForm = /^(?=.{3,63}$)[a-z0-9](?:[-a-z0-9]|\.(?!\.))*[a-z0-9]$/;
const reservedStart = '(?:xn--|sthree-|amzn-s3-demo-)';
const reservedEnd = '(?:-s3alias|--ol-s3|--x-s3|--table-s3)$';
const reservedNames = new RegExp(`^${reservedStart}|${reservedEnd}`);
const page = /^https?:\/\/[^/\s]+\/[^\s"\\]+$/;

/**
 * Patterns of the texts that are read here, for editors: without flags. They say less than the sentences of the readers,
 * and refuse nothing that those read.
 */
export const azurePattern =
  '^https://[a-z0-9]{3,24}\\.blob\\.core\\.windows\\.net/(?=[^/]{3,63}(?:/|$))[a-z0-9]+(?:-[a-z0-9]+)*(?:/(?!\\.{1,2}(?:/|$))[-A-Za-z0-9._~+=]+)*$';
export const endpointPattern = `^https?://(?:${namePattern}|${ipv4Pattern}|\\[${ipv6Pattern}\\])(?::0{0,4}${portNumberPattern})?$`;
export const pagePattern = page.source;
export const bucketPattern = `^(?!${reservedStart})(?!.*${reservedEnd})(?!${ipv4Pattern}$)(?=.{3,63}$)[a-z0-9](?:[-a-z0-9]|\\.(?!\\.))*[a-z0-9]$`;
export const nfsPathPattern =
  '^(?=.{1,1024}$)(?:/|(?:/(?!\\.{1,2}(?:/|$))[^/\\u0000-\\u001f\\u007f-\\u009f]+)+)$';
export const serverPattern = `^(?:${namePattern}|${ipv4Pattern}|${ipv6Pattern})$`;
export const cidrPattern = `^(?:${ipv4Pattern}/(?:[0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F]*:[0-9a-fA-F:]*/(?:[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$`;

/** A folder in Azure Blob Storage, `https://<account>.blob.core.windows.net/<container>[/prefix]`. */
export interface AzureDestination {
  readonly text: string;
  readonly account: string;
  readonly container: string;
  /** The folders below the container, without slashes at either end. */
  readonly prefix?: string;
}

/** The address of an S3 service. */
export interface Endpoint {
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A block of IP addresses in CIDR notation. */
export interface Cidr {
  readonly text: string;
  readonly address: string;
  /** The number of leading bits that all addresses of the block share. */
  readonly length: number;
  readonly family: 4 | 6;
}

/**
 * Reads where Barman writes backups in Azure. A query string (a SAS token) or a user is refused without being
 * repeated. Names of accounts and containers: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage
 */
export function parseAzureDestination(text: string): Parsed<AzureDestination> {
  const [, account = '', container = '', prefix = ''] =
    /^https:\/\/([^/]+)\.blob\.core\.windows\.net\/([^/]+)((?:\/[^/]+)*)$/.exec(text) ?? [];
  const problem = secretProblem(text) ?? azureProblem(text, account, container, prefix);
  if (problem !== undefined) return refuse(`${quote(text)} ${problem}`);
  return understand({ text, account, container, ...(prefix === '' ? {} : { prefix: prefix.slice(1) }) });
}

/** Reads the address of an S3 service, such as `https://s3.example.com`: scheme, host and port alone. */
export function parseEndpoint(text: string): Parsed<Endpoint> {
  const [, scheme = '', authority = '', path = ''] = /^(https?):\/\/([^/]*)(\/.*)?$/s.exec(text) ?? [];
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::([0-9]{1,5}))?$/.exec(authority) ?? [];
  const problem = secretProblem(text) ?? endpointProblem(text, scheme, host, port, path);
  if (problem !== undefined) return refuse(`${quote(text)} ${problem}`);
  const tls = scheme === 'https';
  return understand({ text, host, port: port === undefined ? (tls ? 443 : 80) : Number(port), tls });
}

/** Reads the address of a page, such as `https://git.example.com/me/home/blob/main/README.md`, without query and anchor. */
export function parsePage(text: string): Parsed<string> {
  const problem =
    secretProblem(text) ??
    (page.test(text)
      ? undefined
      : 'is not the address of a page. Write it as https://github.com/you/home/blob/main/dist/home/RUNBOOK.md.');
  return problem === undefined ? understand(text) : refuse(`${quote(text)} ${problem}`);
}

/** Reads the name of an S3 bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function parseBucket(text: string): Parsed<string> {
  const problem = bucketProblem(text);
  return problem === undefined ? understand(text) : refuse(`${quote(text)} ${problem}`);
}

/** Reads an absolute path that an NFS server exports, without `.`, `..` and doubled or trailing slashes. */
export function parseNfsPath(text: string): Parsed<string> {
  const problem = pathProblem(text);
  return problem === undefined ? understand(text) : refuse(`${quote(text)} ${problem}`);
}

/** Reads an NFS server: a DNS name or an IPv4 or IPv6 address. */
export function parseNfsServer(text: string): Parsed<string> {
  const [, server, path] = /^([-a-z0-9.]+):?(\/[^/].*)$/is.exec(text) ?? [];
  if (server !== undefined && path !== undefined) {
    return refuse(`${quote(text)} has a path. Write ${server} as the server and ${quote(path)} as the path.`);
  }
  return parseServer(text, 'nas.example.net');
}

/** Reads the name or address of a server inside or outside of the cluster, such as `redis.example.net`. */
export function parseServer(text: string, example = 'redis.example.net'): Parsed<string> {
  if (addressFamily(text) !== 0) return understand(text);
  const problem = hostProblem(text, example);
  return problem === undefined ? understand(text) : refuse(`${quote(text)} ${problem}`);
}

/** Reads a block of addresses such as `10.0.0.0/8` or `fd00::/8`, whose bits after the length are zero. */
export function parseCidr(text: string): Parsed<Cidr> {
  const problem = cidrProblem(text);
  if (problem !== undefined) return refuse(`${quote(text)} ${problem}`);
  const [address = '', length = ''] = text.split('/');
  return understand({ text, address, length: Number(length), family: addressFamily(address) === 4 ? 4 : 6 });
}

const azure = 'https://<account>.blob.core.windows.net/<container>';

function azureProblem(text: string, account: string, container: string, prefix: string): string | undefined {
  if (/^(?:azure|azblob|abfss?|wasbs?|az):\/\//i.test(text)) {
    return `has a scheme that Barman does not know. Write it as ${azure}.`;
  }
  if (/^(?:s3|gs):\/\//i.test(text)) {
    return `is not in Azure. Write it as ${azure}, or name the other kind of store.`;
  }
  if (text.startsWith('http://')) return `is not encrypted. Write ${text.replace('http', 'https')}.`;
  if (account === '') {
    if (/^https:\/\/[^/]+\.blob\.core\.windows\.net\/?$/.test(text)) {
      return `names no container. Write it as ${azure}.`;
    }
    if (/\.blob\.core\.windows\.net\/.*\/$/.test(text)) {
      return `ends with a slash. Write ${text.replace(/\/+$/, '')}.`;
    }
    return `is not an address in Azure Blob Storage. Write it as ${azure}.`;
  }
  if (!accountForm.test(account)) {
    return `has the account ${quote(account)}; an account has 3 to 24 lower-case letters and digits. Write it as ${azure}.`;
  }
  if (!containerForm.test(container)) {
    return `has the container ${quote(container)}; a container has 3 to 63 lower-case letters, digits and single hyphens. Write it as ${azure}.`;
  }
  const bad = prefix
    .split('/')
    .slice(1)
    .find((folder) => !folderForm.test(folder));
  return bad === undefined
    ? undefined
    : `has the folder ${quote(bad)}. Write folders of letters, digits, -, _ and . only.`;
}

function endpointProblem(
  text: string,
  scheme: string,
  host: string,
  port: string | undefined,
  path: string,
): string | undefined {
  const example = 'Write it as https://s3.example.com.';
  if (text === '') return `is empty. ${example}`;
  if (/^s3:\/\//i.test(text)) return `is a bucket, not the address of a service. ${example}`;
  if (scheme === '') {
    return /^[a-z]+:\/\//i.test(text)
      ? `is not an https:// or http:// address. ${example}`
      : `has no scheme. ${example}`;
  }
  if (host === '' || Number(port ?? 1) < 1 || Number(port ?? 1) > 65535) {
    return `has no valid host and port. ${example}`;
  }
  const isAddress = host.startsWith('[') ? addressFamily(host.slice(1, -1)) === 6 : addressFamily(host) === 4;
  const problem = isAddress ? undefined : hostProblem(host, 's3.example.com');
  if (problem !== undefined) return problem;
  const origin = `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
  return path === ''
    ? undefined
    : `has a path; bucket and folders have fields of their own. Write ${origin}.`;
}

function bucketProblem(text: string): string | undefined {
  const secret = secretProblem(text);
  if (secret !== undefined) return secret;
  const [, bucket] = /^s3:\/\/([^/]+)/i.exec(text) ?? [];
  if (bucket !== undefined) return `is an address. Write the name of the bucket alone, ${bucket}.`;
  if (addressFamily(text) === 4) {
    return 'is an IP address. Write the name of a bucket, such as immich-backups.';
  }
  const reserved = reservedNames.exec(text)?.[0];
  if (reserved !== undefined) {
    return `has ${reserved}, which S3 keeps for itself. Write another name, such as immich-backups.`;
  }
  if (bucketForm.test(text)) return undefined;
  if (bucketForm.test(text.toLowerCase())) return `has capital letters. Write ${text.toLowerCase()}.`;
  return 'is not the name of a bucket. Write 3 to 63 lower-case letters, digits and hyphens, such as immich-backups.';
}

function pathProblem(text: string): string | undefined {
  const example = 'Write it as /export/immich.';
  if (text === '') return `is empty. ${example}`;
  if (!text.startsWith('/')) return `is not an absolute path. ${example}`;
  if (control.test(text)) return `has control characters. ${example}`;
  if (text.length > 1024) return `has ${text.length} characters. Write at most 1024.`;
  const folders = text.split('/').slice(1);
  if (folders.includes('..') || folders.includes('.')) {
    return `has a part that is . or .. in it. Write the path it leads to.`;
  }
  if (text !== '/' && folders.includes('')) {
    return `has a slash too many. Write ${quote(`/${folders.filter((folder) => folder !== '').join('/')}`)}.`;
  }
  return undefined;
}

const control = /\p{Cc}/u;

function cidrProblem(text: string): string | undefined {
  const example = 'Write an address and a length, such as 10.0.0.0/8.';
  const [address = '', digits, ...more] = text.split('/');
  const family = addressFamily(address);
  if (family === 0 || address.includes('%') || more.length > 0) {
    return `is not a block of addresses. ${example}`;
  }
  if (family === 6 && address.includes('.')) return `is an IPv4 address in the form of IPv6. ${example}`;
  const bits = family === 4 ? 32 : 128;
  if (digits === undefined) return `has no length. Write ${address}/${bits} for this address alone.`;
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(digits) || Number(digits) > bits) {
    return `has a length that is not 0 to ${bits}. ${example}`;
  }
  const rest = addressBits(address) & ((1n << BigInt(bits - Number(digits))) - 1n);
  return rest === 0n
    ? undefined
    : `has bits set after the first ${digits}. Write the first address of the block before /${digits}.`;
}

/** Whether an address lies inside of a block. What is no address lies in none. */
export function contains({ address, length, family }: Cidr, other: string): boolean {
  if (addressFamily(other) !== family || other.includes('%')) return false;
  const rest = BigInt((family === 4 ? 32 : 128) - length);
  return addressBits(address) >> rest === addressBits(other) >> rest;
}
