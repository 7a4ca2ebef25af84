import { skipArchiveCheck } from '../../../cnpg/names.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const skippedArchiveCheck: Rule = {
  id: 'skipped-archive-check',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'The check that the archive folder is empty is switched off, so two databases can write into one.',
  why: 'Before it archives for the first time, CloudNativePG checks that the folder is empty, so that two lives of a database never mix. With the check switched off their WAL ends up in one folder, and neither can be restored with certainty.',
  url: 'https://cloudnative-pg.io/documentation/current/recovery/#restoring-into-a-cluster-with-a-backup-section',
  limits: 'Whether the folder holds the WAL of another life stands in the store, which is not asked.',
  examples: {
    good: documents(cluster('')),
    broken: {
      'namespace: immich': `namespace: immich
  annotations:
    cnpg.io/skipEmptyWalArchiveCheck: enabled`,
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const annotation = database.at('metadata', 'annotations', skipArchiveCheck);
      if (annotation.text === 'enabled') {
        report(annotation, {
          message:
            'The archive folder may already hold the WAL of another life of this database; mixing both destroys the backups of both.',
          fix: 'Remove the annotation, and give each life of the database a serverName of its own.',
        });
      }
    }
  },
};
