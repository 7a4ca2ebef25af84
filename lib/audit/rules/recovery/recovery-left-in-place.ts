import { nameOf } from '../../../manifests/name.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { usedDatabases } from '../../views/immichs-database.ts';

export const recoveryLeftInPlace: Rule = {
  id: 'recovery-left-in-place',
  severity: 'warning',
  whose: 'ours',
  meaning: 'The database that Immich uses would be rolled back to a backup if it were ever created anew.',
  why: 'CloudNativePG reads bootstrap only when it creates a Cluster, so a recovery that was left there does no harm for years. When the object is created anew, by a rename or a rebuilt Kubernetes cluster, the database comes back in the state of that old backup.',
  url: 'https://cloudnative-pg.io/documentation/current/bootstrap/#bootstrap-from-another-cluster',
  limits: 'Whether the database was made by this recovery or long before is not known.',
  examples: {
    good: documents(
      cluster('bootstrap: { initdb: { database: immich, owner: immich } }'),
      server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]'),
    ),
    broken: {
      'bootstrap: { initdb: { database: immich, owner: immich } }': `bootstrap: { recovery: { source: origin } }
  externalClusters:
    - name: origin
      barmanObjectStore: { destinationPath: s3://immich, serverName: immich-v1 }`,
    },
  },
  check(inventory, report) {
    for (const { cluster: database } of usedDatabases(inventory)) {
      const recovery = database.at('spec', 'bootstrap', 'recovery');
      if (recovery.exists) {
        report(recovery, {
          message: `Cluster ${quote(nameOf(database))} is in use, but whatever creates it anew (a rename, a rebuilt cluster) silently takes it back to the state of its old backup.`,
          fix: 'Once the restore is done, replace bootstrap.recovery with what a new database needs; a running one ignores the change.',
          severity: inventory.complete ? 'warning' : 'info',
        });
      }
    }
  },
};
