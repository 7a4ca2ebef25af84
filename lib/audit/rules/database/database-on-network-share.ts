import type { Field } from '../../../manifests/field.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isNetworkShare, networkShareOf } from '../../views/network-volume.ts';
import { plainPostgres } from '../../views/plain-postgres.ts';

export const databaseOnNetworkShare: Rule = {
  id: 'database-on-network-share',
  severity: 'error',
  whose: 'upstream',
  meaning: 'PostgreSQL keeps its files on a network share, which corrupts them sooner or later.',
  why: 'PostgreSQL relies on fsync and locks that NFS and SMB do not keep in every case, and Immich says so in its requirements. After a dropped connection or a restarted server, pages are lost or half written, often without notice until they are read.',
  url: 'https://immich.app/docs/install/requirements/',
  limits: 'A storage class whose name and provisioner say nothing of a network is taken for block storage.',
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
      const storages = [
        database.at('spec', 'storage'),
        database.at('spec', 'walStorage'),
        ...database.at('spec', 'tablespaces').items.map((tablespace) => tablespace.at('storage')),
      ];
      for (const name of storages.flatMap(classesOf)) {
        if (name.text !== undefined && isNetworkShare(inventory, name.text)) {
          report(name, {
            message: `Storage class ${quote(name.text)} is a network share; PostgreSQL loses data on it when the network or the server fails.`,
            fix: 'Use a storage class with block storage, such as Longhorn, or local volumes.',
            // Until then it runs.
            ...(inventory.complete ? {} : { severity: 'warning' }),
          });
        }
      }
    }
    for (const { workload, volumes } of plainPostgres(inventory)) {
      for (const share of volumes.flatMap((volume) => networkShareOf(inventory, workload, volume) ?? [])) {
        report(share, {
          message:
            'PostgreSQL keeps its files on a network share; it loses data on it when the network or the server fails.',
          fix: 'Use a claim on block storage or a local volume.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** The storage class of an instance, which the template of its claims may say instead. */
function classesOf(storage: Field): Field[] {
  return [storage.at('storageClass'), storage.at('pvcTemplate', 'storageClassName')];
}
