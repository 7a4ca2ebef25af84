import type { ClusterSpecBootstrapRecovery, ClusterSpecExternalClusters } from '@cdk8s/imports-cnpg';
import { barmanPlugin } from '../../cnpg/names.ts';
import type { Backup } from '../../installation/backup.ts';
import type { RestoreFrom } from '../../installation/restore-from.ts';
import type { Store } from '../../installation/store.ts';
import { present } from '../present.ts';
import { filesAtOnce, storeConfiguration } from './store-configuration.ts';

/** What a Cluster calls the backups that it starts from. */
const sourceName = 'origin';

/**
 * The backups in one folder of a store, as a Cluster reads them.
 *
 * The folder is always stated: the plugin would take the name of the new Cluster for it, the in-tree form the name of
 * this entry. https://cloudnative-pg.io/documentation/current/recovery/#recovery-from-an-object-store
 */
export function source(props: {
  readonly method: Backup['method'];
  readonly store: Store;
  /** Name of the ObjectStore in the namespace of the Cluster; only the plugin has one. */
  readonly objectStore: string;
  readonly folder: string;
}): ClusterSpecExternalClusters {
  const { method, store, objectStore, folder } = props;
  switch (method) {
    case 'plugin':
      return {
        name: sourceName,
        plugin: { name: barmanPlugin, parameters: { barmanObjectName: objectStore, serverName: folder } },
      };
    case 'barmanObjectStore':
      return {
        name: sourceName,
        barmanObjectStore: {
          ...storeConfiguration(store),
          serverName: folder,
          wal: { maxParallel: filesAtOnce },
        },
      };
  }
}

/**
 * How the database starts: owner and database are stated, since CloudNativePG would otherwise look for `app`, and the
 * owner's login, which is in no backup, is set to that of the Secret.
 */
export function recovery(props: {
  readonly database: string;
  readonly secret: string | undefined;
  readonly from: { readonly time: { readonly text: string } | undefined } & Pick<
    RestoreFrom,
    'volumeSnapshot'
  >;
}): ClusterSpecBootstrapRecovery {
  const { database, secret, from } = props;
  const { time, volumeSnapshot } = from;
  return {
    source: sourceName,
    database,
    owner: database,
    ...present({
      secret: secret === undefined ? undefined : { name: secret },
      recoveryTarget: time && { targetTime: time.text },
      volumeSnapshots: volumeSnapshot && {
        storage: snapshot(volumeSnapshot.storage),
        ...present({
          walStorage:
            volumeSnapshot.walStorage === undefined ? undefined : snapshot(volumeSnapshot.walStorage),
        }),
      },
    }),
  };
}

function snapshot(name: string) {
  return { name, kind: 'VolumeSnapshot', apiGroup: 'snapshot.storage.k8s.io' };
}
