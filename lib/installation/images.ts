import type { Place } from '../schema/place.ts';
import { type Image, parseImage } from '../values/image.ts';
import type { Version } from '../values/version.ts';
import type { Database } from './database.ts';

/** The images of an installation. */
export interface Images {
  readonly server: Image;
  readonly machineLearning: Image;
  readonly valkey: Image;
  /** Undefined for a database that somebody else runs. */
  readonly database: Image | undefined;
}

interface Written {
  readonly version: Version;
  readonly server: { readonly image: Image | undefined };
  readonly machineLearning: { readonly image: Image | undefined };
  readonly valkey: { readonly image: Image };
  readonly database: Database;
}

/** The images that a file names, or the standard ones of its version; with one warning for all that lack a digest. */
export function imagesOf(written: Written, at: Place): Images {
  const { version } = written;
  const images = {
    server: written.server.image ?? standard(`ghcr.io/immich-app/immich-server:${version.text}`),
    machineLearning:
      written.machineLearning.image ?? standard(`ghcr.io/immich-app/immich-machine-learning:${version.text}`),
    valkey: written.valkey.image,
    database: written.database.kind === 'cnpg' ? written.database.cnpg.image : undefined,
  };
  if (!at.isFaulty('version')) {
    checkTag(images.server, version, at.in('server', 'image'));
    checkTag(images.machineLearning, version, at.in('machineLearning', 'image'));
  }
  const named = at.isFaulty('database', 'cnpg', 'image') ? { ...images, database: undefined } : images;
  checkDigests(Object.values(named), at.in('version'));
  return images;
}

/** Images that a registry cannot change, whoever has its password. */
export function checkDigests(images: readonly (Image | undefined)[], at: Place): void {
  const unpinned = images.filter((image) => image !== undefined && image.digest === undefined);
  if (unpinned.length > 0) {
    at.warning(
      `${unpinned.map((image) => image?.text).join(', ')}: without a digest, the registry can serve something else tomorrow. Write image: <name>:<tag>@sha256:... for each.`,
    );
  }
}

/** The server and machine learning speak to each other, and must be of the version that the file says. */
export function checkTag(image: Image, version: Version, at: Place): void {
  const tag = image.tag;
  if (tag !== undefined && tag !== version.text && !tag.startsWith(`${version.text}-`)) {
    at.error(
      `"${image.text}" is not of version "${version.text}". Change the tag or the version of the installation.`,
    );
  }
}

function standard(reference: string): Image {
  const image = parseImage(reference);
  if (!image.ok) throw new Error(image.message);
  return image.value;
}
