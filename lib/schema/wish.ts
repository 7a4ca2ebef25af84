import { nearest } from '../text/nearest.ts';
import { quote } from '../text/quoting.ts';

/** A key that people write in good faith, though no key has this name. */
export interface Wish {
  /** Its names, with spaces between them, in small letters, without hyphens and underscores. */
  readonly keys: string;
  /** A sentence: what there is instead, or that there is nothing yet. */
  readonly says?: string;
  /** What to write instead, in YAML. */
  readonly write?: string;
  /** Where to write it: beside the wish, or at the top level of the file. */
  readonly at?: 'top';
}

/** What is said of a key that is not among `names`. */
export function unknownKey(key: string, names: readonly string[], wishes: readonly Wish[]): string {
  const wish = wishFor(key, wishes);
  const near = nearest(key, names);
  const advice =
    wish !== undefined
      ? wishText(wish)
      : near !== undefined
        ? `Did you mean ${quote(near)}?`
        : `Known here: ${names.join(', ')}.`;
  return `${quote(key)} is not a known key. ${advice}`;
}

/** The wish that a key stands for. */
export function wishFor(key: string, wishes: readonly Wish[]): Wish | undefined {
  const plain = key.toLowerCase().replace(/[-_]/g, '');
  return wishes.find(({ keys }) => keys.split(' ').includes(plain));
}

function wishText({ says, write, at }: Wish): string {
  const advice =
    write === undefined ? [] : [`${at === 'top' ? 'At the top level write' : 'Write'} ${write}.`];
  return [...(says === undefined ? [] : [says]), ...advice].join(' ');
}
