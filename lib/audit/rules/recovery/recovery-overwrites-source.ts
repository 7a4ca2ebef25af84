import { skipArchiveCheck } from '../../../cnpg/names.ts';
import type { Field } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { archiveOf, recoverySource } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { isImmichsDatabase } from '../../views/immichs-database.ts';

const store = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec: { configuration: { destinationPath: s3://immich } }`;

function tellRecovery(serverName: string): string {
  return cluster(`plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich, serverName: ${serverName} }
bootstrap: { recovery: { source: origin } }
externalClusters:
  - name: origin
    plugin:
      name: barman-cloud.cloudnative-pg.io
      parameters: { barmanObjectName: immich, serverName: immich-v1 }`);
}

export const recoveryOverwritesSource: Rule = {
  id: 'recovery-overwrites-source',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A database is restored from the very folder that it archives to.',
  why: 'A restored database begins a new timeline, and its WAL must not land among that of the backup it came from. CloudNativePG stops at "Expected empty archive"; where that check is off, the only good backup is mixed with the WAL of another life.',
  url: 'https://cloudnative-pg.io/documentation/current/recovery/#restoring-into-a-cluster-with-a-backup-section',
  limits:
    'A database that runs is not made anew, so that the fault shows only on the day on which it has to be.',
  examples: {
    good: documents(store, tellRecovery('immich-v2')),
    broken: {
      'serverName: immich-v2': 'serverName: immich-v1',
    },
  },
  check(inventory, report) {
    for (const database of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const source = recoverySource(inventory, database);
      const target = archiveOf(inventory, database);
      if (
        source !== undefined &&
        target !== undefined &&
        source.destinationPath === target.destinationPath &&
        source.serverName === target.serverName &&
        !isMeant(inventory, database)
      ) {
        report(target.serverNameField, {
          message: `Whenever this database is created, it reads from folder ${quote(source.serverName)} of ${source.destinationPath} and archives to the same; it never gets past "Expected empty archive", or destroys the backup it came from.`,
          fix: `Give the new life of the database a folder of its own, such as serverName: ${next(source.serverName)}.`,
          ...(isImmichsDatabase(inventory, database) ? {} : { severity: 'warning' }),
        });
      }
    }
  },
};

/** Whether the check that would stop it was switched off on purpose; that is told once, at the annotation. */
function isMeant(inventory: Inventory, database: Field): boolean {
  return !inventory.complete && database.get('metadata', 'annotations', skipArchiveCheck) === 'enabled';
}

function next(serverName: string): string {
  const [, stem = serverName, number] = /^(.*-v)(\d{1,6})$/.exec(serverName) ?? [];
  return number === undefined ? `${serverName}-v1` : `${stem}${Number(number) + 1}`;
}
