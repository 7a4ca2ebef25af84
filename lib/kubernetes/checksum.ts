import { createHash } from 'node:crypto';

/** A short checksum of a text, for annotations that make new pods when a file they read once has changed. */
export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
