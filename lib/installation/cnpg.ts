import { originalLineage } from '../cnpg/lineage.ts';
import { postgresSize, roomForWal, type WalRoom } from '../cnpg/wal-room.ts';
import { list, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import type { Place } from '../schema/place.ts';
import { anyText, choice, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { wordOr } from '../schema/variants.ts';
import { quote } from '../text/quoting.ts';
import type { Image } from '../values/image.ts';
import { namesNetworkShare } from '../values/network-share.ts';
import { compareVersions, type Version } from '../values/version.ts';
import { type Backup, backup } from './backup.ts';
import { importFrom } from './import-from.ts';
import { labelOf } from './name-limits.ts';
import { databasePlacementKeys } from './placement.ts';
import { postgresParameters } from './postgres-parameter.ts';
import { resources } from './resources.ts';
import { restoreFrom } from './restore-from.ts';
import { secretReference } from './secret-reference.ts';
import {
  cidr,
  databaseImage,
  extensionImage,
  host,
  label,
  labelName,
  objectName,
  operatorVersion,
  storageSize,
} from './texts.ts';
import { workloadIdentity } from './workload-identity.ts';

/** A database that is made here and run by CloudNativePG. */
export type Cnpg = Read<typeof cnpg>;

const databaseStorage = mapping({
  storageClass: required(objectName, 'Storage class of the database; block storage, never a network share.'),
  size: required(storageSize, 'Size, such as "20Gi". It can grow later, never shrink.'),
});

/** Storage for PostgreSQL: a class and a size, and nothing that several machines share. */
const storage: Schema<Read<typeof databaseStorage>> = {
  read: (value, at) => {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'nfs')) {
      return at.keyError(
        'nfs',
        'PostgreSQL loses data on network shares. Write { storageClass, size } of a local or block storage class.',
      );
    }
    const read = databaseStorage.read(value, at);
    if (read !== undefined && namesNetworkShare(read.storageClass)) {
      at.in('storageClass').error(
        `${quote(read.storageClass)} names a network share, on which PostgreSQL loses data. Write a class of local or block storage.`,
      );
    }
    return read;
  },
  json: databaseStorage.json,
};

/** The first operator release that no longer has barmanObjectStore. */
const withoutInTreeBarman: Version = { text: '1.31', major: 1, minor: 31, patch: 0 };

const keys = mapping({
  operator: defaulting(
    operatorVersion,
    '1.30',
    'Version of the CloudNativePG operator in the cluster, in quotes.',
  ),
  name: defaulting(
    labelOf('database'),
    'immich-db',
    'Name of the Cluster object; its services and secrets are named after it.',
  ),
  image: required(
    databaseImage,
    'PostgreSQL with VectorChord, full image reference. Nothing but this line ever changes it.',
    'registry.example.com/unknown-vectorchord:17.10-1.1.1',
  ),
  vectorchord: optional(
    mapping({
      image: required(
        extensionImage,
        'Image of VectorChord alone, mounted as an image volume: for PostgreSQL 18 or newer, Kubernetes 1.33 or newer, and CloudNativePG 1.27 or newer.',
      ),
    }),
    'VectorChord beside an image of PostgreSQL that has none, such as ghcr.io/cloudnative-pg/postgresql:18.4-standard-bookworm.',
  ),
  instances: defaulting(wholeNumber(1, 9), 2, 'Number of PostgreSQL instances, one of which is the primary.'),
  synchronous: defaulting(
    choice('off', 'preferred', 'required'),
    'off',
    'Whether a commit waits until a replica has it: off; preferred, while there is one; or required, which stops writing without one.',
  ),
  storage: required(storage, 'The volume of each instance.', { storageClass: 'unknown', size: '20Gi' }),
  walStorage: optional(
    storage,
    'A volume of its own for the write-ahead log. It can never be removed again.',
  ),
  resources: defaulting(
    resources({ requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '2Gi' } }),
    {},
    'CPU and memory of each instance.',
  ),
  parameters: defaulting(
    postgresParameters,
    {},
    'Further PostgreSQL settings, as texts; they replace ours of the same name.',
  ),
  host: optional(host, 'DNS name under which the other cluster reaches the database.'),
  service: defaulting(
    mapping({
      annotations: defaulting(record(labelName, anyText), {}, 'Annotations of the LoadBalancer service.'),
    }),
    {},
    'The service that a database on another cluster is reached by.',
  ),
  clients: defaulting(
    list(cidr),
    ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
    'Addresses from which the other cluster may log in.',
  ),
  credentials: optional(
    mapping({
      secret: required(
        objectName,
        'Name of a Secret of type kubernetes.io/basic-auth with username and password.',
      ),
    }),
    'The login that Immich uses; default the Secret "<name>-app" that CloudNativePG makes.',
  ),
  ca: optional(
    secretReference,
    'The certificate that the app cluster trusts; default key "ca.crt" of the Secret "<name>-ca".',
  ),
  workloadIdentity: optional(
    workloadIdentity,
    'What tells the cloud who the pods of the database are, where the store is opened without a Secret.',
  ),
  lineage: optional(
    label,
    `The life of this database: it archives to the folder "<name>-<lineage>"; default ${quote(originalLineage)}, the folder "<name>".`,
  ),
  restoreFrom: optional(
    restoreFrom,
    'The lineage that a database which is set up anew starts from: a name, { lineage, time } or { lineage, volumeSnapshot }.',
  ),
  importFrom: optional(
    importFrom,
    'What a database that is made anew is filled with: a PostgreSQL elsewhere, over the network, or { dump: path } of one that Immich made, in the library. One that has content never looks here.',
  ),
  backup: required(
    wordOr('none', backup),
    'Backups of the database, or none together with a reason.',
    'none',
  ),
  ...databasePlacementKeys,
  reason: optional(anyText, 'Why there is no backup; only with "backup: none".'),
});

