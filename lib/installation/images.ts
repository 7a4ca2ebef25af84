import { accelerators } from '../immich/accelerators.ts';
import { mapping, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { anyText } from '../schema/scalar.ts';
import type { Read } from '../schema/schema.ts';
import { pathText, quote } from '../text/quoting.ts';
import { type Image, parseImage } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import type { Database } from './database.ts';
import type { Gpu } from './gpu.ts';
import { type LearningPods, learningPoolsOf, type MachineLearning } from './machine-learning.ts';
import type { Valkey } from './valkey.ts';

/** What holds for all images. */
export const images = mapping({
  withoutDigests: required(
    anyText,
    'Why images may stand without digests; then nothing is said of those that do.',
  ),
});

type ImagesSection = Read<typeof images>;

/** The images of an installation. */
export interface Images {
  readonly server: Image;
  /** Undefined for a Valkey that somebody else runs. */
  readonly valkey: Image | undefined;
  /** Undefined for a database that somebody else runs. */
  readonly database: Image | undefined;
}

interface Written {
  readonly images: ImagesSection | undefined;
  readonly version: Version;
  readonly server: { readonly image: Image | undefined };
  readonly machineLearning: MachineLearning;
  readonly valkey: Valkey;
  readonly database: Database;
}

/** The images that a file names, or the standard ones of its version; with one warning for all that lack a digest. */
export function imagesOf(written: Written, at: Place): Images {
  const { version } = written;
  const pools = learningPoolsOf(written.machineLearning);
  const chosen = {
    server: written.server.image ?? standard(`ghcr.io/immich-app/immich-server:${version.text}`),
    valkey: written.valkey.kind === 'own' ? written.valkey.image : undefined,
    database:
      written.database.kind === 'cnpg' ? written.database.cnpg.image : written.database.cluster?.image,
  };
  if (!at.isFaulty('version')) {
    checkTag(chosen.server, version, at.in('server', 'image'));
    for (const { path, pods } of pools) {
      checkTag(learningImageOf(version, pods), version, at.in(...path, 'image'));
    }
  }
  if (written.images === undefined) {
    const named = [
      { path: ['server'], image: chosen.server },
      ...pools.map(({ path, pods }) => ({ path, image: learningImageOf(version, pods) })),
      { path: ['valkey'], image: chosen.valkey },
      { path: ['database', 'cnpg'], image: chosen.database },
      { path: ['database', 'cnpg', 'vectorchord'], image: chosen.database?.vectorchord },
    ].filter(({ path }) => !at.isFaulty(...path, 'image') && !at.isFaulty(...path, 'gpu'));
    checkDigests(
      Object.fromEntries(named.map(({ path, image }) => [`${pathText(path)}.image`, image])),
      at.in('version'),
    );
  }
  return chosen;
}

/** Images that a registry cannot change, whoever has its password. They are told by their keys. */
export function checkDigests(images: { readonly [key: string]: Image | undefined }, at: Place): void {
  const unpinned = Object.entries(images).filter(
    ([, image]) => image !== undefined && image.digest === undefined,
  );
  if (unpinned.length > 0) {
    const written = unpinned.map(([key, image]) => `${key} (${image?.text})`).join(', ');
    at.warning(
      `Without a digest the registry can serve something else tomorrow: ${written}. Write <name>:<tag>@sha256:..., or images: { withoutDigests: "why" } to hear no more of it.`,
    );
  }
}

/** The server and machine learning speak to each other, and must be of the version that the file says. */
export function checkTag(image: Image, version: Version, at: Place): void {
  const tag = image.tag;
  if (tag === undefined) {
    at.warning(
      `${quote(image.text)} has a digest and no tag, so that nobody sees whether it is of version ${quote(version.text)}. Write the tag too, as in ${image.text.replace('@', `:${version.text}@`)}.`,
    );
  }
  if (tag !== undefined && tag !== version.text && !tag.startsWith(`${version.text}-`)) {
    at.error(
      `${quote(image.text)} is not of version ${quote(version.text)}. Change the tag or the version of the installation.`,
    );
  }
}

/** The image of some pods of machine learning: their own, or the standard one. */
export function learningImageOf(
  version: Version,
  { image, gpu }: Pick<LearningPods, 'image' | 'gpu'>,
): Image {
  return image ?? machineLearningImageOf(version, gpu);
}

/** The standard image of machine learning, for the card that it has. */
export function machineLearningImageOf(version: Version, gpu: Gpu | undefined): Image {
  const suffix = gpu?.vendor === undefined ? '' : `-${accelerators[gpu.vendor].image}`;
  return standard(`ghcr.io/immich-app/immich-machine-learning:${version.text}${suffix}`);
}

function standard(reference: string): Image {
  const image = parseImage(reference);
  if (!image.ok) throw new Error(image.message);
  return image.value;
}
