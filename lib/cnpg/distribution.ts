import type { Image } from '../values/image.ts';

/** A release of Debian, which an image of PostgreSQL is made from. */
export type Distribution = 'bullseye' | 'bookworm' | 'trixie';

/**
 * The distribution in an image of PostgreSQL; undefined where it is not known. Indexes over text depend on the rules of
 * its C library for sorting, and extensions on its libraries.
 */
export function distributionOf(image: Image): Distribution | undefined {
  const { tag = '', repository } = image;
  const said = /(?:^|-)(bullseye|bookworm|trixie)(?:-|$)/.exec(tag)?.[1];
  if (said !== undefined) return distributions.find((one) => one === said);
  return known.find(({ images, tags }) => images.test(repository) && (tags?.test(tag) ?? true))?.distribution;
}

const distributions: readonly Distribution[] = ['bullseye', 'bookworm', 'trixie'];

/** Images whose tags do not say it. In order: the first that fits counts. */
const known: readonly {
  readonly images: RegExp;
  readonly tags?: RegExp;
  readonly distribution: Distribution;
  readonly source: string;
}[] = [
  {
    images: /(^|\/)cloudnative-vectorchord$/,
    distribution: 'bookworm',
    source: 'https://github.com/tensorchord/cloudnative-vectorchord/blob/main/Dockerfile',
  },
  {
    // The last tags of that time: https://www.postgresql.org/support/versioning/, August 2025.
    images: /(^|\/)cloudnative-pg\/postgresql$/,
    tags: /^(?:17(?:\.[0-5])?|16(?:\.[0-9])?|15(?:\.(?:[0-9]|1[0-3]))?|14(?:\.(?:[0-9]|1[0-8]))?|13(?:\.(?:[0-9]|1[0-9]|2[01]))?)(?:-\d+)?$/,
    distribution: 'bullseye',
    source: 'https://github.com/cloudnative-pg/postgres-containers/issues/283',
  },
];
