import { type Parsed, quote, refuse, understand } from './parsed.ts';

/** A port that a program listens on, and the protocol that it speaks there. */
export interface Port {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** A port by its number, as a part of a pattern. */
export const portNumberPattern =
  '(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** What `parsePort` reads, for editors. */
export const portPattern = `^${portNumberPattern}(?:/(?:TCP|UDP))?$`;

/** Reads a port such as `443`, which means TCP, or `53/UDP`. */
export function parsePort(text: string): Parsed<Port> {
  const [, digits = '', protocol = 'TCP'] = /^([1-9][0-9]{0,4})(?:\/(TCP|UDP))?$/.exec(text) ?? [];
  const port = Number(digits);
  return port >= 1 && port <= 65_535
    ? understand({ protocol: protocol === 'UDP' ? 'UDP' : 'TCP', port })
    : refuse(`${quote(text)} is not a port. Write a number from 1 to 65535, such as 443, or "53/UDP".`);
}

/** A port as it is written: `443`, `53/UDP`. */
export function portText({ protocol, port }: Port): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}
