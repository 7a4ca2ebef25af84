import type { Parsed } from './parsed.ts';
import { quote, refuse, understand } from './parsed.ts';

/** A released version of three numbers. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As it was written: `v3.3.1` for Immich, `1.30` for an operator. */
  readonly text: string;
}

/** A number without leading zeros. */
const n = '(0|[1-9][0-9]{0,8})';
const immich = new RegExp(`^v${n}\\.${n}\\.${n}$`);
const operator = new RegExp(`^${n}\\.${n}(?:\\.${n})?$`);

/** What the two readers read, for editors. */
export const immichVersionPattern = immich.source;
export const operatorVersionPattern = operator.source;

/** A range of versions, written as its first version and the first one above it; either may be open. */
export interface VersionRange {
  /** The first version inside. */
  readonly from?: Version;
  /** The first version above. */
  readonly below?: Version;
}

/** Reads the version of Immich, as its image tags have it: `v3.3.1`. */
export function parseImmichVersion(text: string): Parsed<Version> {
  const version = threeNumbers(text, immich);
  return version ? understand(version) : refuse(`${quote(text)} ${immichAdvice(text)}`);
}

/** Reads the version of an operator, `1.30` or `1.30.0`; a missing patch counts as 0. */
export function parseOperatorVersion(text: string): Parsed<Version> {
  const version = threeNumbers(text, operator);
  if (version) return understand(version);
  const plain = /^v(\d+\.\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (plain) return refuse(`${quote(text)} starts with v. Write ${quote(plain)}.`);
  if (/^\d+$/.test(text)) {
    return refuse(`${quote(text)} is only a major version. Write major and minor, such as "1.30".`);
  }
  return refuse(
    `${quote(text)} is not a version of the operator. Write major and minor in quotes, such as "1.30".`,
  );
}

/** The part in front of a pattern of versions by which it refuses those below the first patch of a release. */
export function notBelow({ major, minor }: Version, prefix = ''): string {
  const majors = Array.from({ length: major }, (_, one) => String(one));
  const minors = Array.from({ length: minor }, (_, one) => `${major}\\.${one}`);
  return `(?!${prefix}(?:${[...majors, ...minors].join('|')})(?:\\.|$))`;
}

/** Below 0 when `a` is older than `b`, above 0 when it is newer, 0 when both are the same. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** Whether `version` is at least `from` and older than `below`. */
export function inRange(version: Version, range: VersionRange): boolean {
  const { from, below } = range;
  return (!from || compareVersions(version, from) >= 0) && (!below || compareVersions(version, below) < 0);
}

function threeNumbers(text: string, pattern: RegExp): Version | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map((digits = '0') => Number(digits));
  return { major, minor, patch, text };
}

function immichAdvice(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return `lacks the leading v. Write v${text}.`;
  if (/^(release|latest|main|nightly|stable)$/i.test(text) || /^v?\d+(\.\d+)?$/.test(text)) {
    return (
      'can name another version tomorrow: pods that restart on different days would run different releases, ' +
      'and a database is never migrated back. Write one release, such as v3.3.1.'
    );
  }
  if (/^V\d/.test(text)) return `has a capital V. Write ${text.toLowerCase()}.`;
  if (/^v\d+\.\d+\.\d+-/.test(text)) return 'is not a final release. Write one, such as v3.3.1.';
  return 'is not a version of Immich. Write one release, such as v3.3.1.';
}
