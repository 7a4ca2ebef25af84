import { documents, scheduledBackup } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const immediateBackup: Rule = {
  id: 'immediate-backup',
  severity: 'info',
  whose: 'ours',
  meaning: 'A backup starts whenever the schedule is created anew, by a rename or a rebuilt cluster.',
  why: '"immediate" starts a backup when the ScheduledBackup is created, not once in the life of the database. In GitOps objects are created anew by a rename or a rebuilt cluster, so backups start in the middle of the day without anybody having asked for one.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  examples: {
    good: documents(scheduledBackup('immediate: false')),
    broken: {
      'immediate: false': 'immediate: true',
    },
  },
  check(inventory, report) {
    for (const backup of inventory.all('postgresql.cnpg.io', 'ScheduledBackup')) {
      const immediate = backup.at('spec', 'immediate');
      if (immediate.value === true) {
        report(immediate, {
          message:
            'Each time this object is created anew, as GitOps does after a rename, a backup starts at once, at whatever hour.',
          fix: 'Write immediate: false, unless the database was just restored.',
        });
      }
    }
  },
};