export const cnpg = refine(keys, (cnpg, at) => {
  if (!at.isFaulty('backup') && !at.isFaulty('reason')) {
    checkBackup(cnpg.backup, cnpg.reason, cnpg.operator, at);
  }
  if (cnpg.instances === 1) {
    at.in('instances').warning(
      'With "1" instance Immich is down whenever its node is. Write 2 or more if there are two nodes.',
    );
  }
  if (!at.isFaulty('instances') && !at.isFaulty('synchronous')) checkSynchronous(cnpg, at);
  if (!at.isFaulty('parameters') && !at.isFaulty('instances') && !at.isFaulty('storage')) {
    checkSlots(cnpg, at);
  }
  const { importFrom: filled, ...rest } = cnpg;
  const isDump = filled !== undefined && 'dump' in filled;
  return {
    ...rest,
    image: withVectorChord(cnpg.image, cnpg.vectorchord),
    importFrom: isDump ? undefined : filled,
    /** A dump in the library that a new database is filled with, by its path there. */
    importDump: isDump ? filled.dump : undefined,
  };
});

/** The image of PostgreSQL, with the one that brings VectorChord where they are two. */
export function withVectorChord(image: Image, vectorchord: { readonly image: Image } | undefined): Image {
  return vectorchord === undefined ? image : { ...image, vectorchord: vectorchord.image };
}

function checkSynchronous(
  { instances, synchronous }: { readonly instances: number; readonly synchronous: string },
  at: Place,
): void {
  if (synchronous === 'off') return;
  if (instances === 1) {
    at.in('synchronous').error(
      `${quote(synchronous)} waits for a replica, and with instances: 1 there is none. Write instances: 2 or more, or remove synchronous.`,
    );
  } else if (instances === 2 && synchronous === 'required') {
    at.in('synchronous').warning(
      '"required" with 2 instances stops every upload while the only replica is away, as in each update. Write preferred, or instances: 3.',
    );
  }
}

const slotLimit = 'max_slot_wal_keep_size';

/** CloudNativePG keeps a replication slot for each replica: https://cloudnative-pg.io/documentation/current/replication/ */
function checkSlots(
  cnpg: WalRoom & { readonly instances: number; readonly parameters: { readonly [name: string]: string } },
  at: Place,
): void {
  if (cnpg.instances === 1 || cnpg.parameters[slotLimit] !== undefined) return;
  const size = postgresSize(roomForWal(cnpg));
  at.in('parameters').warning(
    `${quote(slotLimit)} is not set: for a replica that is away, PostgreSQL keeps the write-ahead log until the volume is full, and then stops. Write parameters: { ${slotLimit}: ${size} }. A replica that was away for longer is made anew.`,
  );
}

function checkBackup(
  backup: Backup | 'none',
  reason: string | undefined,
  operator: Version,
  at: Place,
): void {
  if (backup === 'none') {
    if (reason === undefined) {
      at.in('backup').error(
        '"none" needs a reason beside it. Write reason: "why this database may be lost".',
      );
    }
    return;
  }
  if (reason !== undefined) {
    at.keyError('reason', '"reason" says why there is no backup, but there is one. Remove it.');
  }
  if (backup.method === 'barmanObjectStore' && compareVersions(operator, withoutInTreeBarman) >= 0) {
    at.in('backup', 'method').error(
      `"barmanObjectStore" was removed in CloudNativePG 1.31, and operator is ${quote(operator.text)}. Write "plugin", and install the Barman Cloud plugin.`,
    );
  }
}
