import type { Version } from '../values/version.ts';

/** The release of Immich with these numbers. */
export function release(major: number, minor: number, patch: number): Version {
  return { major, minor, patch, text: `v${major}.${minor}.${patch}` };
}
