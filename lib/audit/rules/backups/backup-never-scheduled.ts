import { nameOf } from '../../../manifests/name.ts';
import { hasBackup } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents, scheduledBackup } from '../../examples.ts';
import type { Problem, Rule } from '../../rule.ts';
import { asSureAs, usedDatabases } from '../../views/immichs-database.ts';

export const backupNeverScheduled: Rule = {
  id: 'backup-never-scheduled',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A database can be backed up, but nothing ever starts a backup.',
  why: 'A cluster that is set up for backups archives its WAL, but makes a base backup only when a Backup or ScheduledBackup asks for one. WAL without a base backup cannot be restored, so the store fills up with files that are of no use.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups',
  limits: 'A backup that something else starts, such as a CronJob with kubectl or a person, is not seen.',
  examples: {
    good: documents(
      cluster('backup: { barmanObjectStore: { destinationPath: s3://immich } }'),
      scheduledBackup('suspend: false'),
    ),
    broken: {
      'suspend: false': 'suspend: true',
    },
  },
  check(inventory, report) {
    const scheduled = new Map(
      inventory
        .all('postgresql.cnpg.io', 'ScheduledBackup')
        .toSorted((one) => (one.get('spec', 'suspend') === true ? -1 : 1))
        .map((one) => [
          `${one.get('metadata', 'namespace') ?? ''}/${one.get('spec', 'cluster', 'name')}`,
          one,
        ]),
    );
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const schedule = scheduled.get(`${database.get('metadata', 'namespace') ?? ''}/${nameOf(database)}`);
      const suspend = schedule?.at('spec', 'suspend');
      if (suspend?.value === true) {
        report(suspend, {
          message: 'The schedule is suspended, and there is no other one; no backup is made.',
          fix: 'Remove suspend.',
          ...(inventory.complete ? {} : { severity: 'warning' }),
        });
      } else if (schedule === undefined && hasBackup(database)) {
        const link = usedDatabases(inventory).find(({ cluster: one }) => one === database);
        const problem: Problem = {
          message: `No ScheduledBackup names Cluster ${quote(nameOf(database))}; WAL is archived, but without a base backup nothing can be restored from it.`,
          fix: 'Add a ScheduledBackup with schedule: "0 0 3 * * *".',
        };
        const field = ['backup', 'plugins']
          .map((key) => database.at('spec', key))
          .find(({ exists }) => exists);
        // A lone Cluster may be any part of a whole; the schedule of one that Immich uses is expected beside it.
        if (link !== undefined || inventory.complete) {
          report(
            field ?? database.at('spec'),
            link === undefined ? problem : asSureAs(link, 'error', problem),
          );
        }
      }
    }
  },
};
