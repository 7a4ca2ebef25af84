import type { Wish } from '../../schema/wish.ts';
import { scheduling } from './common.ts';

/** Below database. */
export const databaseWishes: readonly Wish[] = [
  {
    keys: 'postgres postgresql pg internal cloudnativepg cluster instances storage backup',
    says: 'A database is made here by CloudNativePG; one that exists already is written as external: { host, password }.',
    write:
      'cnpg: { image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1, storage: { storageClass: longhorn, size: 20Gi }, backup: { s3: { bucket: immich-backups, credentials: immich-backup } } }',
  },
  {
    keys: 'host hostname url port username user password existing remote name',
    write: 'external: { host: postgres.example.com, password: { secret: immich-db, key: password } }',
  },
];

/** Below database.external. */
export const externalDatabaseWishes: readonly Wish[] = [
  { keys: 'user role owner', write: 'username: immich' },
  { keys: 'db dbname databasename name', write: 'database: immich' },
  {
    keys: 'url uri connectionstring dsn',
    says: 'A connection is written in parts: host, port, database, username, and the Secret of the password.',
  },
  { keys: 'hostname server address', write: 'host: postgres.example.com' },
  {
    keys: 'tls ssl sslmode certificate cacert',
    write: 'ca: { secret: immich-db-ca, key: ca.crt }',
  },
  {
    keys: 'secret credentials existingsecret passwordsecret secretname passwd',
    write: 'password: { secret: immich-db, key: password }',
  },
];

/** Below database.cnpg. */
export const cnpgWishes: readonly Wish[] = [
  { keys: 'replicas', write: 'instances: 2' },
  {
    keys: 'size storageclass volume persistence pvc',
    write: 'storage: { storageClass: longhorn, size: 20Gi }',
  },
  {
    keys: 'version postgres postgresversion imagename tag',
    write: 'image: "ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1"',
  },
  { keys: 'postgresql config settings', write: 'parameters: { work_mem: 16MB }' },
  {
    keys: 'schedule retention s3 azure gcs bucket barman',
    write: 'backup: { s3: { bucket: immich-backups, credentials: immich-backup } }',
  },
  ...scheduling.filter(({ keys }) => !keys.startsWith('runtimeclassname')),
];

/** Below database.cnpg.backup. */
export const backupWishes: readonly Wish[] = [
  {
    keys: 'bucket endpoint minio r2 b2 wasabi objectstore store destinationpath',
    write: 's3: { bucket: immich-backups, endpoint: "https://s3.example.com", credentials: immich-backup }',
  },
  { keys: 'cron scheduled time', write: 'schedule: "0 0 3 * * *"' },
  { keys: 'retentionpolicy keep retain days maxage', write: 'retention: 30d' },
  { keys: 'enabled disabled', says: 'A backup that is written is made. Remove it.' },
];

/** Below an S3 store. */
export const s3Wishes: readonly Wish[] = [
  {
    keys: 'accesskey secretkey secret secretname accesskeyid secretaccesskey existingsecret',
    says: 'The keys are kept in a Secret, which has ACCESS_KEY_ID and ACCESS_SECRET_KEY.',
    write: 'credentials: immich-backup',
  },
  { keys: 'url endpointurl host server', write: 'endpoint: "https://s3.example.com"' },
  { keys: 'path prefix destinationpath directory', write: 'folder: immich' },
  { keys: 'bucketname container', write: 'bucket: immich-backups' },
];
