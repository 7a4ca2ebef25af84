import { nameOf } from '../../../manifests/name.ts';
import { archivers, isInTree } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const walNotArchived: Rule = {
  id: 'wal-not-archived',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'Base backups are made, but the WAL goes elsewhere or nowhere, so that none of them can be restored.',
  why: 'A base backup is copied while the database is being written to, and only the WAL of that time makes it consistent. When the WAL is archived nowhere, or to another store than the base backups, there are backups in the list and none of them can be restored.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/#configuring-wal-archiving',
  examples: {
    good: documents(
      cluster(`plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich }`),
    ),
    broken: {
      'isWALArchiver: true': '',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const plugins = archivers(database);
      const isArchived = database
        .at('spec', 'plugins')
        .items.some((one) => one.get('isWALArchiver') === true);
      for (const plugin of plugins) {
        if (isInTree(database)) {
          report(database.at('spec', 'backup', 'barmanObjectStore'), {
            message: `Cluster ${quote(nameOf(database))} has both barmanObjectStore and the plugin; WAL goes to one store and base backups may go to the other.`,
            fix: 'Remove barmanObjectStore in the same change that adds the plugin.',
          });
        } else if (!isArchived) {
          report(plugin.at('isWALArchiver'), {
            message:
              'The plugin makes base backups but archives no WAL, and a base backup cannot be restored without it.',
            fix: 'Write isWALArchiver: true.',
          });
        }
      }
    }
  },
};
