import { secretOf, serviceOf } from '../cnpg/names.ts';
import { type VerifiedDatabase, verifiedDatabaseUrl } from '../immich/database-url.ts';
import type { Cnpg } from '../installation/cnpg.ts';
import type { ExternalDatabase } from '../installation/database.ts';
import type { Installation } from '../installation/installation.ts';
import { learningUrlsOf, type MachineLearning } from '../installation/machine-learning.ts';
import { hasRemoteDatabase } from '../installation/remote-database.ts';
import type { SecretReference } from '../installation/secret-reference.ts';
import type { Valkey } from '../installation/valkey.ts';
import { databaseVariables as inNamespace, valkeyVariables } from '../kubernetes/connections.ts';
import type { Mount } from '../kubernetes/mount.ts';
import { type EnvironmentVariable, variables } from '../kubernetes/variable.ts';
import { databaseName, databasePort, valkeyName, valkeyPort } from '../names.ts';
import { quote } from '../text/quoting.ts';

/** The environment by which the server finds everything else. */
export function connectionsOf(installation: Installation): EnvironmentVariable[] {
  return [
    ...databaseVariables(installation),
    ...queueVariables(installation.valkey),
    ...learningVariables(installation.machineLearning),
  ];
}

/** A configuration file says it itself, and wins; this serves where settings are made in the web interface. */
function learningVariables(machineLearning: MachineLearning): EnvironmentVariable[] {
  const [first] = learningUrlsOf(machineLearning);
  return variables(
    first === undefined
      ? { IMMICH_MACHINE_LEARNING_ENABLED: 'false' }
      : { IMMICH_MACHINE_LEARNING_URL: first },
  );
}

function queueVariables(valkey: Valkey): EnvironmentVariable[] {
  if (valkey.kind === 'own') return valkeyVariables(valkeyName, valkeyPort.number, valkey.password);
  if (valkey.by === 'url') return [{ name: 'REDIS_URL', from: valkey.url }];
  const { host, port, database, username, password } = valkey;
  return [
    ...valkeyVariables(host, port, password),
    ...variables({
      ...(database === 0 ? {} : { REDIS_DBINDEX: String(database) }),
      ...(username === undefined ? {} : { REDIS_USERNAME: username }),
    }),
  ];
}

/** The certificate of the database, as a file in the server. */
export function databaseFilesOf(installation: Installation): Mount[] {
  return certificateFiles(trustOf(installation));
}

/** The certificate of a database, as a file where `environment` looks for it. */
export function certificateFiles(ca: SecretReference | undefined): Mount[] {
  return ca === undefined
    ? []
    : [{ kind: 'secret', volume: 'database-ca', secret: ca.secret, key: ca.key, path: caFolder }];
}

const caFolder = '/etc/immich-database';

function databaseVariables(installation: Installation): EnvironmentVariable[] {
  const { database } = installation;
  if (database.kind === 'external') return login(database, database.ca);
  const { cnpg } = database;
  if (!hasRemoteDatabase(installation)) {
    return inNamespace({
      host: serviceOf(cnpg.name, 'rw'),
      port: databasePort.number,
      database: databaseName,
      secret: loginSecretOf(cnpg),
    });
  }
  return remoteDatabaseVariables(cnpg);
}

/** The environment by which a server in another Kubernetes cluster finds a database of ours. */
export function remoteDatabaseVariables(cnpg: Cnpg): EnvironmentVariable[] {
  const { host, name } = cnpg;
  if (host === undefined) throw new Error(`The database ${quote(name)} has no host.`);
  const password = { secret: loginSecretOf(cnpg), key: 'password' };
  const to = { host, port: databasePort.number, database: databaseName, username: databaseName, password };
  return login(to, remoteTrustOf(cnpg));
}

