import { databaseHosts, workloadsAt } from '../../../manifests/views/database-host.ts';
import { immich, repositoryOf } from '../../../manifests/views/immich.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isNetworkShare, networkShareOf } from '../../views/network-volume.ts';

export const databaseOnNetworkShare: Rule = {
  id: 'database-on-network-share',
  severity: 'error',
  whose: 'upstream',
  meaning: 'PostgreSQL keeps its files on a network share, which corrupts them sooner or later.',
  why: 'PostgreSQL relies on fsync and locks that NFS and SMB do not keep in every case, and Immich says so in its requirements. After a dropped connection or a restarted server, pages are lost or half written, often without notice until they are read.',
  url: 'https://immich.app/docs/install/requirements/',
  examples: {
    good: documents(
      `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: driver.longhorn.io`,
      cluster('walStorage: { size: 5Gi, storageClass: fast }'),
    ),
    broken: {
      [`metadata: { name: fast }
provisioner: driver.longhorn.io`]: `metadata: { name: nas }
provisioner: nfs.csi.k8s.io`,
      'storageClass: fast': 'storageClass: nas',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      for (const storage of ['storage', 'walStorage']) {
        const name = database.at('spec', storage, 'storageClass');
        if (name.text !== undefined && isNetworkShare(inventory, name.text)) {
          report(name, {
            message: `Storage class "${name.text}" is a network share; PostgreSQL loses data on it when the network or the server fails.`,
            fix: 'Use a storage class with block storage, such as Longhorn, or local volumes.',
            ...(inventory.find('storage.k8s.io', 'StorageClass', undefined, name.text) === undefined
              ? { severity: 'warning' }
              : {}),
          });
        }
      }
    }
    const immichs = new Set(
      immich(inventory)
        .containers.filter(({ part }) => part === 'server')
        .flatMap((found) => databaseHosts(inventory, found))
        .flatMap((host) => workloadsAt(inventory, host)),
    );
    for (const workload of inventory.workloads) {
      const pattern = immichs.has(workload) ? ANY_POSTGRES : POSTGRES;
      const image = workload.containers.find((one) => pattern.test(repositoryOf(one.image.text ?? '')));
      for (const volume of image === undefined ? [] : workload.volumes) {
        const mount = image?.mounts.find(
          (one) => one.volume === volume.name && /postgres|pgdata/.test(one.path),
        );
        const share = mount === undefined ? undefined : networkShareOf(inventory, workload, volume);
        if (share !== undefined) {
          report(share, {
            message:
              'PostgreSQL keeps its files on a network share; it loses data on it when the network or the server fails.',
            fix: 'Use a claim on block storage or a local volume.',
            ...(inventory.complete ? {} : { severity: 'warning' }),
          });
        }
      }
    }
  },
};

/** Images of PostgreSQL as Immich uses it. */
const POSTGRES = /(immich-app\/postgres|pgvecto-rs|vchord-postgres|tensorchord\/)/;

/** Images of PostgreSQL by any name, of a workload that Immich connects to. */
const ANY_POSTGRES = /postgres|pgvector|pgvecto|vchord|vectorchord/;
