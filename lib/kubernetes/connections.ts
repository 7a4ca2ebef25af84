import { type EnvironmentVariable, variables } from './variable.ts';

/** The environment by which a server finds Valkey. `password` is a key of a Secret. */
export function valkeyVariables(
  host: string,
  port: number,
  password: { readonly secret: string; readonly key: string } | undefined,
): EnvironmentVariable[] {
  return [
    ...variables({ REDIS_HOSTNAME: host, REDIS_PORT: String(port) }),
    ...(password === undefined ? [] : [{ name: 'REDIS_PASSWORD', from: password }]),
  ];
}

/** The environment by which a server finds a database in its own cluster, with a login from a Secret. */
export function databaseVariables(to: {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** A Secret of type kubernetes.io/basic-auth. */
  readonly secret: string;
}): EnvironmentVariable[] {
  const { host, port, database, secret } = to;
  return [
    ...variables({ DB_HOSTNAME: host, DB_PORT: String(port), DB_DATABASE_NAME: database }),
    { name: 'DB_USERNAME', from: { secret, key: 'username' } },
    { name: 'DB_PASSWORD', from: { secret, key: 'password' } },
  ];
}
