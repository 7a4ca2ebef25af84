import {
  type ClusterSpec,
  ClusterSpecBackupBarmanObjectStoreDataCompression,
  ClusterSpecBackupBarmanObjectStoreWalCompression,
  ScheduledBackup,
  ScheduledBackupSpecBackupOwnerReference,
  ScheduledBackupSpecMethod,
} from '@cdk8s/imports-cnpg';
import type { Construct } from 'constructs';
import { barmanPlugin } from '../cnpg/names.ts';
import type { Backup } from '../installation/backup.ts';
import { comment } from '../kubernetes/comment.ts';
import { dataMetadata } from '../kubernetes/data.ts';
import { labelsOf } from '../kubernetes/labels.ts';
import { present } from '../kubernetes/present.ts';
import { among, objectStore } from './object-store.ts';
import { storeConfiguration } from './store.ts';

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
            name: barmanPlugin,
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
  const { namespace, database, backup } = props;
  const { labels, annotations } = dataMetadata(namespace);
  if (backup.method === 'plugin') {
    objectStore(scope, {
      name: database,
      namespace,
      labels: { ...labelsOf(database, 'backup'), ...labels },
      annotations,
      store: backup.store,
      written: backup,
    });
  }
  scheduledBackup(scope, props);
}

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
        ? { method: ScheduledBackupSpecMethod.PLUGIN, pluginConfiguration: { name: barmanPlugin } }
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
