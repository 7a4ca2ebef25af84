import { isIPv4 } from 'node:net';

/**
 * The 32 or 128 bits of an IP address, which must be one in the eyes of `node:net`, without a zone and without
 * an IPv4 address inside of an IPv6 one.
 */
export function addressBits(address: string): bigint {
  if (isIPv4(address)) return joined(address.split('.').map(Number), 8n);
  const [head = '', tail = ''] = address.split('::');
  const left = groups(head);
  const right = groups(tail);
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return joined([...left, ...zeros, ...right], 16n);
}

function groups(text: string): readonly number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);
}
