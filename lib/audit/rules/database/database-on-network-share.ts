import { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { namesNetworkShare, provisionsNetworkShares } from '../../../values/network-share.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

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
    for (const workload of inventory.workloads) {
      const image = workload.containers.find((one) => POSTGRES.test(one.image.text ?? ''));
      for (const { field, name } of image === undefined ? [] : workload.volumes) {
        const mount = image?.mounts.find((one) => one.volume === name && /postgres|pgdata/.test(one.path));
        if (field.at('nfs').exists && mount !== undefined) {
          report(field.at('nfs'), {
            message:
              'PostgreSQL keeps its files on NFS; it loses data on it when the network or the server fails.',
            fix: 'Use a claim on block storage or a local volume.',
          });
        }
      }
    }
  },
};

/** Images of PostgreSQL as Immich uses it. */
const POSTGRES = /(immich-app\/postgres|pgvecto-rs|vchord-postgres|tensorchord\/)/;

function isNetworkShare(inventory: Inventory, name: string): boolean {
  const manifest = inventory.find('storage.k8s.io', 'StorageClass', undefined, name)?.manifest;
  const provisioner = manifest === undefined ? undefined : Field.of(manifest).at('provisioner').text;
  return provisioner === undefined ? namesNetworkShare(name) : provisionsNetworkShares(provisioner);
}
