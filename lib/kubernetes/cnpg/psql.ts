import { secretOf, serviceOf } from '../../cnpg/names.ts';
import { databaseName } from '../../names.ts';
import type { EnvVar } from '../api.ts';

/** The user that CloudNativePG's images have for PostgreSQL; psql looks its own user up. */
export const postgresUser = 26;

/** The environment by which psql reaches the primary of a database in its own namespace, as the owner. */
export function psqlEnvironment(to: {
  /** Name of the Cluster. */
  readonly database: string;
  /**
   * DNS name of the primary.
   * @default its Service in the same namespace
   */
  readonly host?: string;
  /**
   * A Secret with `username` and `password`.
   * @default the one that CloudNativePG makes
   */
  readonly secret?: string;
  /** Settings of each session, such as `statement_timeout=15min`. */
  readonly settings: readonly string[];
  /**
   * Whether the container starts without the Secret too, to say itself what is wrong.
   * @default false
   */
  readonly isOptional?: boolean;
}): EnvVar[] {
  const {
    database,
    host = serviceOf(database, 'rw'),
    secret = secretOf(database, 'app'),
    settings,
    isOptional = false,
  } = to;
  const login = (key: string) => ({
    secretKeyRef: { name: secret, key, ...(isOptional ? { optional: true } : {}) },
  });
  return [
    { name: 'HOME', value: '/tmp' },
    { name: 'PGCONNECT_TIMEOUT', value: '10' },
    { name: 'PGDATABASE', value: databaseName },
    { name: 'PGHOST', value: host },
    { name: 'PGOPTIONS', value: settings.map((setting) => `-c ${setting}`).join(' ') },
    { name: 'PGPASSWORD', valueFrom: login('password') },
    { name: 'PGSSLMODE', value: 'require' },
    { name: 'PGUSER', valueFrom: login('username') },
  ];
}
