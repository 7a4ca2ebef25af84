import { sha256 } from '../text/sha256.ts';

/** A short checksum of a text, for annotations that make new pods when a file they read once has changed. */
export function checksum(text: string): string {
  return sha256(text).slice(0, 16);
}
