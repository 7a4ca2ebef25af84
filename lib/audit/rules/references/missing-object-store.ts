import { archivers, storeOf } from '../../../manifests/views/archive.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingObjectStore: Rule = {
  id: 'missing-object-store',
  severity: 'error',
  whose: 'upstream',
  meaning: 'The Barman Cloud plugin names an ObjectStore that does not exist.',
  why: "The plugin looks for the ObjectStore in the database's namespace when it archives or restores. When it is not there no WAL leaves the database, so there are no backups and the volume fills up.",
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/',
  examples: {
    good: `
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich-store, namespace: immich }
spec: { configuration: { destinationPath: s3://immich } }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich }
spec:
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters: { barmanObjectName: immich-store }
`,
    broken: {
      'barmanObjectName: immich-store': 'barmanObjectName: immich-db',
    },
  },
  check(inventory, report) {
    for (const cluster of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const namespace = cluster.at('metadata', 'namespace').text;
      const sources = cluster.at('spec', 'externalClusters').items.map((source) => source.at('plugin'));
      const stores = [
        ...archivers(cluster).map((plugin) => [plugin, 'no WAL is archived and every backup fails'] as const),
        ...sources.map((plugin) => [plugin, 'nothing can be restored from it'] as const),
      ];
      for (const [plugin, consequence] of stores) {
        resolve(inventory, report, {
          name: storeOf(plugin),
          apiGroup: 'barmancloud.cnpg.io',
          kind: 'ObjectStore',
          namespace,
          consequence,
        });
      }
    }
  },
};
