/** How Immich reaches a database whose certificate it verifies. */
export interface VerifiedDatabase {
  /** A DNS name in the certificate of the server. An address of numbers never passes: Node looks for localhost then. */
  readonly host: string;
  /** The port of the server, 5432 by custom. */
  readonly port: number;
  readonly username: string;
  readonly database: string;
  /** The path in the container of the certificates to trust, in PEM. */
  readonly certificateAuthority: string;
}

/**
 * The value of DB_URL for a connection that is encrypted and verified. It takes the password from the variable
 * DB_PASSWORD, which must stand before it in the container and hold nothing that a URL reads in its own way: letters,
 * digits, `-`, `.`, `_` and `~`.
 *
 * Immich connects in two ways, and only a URL says the same to both:
 * - Node's driver (postgres.js). DB_SSL_MODE allow, prefer and require encrypt and verify nothing; verify-full trusts
 *   what Node does, with NODE_EXTRA_CA_CERTS. PGSSLMODE and PGSSLROOTCERT are not read. In a URL, `sslrootcert` is.
 *   https://github.com/immich-app/immich/pull/18025
 * - pg_dump and psql, for the built-in dump and its restore. They get no variables but PATH and PGPASSWORD
 *   (`createDatabaseBackup` in Immich's server, v1.120 to v3), so that DB_SSL_MODE, PGSSLMODE and PGSSLROOTCERT mean
 *   nothing to them: without DB_URL they accept any certificate, or none. They get DB_URL whole but for
 *   `uselibpqcompat` (https://github.com/immich-app/immich/pull/23333), and do not know `sslmode=no-verify`.
 */
export function verifiedDatabaseUrl(to: VerifiedDatabase): string {
  const user = encodeURIComponent(to.username);
  const database = encodeURIComponent(to.database);
  const trusted = to.certificateAuthority.split('/').map(encodeURIComponent).join('/');
  return `postgresql://${user}:$(DB_PASSWORD)@${to.host}:${to.port}/${database}?sslmode=verify-full&sslrootcert=${trusted}`;
}
