import { databaseName } from '../names.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, wholeNumber } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { unlessKey, variants } from '../schema/variants.ts';
import type { Path } from '../text/path.ts';
import { type Cnpg, cnpg } from './cnpg.ts';
import { type ExistingCluster, existingCluster } from './existing-cluster.ts';
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
  /** The Cluster of CloudNativePG that it is, in the same Kubernetes cluster, where others own one. */
  readonly cluster: ExistingCluster | undefined;
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
    cluster: undefined,
  }),
);

const existing: Schema<ExternalDatabase> = refine(
  existingCluster,
  ({ cluster, host, port, credentials, ca }) => ({
    kind: 'external',
    host,
    port,
    database: databaseName,
    username: databaseName,
    password: { secret: credentials.secret, key: 'password' },
    ca,
    cluster,
  }),
);

const own: Schema<Database> = refine(cnpg, (cnpg) => ({ kind: 'cnpg', cnpg }));

/**
 * What the backups of the database are described by: of our own, or of a Cluster that others own and back up. Undefined
 * where there are none that are known here.
 */
export function backedUpOf(database: Database): Cnpg | undefined {
  const described = database.kind === 'cnpg' ? database.cnpg : database.cluster?.cnpg;
  return described?.backup === 'none' ? undefined : described;
}

/** The key that says where a database of others is. */
export function databasePathOf({ cluster }: ExternalDatabase): Path {
  return cluster === undefined
    ? ['database', 'external', 'host']
    : ['database', 'cnpg', 'existing', 'cluster'];
}

/** The key that says where the backups of the database are. */
export function backupPathOf({ kind }: Database): Path {
  return ['database', 'cnpg', ...(kind === 'cnpg' ? ['backup'] : ['existing', 'store'])];
}

/** `{ cnpg: ... }` or `{ external: ... }`. */
export const database: Schema<Database> = variants<Database>({
  cnpg: refine(
    mapping({
      cnpg: required(
        unlessKey('existing', existing, own),
        'A database that is made here and run by CloudNativePG; or with existing, one in a Cluster that others own.',
      ),
    }),
    ({ cnpg }) => cnpg,
  ),
  external: refine(
    mapping({ external: required(external, 'A PostgreSQL server that exists already.') }),
    ({ external }) => external,
  ),
});
