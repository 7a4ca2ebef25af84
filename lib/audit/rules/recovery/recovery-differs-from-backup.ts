import type { Field } from '../../../manifests/field.ts';
import { isUnknown } from '../../../manifests/field.ts';
import type { Inventory } from '../../../manifests/inventory.ts';
import { nameOf } from '../../../manifests/name.ts';
import { type ArchiveView, archiveOf, recoverySource } from '../../../manifests/views/archive.ts';
import { quote } from '../../../text/quoting.ts';
import { parseImage, postgresVersions } from '../../../values/image.ts';
import { documents } from '../../examples.ts';
import type { Report, Rule } from '../../rule.ts';

export const recoveryDiffersFromBackup: Rule = {
  id: 'recovery-differs-from-backup',
  severity: 'error',
  whose: 'upstream',
  meaning:
    'A restore looks for a backup elsewhere than where the database puts it, or with another PostgreSQL.',
  why: 'A restore finds a backup only at the same path, in the same folder and at the same endpoint, and it starts only with the same major version of PostgreSQL. These values often stand in two files, and one of them is forgotten in a change.',
  url: 'https://cloudnative-pg.io/documentation/current/recovery/',
  examples: {
    good: documents(
      `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-db, namespace: immich }
spec:
  backup:
    barmanObjectStore: { destinationPath: s3://immich-backups, serverName: immich-db }`,
      `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: immich-restored, namespace: immich }
spec:
  bootstrap: { recovery: { source: immich-db } }
  externalClusters:
    - name: immich-db
      barmanObjectStore: { destinationPath: s3://immich-backups, serverName: immich-db }`,
    ),
    broken: {
      [`- name: immich-db
      barmanObjectStore: { destinationPath: s3://immich-backups, serverName: immich-db }`]: `- name: immich-db
      barmanObjectStore: { destinationPath: s3://immich, serverName: immich-db }`,
    },
  },
  check(inventory, report) {
    const backups = inventory.all('postgresql.cnpg.io', 'Cluster').flatMap((database) => {
      const archive = archiveOf(inventory, database);
      return archive === undefined ? [] : [{ database, archive }];
    });
    for (const restored of inventory.all('postgresql.cnpg.io', 'Cluster')) {
      const source = recoverySource(inventory, restored);
      const own = archiveOf(inventory, restored);
      // What reads from its own folder is the next life of itself, and nobody else's.
      const isOwn =
        own?.destinationPath === source?.destinationPath && own?.serverName === source?.serverName;
      if (source !== undefined && !isOwn && !isUnknown(`${source.destinationPath}${source.serverName}`)) {
        compare(
          { restored, source },
          backups.filter(
            ({ database }) => database !== restored && isComparable(inventory, database, restored),
          ),
          { report, isComplete: inventory.complete },
        );
      }
    }
  },
};

/**
 * Clusters of other namespaces are called alike by chance, and the same Cluster in another overlay runs somewhere
 * else. Only where everything is on one Kubernetes cluster, each of them may be the origin.
 */
function isComparable(inventory: Inventory, database: Field, restored: Field): boolean {
  return (
    inventory.complete ||
    (database.get('metadata', 'namespace') === restored.get('metadata', 'namespace') &&
      nameOf(database) !== nameOf(restored))
  );
}

/** Where findings go, and how sure they are. */
interface Telling {
  readonly report: Report;
  readonly isComplete: boolean;
}

interface Backup {
  readonly database: Field;
  readonly archive: ArchiveView;
}

function compare(
  { restored, source }: { readonly restored: Field; readonly source: ArchiveView },
  backups: readonly Backup[],
  { report, isComplete }: Telling,
): void {
  const sameFolder = backups.filter(({ archive }) => archive.serverName === source.serverName);
  const same = sameFolder.find(({ archive }) => archive.destinationPath === source.destinationPath);
  const [elsewhere] = sameFolder;
  if (same !== undefined) {
    compareDatabases(restored, same.database, report);
    compareAccess(source, same.archive, { report, isComplete });
  } else if (elsewhere !== undefined && !isUnknown(elsewhere.archive.destinationPath)) {
    report(source.configuration.at('destinationPath'), {
      message: `Cluster ${quote(nameOf(elsewhere.database))} puts its backups into ${elsewhere.archive.destinationPath}, not ${source.destinationPath}; the restore finds nothing.`,
      fix: `Write destinationPath: ${elsewhere.archive.destinationPath}.`,
      ...(isComplete ? {} : { severity: 'warning' }),
    });
  } else {
    const [sameStore, another] = backups.filter(
      ({ archive }) => archive.destinationPath === source.destinationPath,
    );
    // Older lives of a database have folders that no manifest names any more; only the bare name can be a slip.
    if (sameStore !== undefined && another === undefined && !/-v\d+$/.test(source.serverName)) {
      report(source.serverNameField, {
        message: `Cluster ${quote(nameOf(sameStore.database))} archives to folder ${quote(sameStore.archive.serverName)} there, not ${quote(source.serverName)}; the restore finds no backup, or an old one.`,
        fix: `Write serverName: ${sameStore.archive.serverName}.`,
        severity: 'warning',
      });
    }
  }
}

function compareAccess(source: ArchiveView, backup: ArchiveView, { report, isComplete }: Telling): void {
  if (source.endpoint !== backup.endpoint && !isUnknown(`${source.endpoint}${backup.endpoint}`)) {
    report(source.configuration.at('endpointURL'), {
      message: `The backup goes to ${backup.endpoint ?? 'the default endpoint'}, but the restore asks ${source.endpoint ?? 'the default one'}; it finds nothing.`,
      fix: backup.endpoint === undefined ? 'Remove endpointURL.' : `Write endpointURL: ${backup.endpoint}.`,
      // One store may be reached by several addresses, and a second one may hold a copy.
      ...(isComplete ? {} : { severity: 'warning' }),
    });
  }
}

function compareDatabases(restored: Field, original: Field, report: Report): void {
  const image = restored.at('spec', 'imageName');
  const one = versionsOf(image);
  const other = versionsOf(original.at('spec', 'imageName'));
  if (one !== undefined && other !== undefined && one.major !== other.major) {
    report(image, {
      message: `The backup is of PostgreSQL ${other.major}; PostgreSQL ${one.major} cannot start from it.`,
      fix: `Write the image of Cluster ${quote(nameOf(original))}: ${original.get('spec', 'imageName')}.`,
    });
  } else if (one !== undefined && other?.vectorchord !== undefined && one.vectorchord !== other.vectorchord) {
    report(image, {
      message: `The backup was made with VectorChord ${other.vectorchord}, this image has ${one.vectorchord ?? 'none'}; vector searches fail until its indexes are built anew.`,
      fix: `Write the image of Cluster ${quote(nameOf(original))}: ${original.get('spec', 'imageName')}.`,
      severity: 'warning',
    });
  }
  const libraries = restored.at('spec', 'postgresql', 'shared_preload_libraries');
  const missing = original
    .at('spec', 'postgresql', 'shared_preload_libraries')
    .texts.filter((library) => !libraries.texts.includes(library));
  if (missing.length > 0) {
    report(libraries, {
      message: `Cluster ${quote(nameOf(original))} preloads ${missing.join(', ')}, the restored one does not; queries that need it fail.`,
      fix: `Add shared_preload_libraries: [${missing.join(', ')}].`,
    });
  }
}

function versionsOf(field: Field) {
  const image = parseImage(field.text ?? '');
  return image.ok ? postgresVersions(image.value) : undefined;
}
