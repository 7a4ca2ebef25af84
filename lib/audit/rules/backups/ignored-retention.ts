import { parseRetention } from '../../../cnpg/retention.ts';
import { Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { archivers, hasBackup, isInTree, storeOf } from '../../../manifests/views/archive.ts';
import { cluster, documents } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';
import { usedDatabases } from '../../views/immichs-database.ts';

export const ignoredRetention: Rule = {
  id: 'ignored-retention',
  severity: 'error',
  whose: 'upstream',
  meaning: 'How long backups are kept is said where nothing reads it, or in a form that nothing understands.',
  why: 'With the plugin, retention is a setting of the ObjectStore, and spec.backup.retentionPolicy of the Cluster is read by in-tree Barman only. In the wrong place nothing is ever deleted, and the bucket grows until it is full or the bill is noticed.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/retention/',
  limits: 'What a lifecycle rule of the bucket deletes is not seen.',
  examples: {
    good: documents(
      cluster(`plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich }`),
      `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec:
  retentionPolicy: 14d
  configuration: { destinationPath: s3://immich }`,
    ),
    broken: {
      'plugins:': 'backup: { retentionPolicy: 14d }\n  plugins:',
      'retentionPolicy: 14d': '',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const retention = database.at('spec', 'backup', 'retentionPolicy');
      if (retention.exists && !hasBackup(database)) {
        // That Immich's own database has no backup is told by another rule.
        if (!usedDatabases(inventory).some(({ cluster: one }) => one === database)) {
          report(retention, {
            message:
              'There is no backup that this could be kept for, neither by barmanObjectStore nor by a plugin.',
            fix: 'Add an ObjectStore and the Barman Cloud plugin, or leave it out.',
            ...(inventory.complete ? {} : { severity: 'warning' }),
          });
        }
      } else if (retention.exists && archivers(database).length === 0 && !isInTree(database)) {
        report(retention, {
          message:
            'CloudNativePG never deletes volume snapshots; this is read for barmanObjectStore only, and they pile up.',
          fix: 'Leave it out, and have the storage delete old snapshots.',
          ...(inventory.complete ? {} : { severity: 'info' }),
        });
      } else if (retention.exists && !isInTree(database)) {
        const isSaidThere = storesOf(inventory, database).some(
          (store) => store.at('spec', 'retentionPolicy').exists,
        );
        report(
          retention,
          isSaidThere
            ? {
                message:
                  'Only barmanObjectStore reads this; what holds is the retentionPolicy of the ObjectStore.',
                fix: 'Leave it out.',
                ...(inventory.complete ? {} : { severity: 'info' }),
              }
            : {
                message:
                  'Only barmanObjectStore reads this; without it nothing is ever deleted from the store.',
                fix: 'Write retentionPolicy into the spec of the ObjectStore.',
                // A store that fills up is no loss yet.
                ...(inventory.complete ? {} : { severity: 'warning' }),
              },
        );
      } else {
        checkForm(retention, report);
      }
    }
    for (const store of inventory.all('barmancloud.cnpg.io', 'ObjectStore')) {
      checkForm(store.at('spec', 'retentionPolicy'), report);
    }
  },
};

function storesOf(inventory: Inventory, database: Field): Field[] {
  return archivers(database).flatMap((plugin) => {
    const known = inventory.find(
      'barmancloud.cnpg.io',
      'ObjectStore',
      database.at('metadata', 'namespace').text,
      storeOf(plugin).text ?? '',
    );
    return known?.manifest === undefined ? [] : [Field.of(known.manifest)];
  });
}

function checkForm(retention: Field, report: Report): void {
  if (retention.text === undefined || isUnknown(retention.text)) {
    return;
  }
  const reading = parseRetention(retention.text);
  if (!reading.ok) {
    const at = reading.message.lastIndexOf('. ');
    report(retention, {
      message: at < 0 ? reading.message : reading.message.slice(0, at + 1),
      fix: at < 0 ? 'Write it as 14d.' : reading.message.slice(at + 2),
    });
  }
}
