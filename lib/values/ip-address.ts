const octet = '(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])';
/** Addresses as parts of patterns, for editors. Of IPv6 no more than its characters is said. */
export const ipv4Pattern = `${octet}(?:\\.${octet}){3}`;
export const ipv6Pattern = '[0-9a-fA-F:.]*:[0-9a-fA-F:.]*';

const dotted = new RegExp(`^${ipv4Pattern}$`);

/**
 * The family of an IP address as it is written, 4 or 6; 0 when the text is none. Not `isIP` of `node:net`, which
 * costs 5 ms at the first call: what builds URLs is there already.
 */
export function addressFamily(text: string): 4 | 6 | 0 {
  if (dotted.test(text)) return 4;
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) && URL.canParse(`http://[${text}]`) ? 6 : 0;
}

/**
 * The 32 or 128 bits of an IP address, which must be one without a zone and without an IPv4 address inside
 * of an IPv6 one.
 */
export function addressBits(address: string): bigint {
  if (addressFamily(address) === 4) return join(address.split('.').map(Number), 8n);
  const [head = '', tail = ''] = address.split('::');
  const left = groups(head);
  const right = groups(tail);
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return join([...left, ...zeros, ...right], 16n);
}

function groups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function join(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);
}
