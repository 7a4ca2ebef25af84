import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, wholeNumber } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { variants } from '../schema/variants.ts';
import { type Cnpg, cnpg } from './cnpg.ts';
import { type SecretReference, secretReference } from './secret-reference.ts';
import { host } from './texts.ts';

/** The database: one of our own, or one that somebody else runs. */
export type Database = { readonly kind: 'cnpg'; readonly cnpg: Cnpg } | ExternalDatabase;

export interface ExternalDatabase {
  readonly kind: 'external';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: SecretReference;
  /** The certificate that the server's is checked against; without it the connection is not encrypted by us. */
  readonly ca: SecretReference | undefined;
}

const external: Schema<ExternalDatabase> = refine(
  mapping({
    host: required(host, 'DNS name of the PostgreSQL server; it must have VectorChord.'),
    port: defaulting(wholeNumber(1, 65535), 5432, 'Port of the server.'),
    database: defaulting(anyText, 'immich', 'Name of the database.'),
    username: defaulting(anyText, 'immich', 'Role that owns the database.'),
    password: required(secretReference, 'The password of the role.'),
    ca: optional(
      secretReference,
      'The certificate that the server must prove itself with; turns verified TLS on.',
    ),
    backup: optional(
      {
        read: (_, at) =>
          at.error(
            'An external database is backed up by whoever runs it. Remove backup, or use database.cnpg.',
          ),
        json: {},
      },
      'Not possible: only a database that is made here is backed up here.',
    ),
    restoreFrom: optional(
      {
        read: (_, at) =>
          at.error(
            'An external database is restored by whoever runs it. Remove restoreFrom, or use database.cnpg.',
          ),
        json: {},
      },
      'Not possible: only a database that is made here can be restored here.',
    ),
  }),
  ({ host, port, database, username, password, ca }) => ({
    kind: 'external',
    host,
    port,
    database,
    username,
    password,
    ca,
  }),
);

/** `{ cnpg: ... }` or `{ external: ... }`. */
export const database: Schema<Database> = variants<Database>({
  cnpg: refine(
    mapping({ cnpg: required(cnpg, 'A database that is made here and run by CloudNativePG.') }),
    ({ cnpg }) => ({
      kind: 'cnpg',
      cnpg,
    }),
  ),
  external: refine(
    mapping({ external: required(external, 'A PostgreSQL server that exists already.') }),
    ({ external }) => external,
  ),
});
