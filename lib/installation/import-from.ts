import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, choice, textLike, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine } from '../schema/schema.ts';
import { unlessKey } from '../schema/variants.ts';
import { quote } from '../values/parsed.ts';
import { secretReference } from './secret-reference.ts';
import { server, storageSize } from './texts.ts';

/** A database elsewhere, whose content one that is made anew takes over the network. */
export type ImportFrom = Read<typeof overTheWire>;

/** A dump that Immich made of its database, which a Job reads into one that is made anew. */
export type ImportDump = Read<typeof fromDump>;

const overTheWire = refine(
  mapping({
    host: required(server, 'DNS name or address of the PostgreSQL that Immich has used so far.'),
    port: defaulting(wholeNumber(1, 65_535), 5432, 'Port of the server.'),
    database: defaulting(anyText, 'immich', 'Name of the database there.'),
    username: defaulting(anyText, 'postgres', 'Role that may read all of it: its owner, or a superuser.'),
    password: required(secretReference, 'The password of the role.'),
    sslmode: defaulting(
      choice('verify-full', 'verify-ca', 'require', 'disable'),
      'require',
      "PostgreSQL's sslmode: require encrypts, verify-full also proves who answers and needs ca, disable is for a server without TLS.",
    ),
    ca: optional(secretReference, 'The certificate that the server must prove itself with.'),
    postgres: required(
      wholeNumber(9, 99),
      'Major version of PostgreSQL there, such as 14: show server_version says it.',
    ),
    extension: required(
      choice('vchord', 'vector', 'vectors'),
      'What holds the vectors there, by the names in pg_extension: vchord (VectorChord), vector (pgvector alone) or vectors (pgvecto.rs).',
    ),
    size: required(
      storageSize,
      'Size of the database there, such as "8Gi": select pg_size_pretty(pg_database_size(\'immich\')) says it.',
    ),
  }),
  (from, at) => {
    const { sslmode, ca, postgres, extension } = from;
    if (sslmode.startsWith('verify-') && ca === undefined) {
      at.in('sslmode').error(
        `${quote(sslmode)} has nothing to verify with. Write ca: { secret, key } beside it, or sslmode: require.`,
      );
    }
    if (sslmode === 'disable' && ca !== undefined) {
      at.in('ca').error(
        '"ca" verifies nothing with sslmode: disable. Write sslmode: verify-full, or remove ca.',
      );
    }
    // https://docs.immich.app/administration/postgres-standalone
    if (postgres < 14) {
      at.in('postgres').error(
        `${quote(String(postgres))} is older than 14, the first PostgreSQL that Immich works with. Bring the old database to 14 or newer where it is, and let Immich start on it; then import it.`,
      );
    }
    if (extension === 'vectors') at.in('extension').error(offPgvectors);
    return from;
  },
);

/**
 * No image here has pgvecto.rs, so that the import would end at its types; Immich v3 refuses it too. What moves the vectors
 * is Immich itself, v1.133 to v2: https://docs.immich.app/administration/postgres-standalone
 */
const offPgvectors = [
  '"vectors" is pgvecto.rs, which no image of a database here has: the import would end at its types.',
  'In this order, where the database is now: 1. Immich v2 (v1.133 or newer), no v3.',
  '2. An image that has both, of the same PostgreSQL, such as ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0.',
  '3. Start Immich without DB_VECTOR_EXTENSION, and wait until its log says that the indexes are made anew.',
  '4. drop extension vectors; without cascade: where PostgreSQL refuses it, step 3 is not done.',
  'Then write extension: vchord.',
].join(' ');

/** What Immich calls its dumps: immich-db-backup-20261120T020000-v3.3.1-pg17.5.sql.gz. */
const dumpFile = textLike(
  /^([A-Za-z0-9_][A-Za-z0-9._-]*\/)*[A-Za-z0-9_][A-Za-z0-9._-]*\.sql\.gz$/,
  (file) =>
    `${quote(file)} is not a dump in the library. Write its path from the top of the volume, such as "backups/immich-db-backup-20261120T020000-v3.3.1-pg17.5.sql.gz".`,
);

const fromDump = mapping({
  dump: required(
    dumpFile,
    'A dump that Immich made, by its path in the volume of the library: a Job reads it into a database in which Immich has made nothing yet, as its owner, before Immich starts.',
  ),
});

/** Over the network, or `{ dump: path }`. */
export const importFrom = unlessKey('dump', fromDump, overTheWire);
