import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { archiveOf, archivers } from '../../../manifests/views/archive.ts';
import { cluster, documents, scheduledBackup } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const immediateBackup: Rule = {
  id: 'immediate-backup',
  severity: 'info',
  whose: 'ours',
  meaning: 'A backup starts whenever the schedule is created anew, by a rename or a rebuilt cluster.',
  why: '"immediate" starts a backup when the ScheduledBackup is created, not once in the life of the database. In GitOps objects are created anew by a rename or a rebuilt cluster, so backups start in the middle of the day without anybody having asked for one.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  examples: {
    good: documents(cluster('enablePDB: true'), scheduledBackup('immediate: false')),
    broken: {
      'immediate: false': 'immediate: true',
    },
  },
  check(inventory, report) {
    for (const backup of inventory.all('postgresql.cnpg.io', 'ScheduledBackup')) {
      const immediate = backup.at('spec', 'immediate');
      if (immediate.value === true && !isOncePerLife(inventory, backup)) {
        report(immediate, {
          message:
            'Each time this object is created anew, as GitOps does after a rename, a backup starts at once, at whatever hour.',
          fix: 'Write immediate: false, or name the object after the folder that the database archives to, so that it is new only with a new life of the database.',
        });
      }
    }
  },
};

/**
 * Whether the schedule is called like the folder of its database: then a new one is a new life, without a backup. That
 * its database or the store is missing is for another rule.
 */
function isOncePerLife(inventory: Inventory, backup: Field): boolean {
  const database = inventory
    .all('postgresql.cnpg.io', 'Cluster')
    .find(
      (cluster) =>
        nameOf(cluster) === backup.get('spec', 'cluster', 'name') &&
        cluster.get('metadata', 'namespace') === backup.get('metadata', 'namespace'),
    );
  if (database === undefined) return inventory.complete;
  const archive = archiveOf(inventory, database);
  return archive === undefined
    ? inventory.complete && archivers(database).length > 0
    : archive.serverName === nameOf(backup);
}
