import type { Field } from '../../manifests/field.ts';
import { type PostgresVersions, parseImage, postgresVersions } from '../../values/image.ts';
import { leaveOpen, type Piece } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';

const path = ['database', 'cnpg'];

/** The image of a Cluster, and the one that brings VectorChord where they are two; a mark where its tag tells neither. */
export function databaseImagePieces(cluster: Field): Piece[] {
  const image = cluster.at('spec', 'imageName');
  const extension = extensionImageOf(cluster);
  if (versionsOf(cluster)?.vectorchord === undefined) {
    const today = image.text === undefined ? '' : `; today ${image.text}`;
    return [
      leaveOpen(
        [...path, 'image'],
        `the image that the Cluster runs, with a tag that says which VectorChord it has, such as ${standIn}${today}`,
        standIn,
        placeOf(image.exists ? image : cluster.at('spec')),
      ),
    ];
  }
  return [
    ...pieceOf([...path, 'image'], image),
    ...(extension === undefined ? [] : pieceOf([...path, 'vectorchord', 'image'], extension)),
  ];
}

const standIn = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';

/** What a Cluster runs, by its images; undefined where they do not tell it. */
export function versionsOf(cluster: Field): PostgresVersions | undefined {
  const image = parseImage(cluster.at('spec', 'imageName').text ?? '');
  const extension = extensionImageOf(cluster);
  const brought = extension === undefined ? undefined : parseImage(extension.text ?? '');
  if (!image.ok || brought?.ok === false) return undefined;
  return postgresVersions(
    brought === undefined ? image.value : { ...image.value, vectorchord: brought.value },
  );
}

/** The image that brings VectorChord: https://cloudnative-pg.io/documentation/current/imagevolume_extensions/ */
function extensionImageOf(cluster: Field): Field | undefined {
  return cluster
    .at('spec', 'postgresql', 'extensions')
    .items.map((one) => one.at('image', 'reference'))
    .find(({ text }) => /vchord|vectorchord/.test(text ?? ''));
}

/** Whether a Cluster runs pgvecto.rs, and no VectorChord: by its image, or by what PostgreSQL loads at its start. */
export function isOnPgvectors(cluster: Field): boolean {
  const loaded = cluster.at('spec', 'postgresql', 'shared_preload_libraries').texts;
  return (
    /pgvecto/.test(cluster.at('spec', 'imageName').text ?? '') ||
    (loaded.includes('vectors.so') && !loaded.includes('vchord.so'))
  );
}
