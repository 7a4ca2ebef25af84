import type { Retention } from '../cnpg/retention.ts';
import { defaulting, mapping, optional } from '../schema/mapping.ts';
import { wholeNumber } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import type { Cron } from '../values/cron.ts';
import type { Image } from '../values/image.ts';
import { type Deadline, deadline } from './deadline.ts';
import { drillSchedule } from './drill-schedule.ts';
import { type FileDrill, fileDrill } from './file-drill.ts';
import type { Store } from './store.ts';
import { image, label, objectName, retention, secretKey } from './texts.ts';
import { type WorkloadIdentity, workloadIdentity } from './workload-identity.ts';

/** The restore drill: the newest backup is restored into a throw-away database, looked into, and deleted. */
export interface Drill {
  readonly schedule: Cron;
  /** The namespace of the drill; undefined for that of the installation with `-drill`. */
  readonly namespace: string | undefined;
  readonly credentials: ReadOnlyCredentials;
  /** The identity of the throw-away database; undefined for that of the database. */
  readonly workloadIdentity: WorkloadIdentity | undefined;
  /** An image with kubectl and a shell. */
  readonly image: Image;
  /** The storage class of the throw-away database; undefined for that of the database. */
  readonly storageClass: string | undefined;
  /** How long it may take; undefined for what follows from the size of the database. */
  readonly deadline: Deadline | undefined;
  /** How old the newest sign of life in the restored database may be. */
  readonly newest: Retention;
  /** How old the newest photo in it may be. */
  readonly newestPhoto: Retention;
  /** How many rows, in percent, a table may have lost since the last drill that succeeded. */
  readonly fewerRows: number;
  /** The drill of files, which goes by what this one has found; undefined where there is none. */
  readonly files: FileDrill | undefined;
}

/** The Secret in the drill's namespace that opens the store for reading and listing, and the names of its keys. */
export interface ReadOnlyCredentials {
  readonly secret: string;
  readonly connectionString: string | undefined;
  readonly storageAccount: string;
  readonly sasToken: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly applicationCredentials: string;
  readonly endpointCA: string;
}

const credentialKeys = mapping({
  secret: defaulting(objectName, 'immich-backup-read', "Name of the Secret, in the drill's namespace."),
  connectionString: optional(
    secretKey,
    'Azure: key of a connection string that holds a SAS token, in place of storageAccount and sasToken.',
  ),
  storageAccount: defaulting(
    secretKey,
    'AZURE_STORAGE_ACCOUNT',
    'Azure: key of the name of the storage account.',
  ),
  sasToken: defaulting(
    secretKey,
    'AZURE_STORAGE_SAS_TOKEN',
    'Azure: key of a SAS token that may read and list (sp=rl).',
  ),
  accessKeyId: defaulting(secretKey, 'ACCESS_KEY_ID', 'S3: key of the access key id.'),
  secretAccessKey: defaulting(secretKey, 'ACCESS_SECRET_KEY', 'S3: key of the secret access key.'),
  region: defaulting(secretKey, 'REGION', 'S3: key of the region, where the store has one.'),
  applicationCredentials: defaulting(
    secretKey,
    'APPLICATION_CREDENTIALS',
    'Google: key of the key file (JSON) of a service account.',
  ),
  endpointCA: defaulting(
    secretKey,
    'ca.crt',
    'S3: key of the certificate of the endpoint, where backup.s3.endpointCA has one.',
  ),
});

const credentials: Schema<ReadOnlyCredentials> = {
  read: (value, at) => credentialKeys.read(typeof value === 'string' ? { secret: value } : value, at),
  json: { oneOf: [objectName.json, credentialKeys.json] },
};

/** What the drill restores with unless told otherwise: Flux's own image, which has kubectl, and a shell from Alpine. */
const standardImage = 'ghcr.io/fluxcd/flux-cli:v2.9.4';

export const drill: Schema<Drill> = refine(
  mapping({
    // After the base backups that are made at three, and before people get up.
    schedule: defaulting(
      drillSchedule('30 4'),
      'weekly',
      'When to drill: daily, weekly, monthly, or a five-field cron in UTC.',
    ),
    namespace: optional(
      label,
      'Namespace of the drill, which must hold nothing else; default that of Immich with "-drill".',
    ),
    credentials: defaulting(
      credentials,
      {},
      'The Secret that opens the store for the drill, to read and list only: its name, or with the names of its keys.',
    ),
    workloadIdentity: optional(
      workloadIdentity,
      'An identity that may read and list only, where the store is opened without a Secret; default that of the database.',
    ),
    image: defaulting(image, standardImage, 'An image with kubectl and a shell, which starts the restore.'),
    storageClass: optional(
      objectName,
      'Storage class of the throw-away database; default that of the database.',
    ),
    deadline: optional(
      deadline,
      'How long a drill may take at most, in minutes (m) or hours (h); default 4h, or an hour more than one for every 25Gi of the database.',
    ),
    newest: defaulting(
      retention,
      '7d',
      'How old the newest sign of life in a restored database may be, in days (d), weeks (w) or months (m).',
    ),
    newestPhoto: defaulting(
      retention,
      '90d',
      'How old the newest photo in a restored database may be, in days (d), weeks (w) or months (m).',
    ),
    fewerRows: defaulting(
      wholeNumber(0, 100),
      10,
      'How many rows a table may have lost since the last successful drill, in percent.',
    ),
    files: optional(
      fileDrill,
      'The drill of files: some photos are restored from the restic repository of the library, and compared with the checksums in the restored database.',
    ),
  }),
  (read) => read,
);

/** The store of the backups, as the drill opens it: the same place, with credentials of its own. */
export function drillStoreOf(store: Store, { credentials }: Drill): Store {
  const from = (key: string) => ({ secret: credentials.secret, key });
  switch (store.kind) {
    case 'azure':
      if (store.credentials.kind === 'inheritFromAzureAD') return store;
      return {
        ...store,
        credentials:
          credentials.connectionString === undefined
            ? {
                kind: 'sasToken',
                storageAccount: from(credentials.storageAccount),
                sasToken: from(credentials.sasToken),
              }
            : { kind: 'connectionString', connectionString: from(credentials.connectionString) },
      };
    case 's3':
      return {
        ...store,
        region: store.region && from(credentials.region),
        endpointCA: store.endpointCA && from(credentials.endpointCA),
        credentials:
          store.credentials.kind === 'inheritFromIAMRole'
            ? store.credentials
            : {
                kind: 'keys',
                accessKeyId: from(credentials.accessKeyId),
                secretAccessKey: from(credentials.secretAccessKey),
              },
      };
    case 'gcs':
      if (store.credentials.kind === 'gkeEnvironment') return store;
      return {
        ...store,
        credentials: {
          kind: 'key',
          applicationCredentials: from(credentials.applicationCredentials),
        },
      };
  }
}
