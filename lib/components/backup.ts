import {
  type ClusterSpec,
  ClusterSpecBackupBarmanObjectStoreDataCompression,
  ClusterSpecBackupBarmanObjectStoreWalCompression,
  ScheduledBackup,
  ScheduledBackupSpecBackupOwnerReference,
  ScheduledBackupSpecMethod,
} from '@cdk8s/imports-cnpg';
import {
  ObjectStore,
  ObjectStoreSpecConfigurationDataCompression,
  ObjectStoreSpecConfigurationWalCompression,
  ObjectStoreSpecInstanceSidecarConfigurationResourcesLimits,
  ObjectStoreSpecInstanceSidecarConfigurationResourcesRequests,
} from '@cdk8s/imports-cnpg/barmancloud';
import type { Construct } from 'constructs';
import type { Backup } from '../installation/backup.ts';
import { comment } from '../kubernetes/comment.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { storeConfiguration } from './store.ts';

/** What CloudNativePG calls the Barman Cloud plugin. */
export const pluginName = 'barman-cloud.cloudnative-pg.io';

export interface BackupProps {
  readonly namespace: string;
  /** Name of the Cluster; the ObjectStore and the ScheduledBackup are called the same. */
  readonly database: string;
  /** Folder in the store: Barman's server name. */
  readonly folder: string;
  readonly backup: Backup;
}

/** What the Cluster itself says about its backup, in the form of its method. */
export function backupOfCluster({
  database,
  folder,
  backup,
}: BackupProps): Pick<ClusterSpec, 'backup' | 'plugins'> {
  switch (backup.method) {
    case 'plugin':
      return {
        plugins: [
          {
            name: pluginName,
            isWalArchiver: true,
            // Both have defaults that differ between backup and recovery, so that both are always stated.
            parameters: { barmanObjectName: database, serverName: folder },
          },
        ],
      };
    case 'barmanObjectStore':
      return {
        backup: {
          retentionPolicy: backup.retention.text,
          barmanObjectStore: {
            ...storeConfiguration(backup.store),
            serverName: folder,
            data: present({
              compression: among(ClusterSpecBackupBarmanObjectStoreDataCompression, backup.compression),
            }),
            wal: present({
              compression: among(ClusterSpecBackupBarmanObjectStoreWalCompression, backup.compression),
            }),
          },
        },
      };
  }
}

/** The schedule of base backups and, with the plugin, the store that they go to. */
export function backup(scope: Construct, props: BackupProps): void {
  if (props.backup.method === 'plugin') objectStore(scope, props);
  scheduledBackup(scope, props);
}

function objectStore(scope: Construct, { namespace, database, backup }: BackupProps): void {
  const { labels, annotations } = dataMetadata(namespace);
  const { Limits, Requests } = sidecar;
  new ObjectStore(scope, 'object-store', {
    metadata: {
      name: database,
      namespace,
      annotations: { ...annotations },
      labels: { ...labelsOf(database, 'backup'), ...labels },
    },
    spec: {
      retentionPolicy: backup.retention.text,
      configuration: {
        ...storeConfiguration(backup.store),
        data: present({
          compression: among(ObjectStoreSpecConfigurationDataCompression, backup.compression),
        }),
        wal: present({ compression: among(ObjectStoreSpecConfigurationWalCompression, backup.compression) }),
      },
      instanceSidecarConfiguration: {
        resources: {
          requests: { cpu: Requests.fromString('50m'), memory: Requests.fromString('128Mi') },
          limits: { memory: Limits.fromString('512Mi') },
        },
        ...(backup.store.kind === 's3' && backup.store.endpoint !== undefined ? { env: s3Checksums } : {}),
      },
    },
  });
}

const sidecar = {
  Requests: ObjectStoreSpecInstanceSidecarConfigurationResourcesRequests,
  Limits: ObjectStoreSpecInstanceSidecarConfigurationResourcesLimits,
};

/** Newer clients send checksums that S3 services other than Amazon's refuse: https://github.com/boto/boto3/issues/4392 */
const s3Checksums = [
  { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
  { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
];

function scheduledBackup(scope: Construct, { namespace, database, backup }: BackupProps): void {
  const { schedule } = backup;
  const object = new ScheduledBackup(scope, 'scheduled-backup', {
    metadata: { name: database, namespace, labels: labelsOf(database, 'backup') },
    spec: {
      schedule: schedule.text,
      immediate: false,
      backupOwnerReference: ScheduledBackupSpecBackupOwnerReference.SELF,
      cluster: { name: database },
      ...(backup.method === 'plugin'
        ? { method: ScheduledBackupSpecMethod.PLUGIN, pluginConfiguration: { name: pluginName } }
        : { method: ScheduledBackupSpecMethod.BARMAN_OBJECT_STORE }),
    },
  });
  comment(
    object,
    ['spec', 'schedule'],
    `Seconds first: ${schedule.words}. Backups a day: ${rounded(schedule.perDay)}.`,
  );
}

function rounded(perDay: number): string {
  return String(Number(perDay.toPrecision(2)));
}

/** The member of a generated enumeration with this text. */
function among<E extends string>(
  members: { readonly [name: string]: E },
  text: string | undefined,
): E | undefined {
  return Object.values(members).find((member) => member === text);
}