/** A database by its DNS name, encrypted and verified where there is a certificate to verify it with. */
function login(
  to: Pick<ExternalDatabase, 'host' | 'port' | 'database' | 'username' | 'password'>,
  ca: SecretReference | undefined,
): EnvironmentVariable[] {
  const { host, port, database, username, password } = to;
  return [
    ...variables({
      DB_HOSTNAME: host,
      DB_PORT: String(port),
      DB_DATABASE_NAME: database,
      DB_USERNAME: username,
    }),
    { name: 'DB_PASSWORD', from: password },
    ...(ca === undefined
      ? []
      : verifyingVariables({ host, port, database, username, certificateAuthority: fileOf(ca) })),
  ];
}

/** The Secret with Immich's login: the user's own, or the one that CloudNativePG makes for the owner. */
export function loginSecretOf({ name, credentials }: Cnpg): string {
  return credentials?.secret ?? secretOf(name, 'app');
}

/** The certificate that the database must prove itself with; undefined where the connection stays in the namespace. */
function trustOf(installation: Installation): SecretReference | undefined {
  const { database } = installation;
  if (database.kind === 'external') return database.ca;
  if (!hasRemoteDatabase(installation)) return undefined;
  return remoteTrustOf(database.cnpg);
}

/** The certificate that a database in another Kubernetes cluster must prove itself with. */
export function remoteTrustOf({ ca, name }: Pick<Cnpg, 'ca' | 'name'>): SecretReference {
  return ca ?? { secret: secretOf(name, 'ca'), key: 'ca.crt' };
}

/** A value in a Secret that Immich reads and that no program makes in Immich's own cluster. */
export interface ConnectionSecret {
  readonly reference: SecretReference;
  readonly purpose: string;
  readonly type: 'Opaque' | 'kubernetes.io/basic-auth';
}

/** What must exist in Immich's cluster for it to reach its database. */
export function connectionSecretsOf(installation: Installation): ConnectionSecret[] {
  const { database } = installation;
  const ca = trustOf(installation);
  const purpose =
    ca === undefined
      ? 'login of Immich to its database'
      : 'login of Immich to its database; the password becomes part of a URL: letters, digits and -._~ only';
  const authority: ConnectionSecret[] =
    ca === undefined ? [] : [{ reference: ca, purpose: authorityPurpose(installation), type: 'Opaque' }];
  if (database.kind === 'external') {
    const { secret } = database.password;
    return database.cluster === undefined
      ? [{ reference: database.password, purpose, type: 'Opaque' }, ...authority]
      : [...basicLogin(secret, purpose), ...authority];
  }
  const { credentials } = database.cnpg;
  if (credentials === undefined) return authority;
  return [...basicLogin(credentials.secret, purpose), ...authority];
}

/** A login of the form that CloudNativePG wants for a role. */
function basicLogin(secret: string, purpose: string): ConnectionSecret[] {
  return ['username', 'password'].map((key) => ({
    reference: { secret, key },
    purpose,
    type: 'kubernetes.io/basic-auth',
  }));
}

/** CloudNativePG makes a new authority before 90 days are over: https://cloudnative-pg.io/documentation/current/certificates/ */
function authorityPurpose({ database, clusters }: Installation): string {
  return database.kind === 'cnpg' && database.cnpg.ca === undefined
    ? `certificate authority of the database, copied from the cluster ${clusters.database}; renewed there every 90 days, so keep it in step`
    : 'certificate authority of the database';
}

/**
 * TLS that is verified by everything in the container: Immich and its dumps by DB_URL, which wins over the single
 * variables, and what a person starts by hand, such as psql or node, by the variables of libpq and Node.
 */
function verifyingVariables(to: VerifiedDatabase): EnvironmentVariable[] {
  return variables({
    DB_URL: verifiedDatabaseUrl(to),
    DB_SSL_MODE: 'verify-full',
    NODE_EXTRA_CA_CERTS: to.certificateAuthority,
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: to.certificateAuthority,
  });
}

function fileOf(ca: SecretReference): string {
  return `${caFolder}/${ca.key}`;
}
