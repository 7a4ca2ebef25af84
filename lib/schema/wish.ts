import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';

/** A key that people write in good faith, though no key has this name. */
export interface Wish {
  /** Its names, with spaces between them, in small letters, without hyphens and underscores. */
  readonly keys: string;
  /** What stands in its value, in a key or a text, where that is how it is meant; another wish may be meant without it. */
  readonly about?: RegExp;
  /** A sentence: what there is instead, or that there is nothing yet. */
  readonly says?: string;
  /** What to write instead, in YAML. */
  readonly write?: string;
  /** Where to write it: beside the wish, or at the top level of the file. */
  readonly at?: 'top';
}

/** What is said of a key that is not among `names`. */
export function unknownKey(
  key: string,
  value: unknown,
  names: readonly string[],
  wishes: readonly Wish[],
): string {
  const wish = wishFor(key, value, wishes);
  const near = nearest(key, names);
  const advice =
    wish !== undefined
      ? wishText(wish)
      : near !== undefined
        ? `Did you mean ${quote(near)}?`
        : `Known here: ${names.join(', ')}.`;
  return `${quote(key)} is not a known key. ${advice}`;
}

/** The wish that a key with its value stands for. */
export function wishFor(key: string, value: unknown, wishes: readonly Wish[]): Wish | undefined {
  const plain = key.toLowerCase().replace(/[-_]/g, '');
  return wishes.find(
    ({ keys, about }) =>
      keys.split(' ').includes(plain) && (about === undefined || isAbout(value, about, deepest)),
  );
}

/** So deep a value is looked into, which may contain itself by an alias. */
const deepest = 4;

function isAbout(value: unknown, about: RegExp, depth: number): boolean {
  if (typeof value === 'string') return about.test(value);
  if (typeof value !== 'object' || value === null || depth === 0) return false;
  return Object.entries(value).some(([key, inside]) => about.test(key) || isAbout(inside, about, depth - 1));
}

function wishText({ says, write, at }: Wish): string {
  const advice =
    write === undefined ? [] : [`${at === 'top' ? 'At the top level write' : 'Write'} ${write}.`];
  return [...(says === undefined ? [] : [says]), ...advice].join(' ');
}
