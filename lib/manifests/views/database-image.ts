import { type Image, parseImage } from '../../values/image.ts';
import { Field } from '../field.ts';
import type { Inventory } from '../inventory.ts';
import { databaseHosts, workloadsAt } from './database-host.ts';
import { databaseOf, type ImmichContainerView } from './immich.ts';

/** An image that a database runs, or that brings it an extension. */
export interface DatabaseImageView {
  readonly image: Field;
  readonly isExtension: boolean;
}

/**
 * The images of the database that a server connects to: of the Cluster, by name or from a catalog, those of its
 * extensions, and of a PostgreSQL that runs as a plain workload.
 */
export function databaseImages(inventory: Inventory, found: ImmichContainerView): DatabaseImageView[] {
  return [
    ...databaseOf(inventory, found).flatMap((cluster) => clusterImages(inventory, cluster)),
    ...databaseHosts(inventory, found)
      .flatMap((host) => workloadsAt(inventory, host))
      .flatMap(({ containers }) =>
        containers.filter(({ init }) => !init).map(({ image }) => ofServer(image)),
      ),
  ].filter(({ image }) => image.text !== undefined);
}

/** The images of a cluster: its own, by name or from a catalog, and those of its extensions. */
export function clusterImages(inventory: Inventory, cluster: Field): DatabaseImageView[] {
  return [
    ofServer(cluster.at('spec', 'imageName')),
    ...fromCatalog(inventory, cluster),
    ...ofExtensions(cluster.at('spec', 'postgresql', 'extensions')),
  ].filter(({ image }) => image.text !== undefined);
}

/** Whether a cluster has VectorChord, by the names of its images and extensions. */
export function hasVectorchord(inventory: Inventory, cluster: Field): boolean {
  return (
    clusterImages(inventory, cluster).some(({ image }) => vectorchord.test(image.text ?? '')) ||
    cluster
      .at('spec', 'postgresql', 'extensions')
      .items.some((one) => vectorchord.test(one.at('name').text ?? ''))
  );
}

const vectorchord = /vectorchord|vchord/;

function ofServer(image: Field): DatabaseImageView {
  return { image, isExtension: false };
}

/** The images that bring extensions: https://cloudnative-pg.io/documentation/current/imagevolume_extensions/ */
function ofExtensions(extensions: Field): DatabaseImageView[] {
  return extensions.items.map((extension) => ({
    image: extension.at('image', 'reference'),
    isExtension: true,
  }));
}

/** The image of a cluster's major version in its catalog: https://cloudnative-pg.io/documentation/current/image_catalog/ */
function fromCatalog(inventory: Inventory, cluster: Field): DatabaseImageView[] {
  const reference = cluster.at('spec', 'imageCatalogRef');
  if (!reference.exists) {
    return [];
  }
  const kind = reference.at('kind').text ?? 'ImageCatalog';
  const namespace = kind === 'ImageCatalog' ? cluster.at('metadata', 'namespace').text : undefined;
  const { manifest } =
    inventory.find('postgresql.cnpg.io', kind, namespace, reference.at('name').text ?? '') ?? {};
  return manifest === undefined
    ? []
    : Field.of(manifest)
        .at('spec', 'images')
        .items.filter((image) => image.at('major').number === reference.at('major').number)
        .flatMap((image) => [ofServer(image.at('image')), ...ofExtensions(image.at('extensions'))]);
}

/** The image that a Cluster names, with the one that brings VectorChord as a volume, as far as they can be read. */
export function namedImage(cluster: Field): Image | undefined {
  const image = parseImage(cluster.at('spec', 'imageName').text ?? '');
  if (!image.ok) return undefined;
  const brought = parseImage(extensionReference(cluster) ?? '');
  return brought.ok ? { ...image.value, vectorchord: brought.value } : image.value;
}

/** The image that brings VectorChord as a volume, as a Cluster names it. */
export function extensionReference(cluster: Field): string | undefined {
  return ofExtensions(cluster.at('spec', 'postgresql', 'extensions'))
    .map(({ image }) => image.text)
    .find((text) => text !== undefined && vectorchord.test(text));
}
