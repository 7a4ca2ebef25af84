import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingCluster: Rule = {
  id: 'missing-cluster',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A backup, schedule, database or pooler names a CloudNativePG cluster that does not exist.',
  why: 'Kubernetes accepts the name of any cluster, whether there is one or not. After a rename a schedule that still names the old cluster makes no more backups, and nothing turns red.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  examples: {
    good: `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db-v2, namespace: immich }
spec: { instances: 2, storage: { size: 20Gi } }
---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db, namespace: immich }
spec: { schedule: "0 0 3 * * *", cluster: { name: immich-db-v2 } }
`,
    broken: {
      'spec: { schedule: "0 0 3 * * *", cluster: { name: immich-db-v2 } }':
        'spec: { schedule: "0 0 3 * * *", cluster: { name: immich-db-v1 } }',
    },
  },
  check(inventory, report) {
    for (const [kind, consequence] of consequences) {
      for (const object of inventory.all('postgresql.cnpg.io', kind)) {
        resolve(inventory, report, {
          name: object.at('spec', 'cluster', 'name'),
          apiGroup: 'postgresql.cnpg.io',
          kind: 'Cluster',
          namespace: object.at('metadata', 'namespace').text,
          consequence,
        });
      }
    }
  },
};

const consequences = [
  ['ScheduledBackup', 'no backup is ever made'],
  ['Backup', 'the backup is never made'],
  ['Database', 'the database is not created'],
  ['DatabaseRole', 'the role is not created'],
  ['Pooler', 'nothing can connect through it'],
] as const;
