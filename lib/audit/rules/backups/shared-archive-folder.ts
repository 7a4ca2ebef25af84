import { type Field, isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { type ArchiveView, archiveOf, archivers, isInTree } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { cluster, documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { asSureAs, databaseLinks } from '../../views/immichs-database.ts';

const store = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: store, namespace: immich }
spec: { configuration: { destinationPath: s3://backups } }`;

function archiving(serverName: string): string {
  return `plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: store, serverName: ${serverName} }`;
}

export const sharedArchiveFolder: Rule = {
  id: 'shared-archive-folder',
  severity: 'error',
  whose: 'upstream',
  meaning: 'Two databases archive to one folder of a store.',
  why: 'A folder holds the log of one life of one database. CloudNativePG lets the second one archive nothing ("Expected empty archive"), its disk fills with log that cannot be removed, and it stops; where that check is off, the logs of both are mixed, and neither can be restored.',
  url: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/',
  limits: 'Two databases of one name and namespace are taken for one that stands in several overlays.',
  examples: {
    good: documents(store, cluster(archiving('immich-db')), cluster(archiving('wiki-db'), 'wiki-db')),
    broken: { 'serverName: wiki-db': 'serverName: immich-db' },
  },
  check(inventory, report) {
    const all = inventory.all('postgresql.cnpg.io', 'Cluster');
    for (const link of databaseLinks(inventory)) {
      const folder = archivedTo(inventory, link.cluster);
      const other = all.find(
        (one) => isAnother(one, link.cluster) && isSame(folder, archivedTo(inventory, one)),
      );
      if (folder === undefined || other === undefined) continue;
      const problem = {
        message: `Cluster ${quote(nameOf(other))} archives to folder ${quote(folder.serverName)} of ${folder.destinationPath}, too; the one that came second archives nothing, and stops when its disk is full.`,
        fix: 'Give each of them a serverName of its own.',
      };
      report(folder.serverNameField, asSureAs(link, 'error', problem));
    }
  },
};

/** Where a cluster writes its log; undefined where it does not, or that is not to be known. */
function archivedTo(inventory: Inventory, database: Field): ArchiveView | undefined {
  const writes = isInTree(database) || archivers(database).some((one) => one.get('isWALArchiver') === true);
  const folder = writes ? archiveOf(inventory, database) : undefined;
  return folder === undefined ||
    [folder.destinationPath, folder.serverName, folder.endpoint ?? ''].some(isUnknown)
    ? undefined
    : folder;
}

function isSame(folder: ArchiveView | undefined, other: ArchiveView | undefined): boolean {
  return (
    folder !== undefined &&
    folder.destinationPath === other?.destinationPath &&
    folder.serverName === other.serverName &&
    folder.endpoint === other.endpoint
  );
}

function isAnother(one: Field, other: Field): boolean {
  return (
    nameOf(one) !== nameOf(other) ||
    one.at('metadata', 'namespace').text !== other.at('metadata', 'namespace').text
  );
}
