import {
  type ClusterSpec,
  ClusterSpecBackupBarmanObjectStoreDataCompression,
  ClusterSpecBackupBarmanObjectStoreWalCompression,
} from '@cdk8s/imports-cnpg';
import { barmanPlugin } from '../../cnpg/names.ts';
import type { Backup } from '../../installation/backup.ts';
import { present } from '../present.ts';
import { among } from './object-store.ts';
import { checksumVariablesOf, filesAtOnce, storeConfiguration } from './store-configuration.ts';

/** Where a database archives to. */
export interface Archive {
  /** Name of the Cluster; its ObjectStore is called the same. */
  readonly database: string;
  /** Folder in the store: Barman's server name. */
  readonly folder: string;
  readonly backup: Backup;
}

/** What the instances need in their environment: Barman runs in them with the in-tree form only. */
export function variablesOf({ method, store }: Pick<Backup, 'method' | 'store'>): Pick<ClusterSpec, 'env'> {
  return method === 'barmanObjectStore' ? checksumVariablesOf(store) : {};
}

/** What the Cluster itself says about its backup, in the form of its method. */
export function backupOfCluster({
  database,
  folder,
  backup,
}: Archive): Pick<ClusterSpec, 'backup' | 'plugins'> {
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
            wal: {
              ...present({
                compression: among(ClusterSpecBackupBarmanObjectStoreWalCompression, backup.compression),
              }),
              maxParallel: filesAtOnce,
            },
          },
        },
      };
  }
}
