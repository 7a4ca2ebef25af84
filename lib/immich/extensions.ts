import { type Image, postgresVersions } from '../values/image.ts';

/** An extension of PostgreSQL that Immich needs. */
export interface Extension {
  readonly name: string;
  /** Undefined for whatever version the image brings. */
  readonly version: string | undefined;
}

/**
 * The extensions that Immich needs, dependencies first. VectorChord's version is that of the image.
 * https://docs.immich.app/administration/postgres-standalone
 */
export function extensionsOf(image: Image): Extension[] {
  return extensionNames.map((name) => ({
    name,
    version: name === 'vchord' ? postgresVersions(image)?.vectorchord : undefined,
  }));
}

/** The names of the extensions that Immich needs, dependencies first. */
export const extensionNames: readonly string[] = [
  ...['vector', 'vchord', 'cube', 'earthdistance', 'pg_trgm', 'unaccent', 'uuid-ossp'],
];
