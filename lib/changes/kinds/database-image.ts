import type { Field } from '../../manifests/field.ts';
import { namedImage } from '../../manifests/views/database-image.ts';
import { type Image, type PostgresVersions, postgresVersions } from '../../values/image.ts';
import type { ChangedPair } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { lineageOf } from './lineages.ts';

/** A database whose image is another one. */
export interface ImageChange {
  readonly pair: ChangedPair;
  /** The Database object that creates and alters the extensions in it, where that changes too. */
  readonly database: Pair | undefined;
  /** The Job that builds vector indexes anew, where a new one comes along. */
  readonly rebuilder: Pair | undefined;
  readonly before: DatabaseImage;
  readonly after: DatabaseImage;
}

/** What is known of the image of a database. */
export interface DatabaseImage {
  readonly text: string;
  readonly image: Image | undefined;
  readonly versions: PostgresVersions | undefined;
  /** The folder that the database archives to; undefined when it does not. */
  readonly lineage: string | undefined;
}

/** What is known of the image of a Cluster. */
export function imageOf(cluster: Field): DatabaseImage {
  const image = namedImage(cluster);
  return {
    text: cluster.at('spec', 'imageName').text ?? '',
    image,
    versions: image && postgresVersions(image),
    lineage: lineageOf(cluster),
  };
}

/** What every draft about the image of a database has in common. */
export function ofImage({ pair, database, before, after }: ImageChange) {
  return {
    topic: 'data',
    key: ['database', 'cnpg', 'image'],
    from: before.versions?.postgres ?? before.text,
    to: after.versions?.postgres ?? after.text,
    was: before.text,
    becomes: after.text,
    pairs: [pair, ...(database === undefined ? [] : [database])],
    fields: ['spec.imageName', 'spec.postgresql.extensions', 'spec.extensions[vchord]'],
  } as const;
}
