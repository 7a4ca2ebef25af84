import { type Parsed, quote, refuse, understand } from './parsed.ts';

/** A port that a program listens on, and the protocol that it speaks there. */
export interface Port {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

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
