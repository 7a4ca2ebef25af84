import { barmanPlugin } from '../../../cnpg/names.ts';
import { nameOf } from '../../../manifests/name.ts';
import { hasBackup } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { asSureAs, usedDatabases } from '../../views/immichs-database.ts';

export const databaseWithoutBackup: Rule = {
  id: 'database-without-backup',
  severity: 'warning',
  whose: 'ours',
  meaning: "Immich's database has no backup.",
  why: 'The files in the library are only half of Immich: albums, faces, descriptions and the links between users and photos live in PostgreSQL alone. A replica does not help against a wrong DELETE or a failed migration; a backup does.',
  url: 'https://cloudnative-pg.io/documentation/current/backup/',
  limits:
    'Snapshots that the storage system makes, and dumps that something outside of these manifests makes, are not seen.',
  examples: {
    good: documents(
      cluster('backup: { barmanObjectStore: { destinationPath: s3://immich } }'),
      server('env: [{ name: DB_HOSTNAME, value: immich-db-rw }]'),
    ),
    broken: {
      'backup: { barmanObjectStore: { destinationPath: s3://immich } }': '',
    },
  },
  check(inventory, report) {
    for (const link of usedDatabases(inventory)) {
      const database = link.cluster;
      const isReplica = database.get('spec', 'replica', 'enabled') === true;
      if (!hasBackup(database) && !isReplica) {
        report(
          database.at('spec', 'backup'),
          asSureAs(link, 'warning', {
            message: `Cluster ${quote(nameOf(database))} has neither the Barman Cloud plugin nor another backup; when its volume is lost, so are all albums, faces and metadata.`,
            fix: `Add an ObjectStore, the plugin ${barmanPlugin} with isWALArchiver: true, and a ScheduledBackup.`,
          }),
        );
      }
    }
  },
};
