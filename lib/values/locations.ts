import { isIP, isIPv4 } from 'node:net';
import { parseDnsSubdomain } from './names.ts';
import type { Parsed } from './parsed.ts';
import { parsed, quoted, refused } from './parsed.ts';

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
  readonly length: number;
  readonly family: 4 | 6;
}

/** Reads where Barman writes backups in Azure. */
export function parseAzureDestination(text: string): Parsed<AzureDestination> {
  const match =
    /^https:\/\/([a-z0-9]{3,24})\.blob\.core\.windows\.net\/([^/?#@\s]+)((?:\/[^/?#@\s]+)*)$/.exec(text);
  if (!match)
    return refused(
      `${quoted(text.replace(/[?#].*$/s, '?…'))} is not an Azure destination. Write https://<account>.blob.core.windows.net/<container>.`,
    );
  const [, account = '', container = '', prefix = ''] = match;
  return parsed({ text, account, container, ...(prefix === '' ? {} : { prefix: prefix.slice(1) }) });
}

/** Reads the address of an S3 service, such as `https://s3.example.com`. */
export function parseEndpoint(text: string): Parsed<Endpoint> {
  const match = /^(https?):\/\/([a-z0-9.-]+)(?::([0-9]{1,5}))?\/?$/.exec(text);
  if (!match)
    return refused(
      `${quoted(text.replace(/\/\/.*@/s, '//…@').replace(/[?#].*$/s, '?…'))} is not an endpoint. Write https://s3.example.com.`,
    );
  const [, scheme = '', host = '', port] = match;
  const tls = scheme === 'https';
  return parsed({ text, host, port: port === undefined ? (tls ? 443 : 80) : Number(port), tls });
}

/** Reads the name of an S3 bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function parseBucket(text: string): Parsed<string> {
  if (/^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/.test(text)) return parsed(text);
  return refused(
    `${quoted(text)} is not a bucket name. Write 3 to 63 lower-case letters, digits and hyphens.`,
  );
}

/** Reads an absolute path on an NFS server. */
export function parseNfsPath(text: string): Parsed<string> {
  if (/^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$|^\/$/.test(text)) return parsed(text);
  return refused(`${quoted(text)} is not an absolute path. Write it as /export/immich.`);
}

/** Reads an NFS server: a DNS name or an IP address. */
export function parseNfsServer(text: string): Parsed<string> {
  if (isIP(text) !== 0 || parseDnsSubdomain(text).ok) return parsed(text);
  return refused(
    `${quoted(text)} is not a server. Write a DNS name or an IP address, such as nas.example.net.`,
  );
}

/** Reads a block of addresses such as `10.0.0.0/8`. */
export function parseCidr(text: string): Parsed<Cidr> {
  const [address = '', digits = ''] = text.split('/');
  const family = isIPv4(address) ? 4 : 6;
  const length = Number(digits);
  if (isIP(address) === 0 || !/^[0-9]{1,3}$/.test(digits) || length > (family === 4 ? 32 : 128))
    return refused(`${quoted(text)} is not a block of addresses. Write it as 10.0.0.0/8.`);
  return parsed({ text, address, length, family });
}
