import { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import { nameOf } from '../../manifests/name.ts';
import { type ArchiveView, archiveOf, archivers, isInTree, storeOf } from '../../manifests/views/archive.ts';
import { objectsOfCluster } from '../../manifests/views/objects-of-cluster.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { lineageOf } from './lineage.ts';
import { pieceOf, placeOf } from './place.ts';
import { storePieces } from './store.ts';
import type { Subject } from './subject.ts';

const database = ['database', 'cnpg'];
const path = [...database, 'backup'];

/** How a Cluster is backed up: the same store, the same folder in it, the same times. */
export function backupPieces({ inventory }: Subject, cluster: Field): Piece[] {
  const archive = archiveOf(inventory, cluster);
  const store = archive === undefined ? undefined : storePieces([...path], archive.configuration);
  if (archive === undefined || store === undefined) return [...withoutBackup(cluster)];
  const settings = isInTree(cluster) ? cluster.at('spec', 'backup') : objectStoreOf(inventory, cluster);
  const compression = archive.configuration.at('data', 'compression');
  return [
    ...lineagePieces(cluster, archive),
    ...(isInTree(cluster)
      ? [
          take(
            [...path, 'method'],
            'barmanObjectStore',
            placeOf(cluster.at('spec', 'backup', 'barmanObjectStore')),
          ),
        ]
      : []),
    ...schedulePieces(inventory, cluster, lineageOf(nameOf(cluster), archive.serverName) !== undefined),
    ...retentionPieces(settings?.at('retentionPolicy')),
    ...(compression.exists
      ? pieceOf([...path, 'compression'], compression)
      : [take([...path, 'compression'], 'none')]),
    ...store,
  ];
}

function withoutBackup(cluster: Field): Piece[] {
  const [plugin] = archivers(cluster);
  return [
    take(
      [...path],
      'none',
      undefined,
      'Write a store in its place: database.cnpg.backup in docs/reference.md.',
    ),
    leaveOpen(
      [...database, 'reason'],
      plugin === undefined
        ? 'why this database may be lost'
        : 'the store that the ObjectStore of the plugin names, in place of backup: none',
      'to be filled in',
      plugin === undefined ? undefined : placeOf(plugin),
    ),
  ];
}

/** The ObjectStore that the plugin archives a Cluster to. */
export function objectStoreOf(inventory: Inventory, cluster: Field): Field | undefined {
  const [plugin] = archivers(cluster);
  const name = plugin === undefined ? undefined : storeOf(plugin).text;
  const { manifest } =
    inventory.find(
      'barmancloud.cnpg.io',
      'ObjectStore',
      cluster.at('metadata', 'namespace').text,
      name ?? '',
    ) ?? {};
  return manifest === undefined ? undefined : Field.of(manifest).at('spec');
}

function lineagePieces(cluster: Field, { serverName, serverNameField }: ArchiveView): Piece[] {
  const lineage = lineageOf(nameOf(cluster), serverName);
  const place = placeOf(serverNameField);
  if (lineage === undefined) {
    return [
      remark(
        database,
        `The database archives to the folder ${serverName}, which no lineage of ${nameOf(cluster)} is called. From dist it archives to the folder ${nameOf(cluster)}: a new base backup is made there at once, and the old folder stays as it is.`,
        place,
      ),
    ];
  }
  return lineage === 'none' ? [] : [take([...database, 'lineage'], lineage, place)];
}

/** @param isSameFolder Whether the archive goes on where it is; a new one needs a base backup at once. */
function schedulePieces(inventory: Inventory, cluster: Field, isSameFolder: boolean): Piece[] {
  const [schedule, ...others] = schedulesOf(inventory, cluster);
  if (schedule === undefined) {
    return [
      remark(path, 'No ScheduledBackup was found: base backups are made at the default time from now on.'),
    ];
  }
  const spec = schedule.at('spec');
  const owner = spec.at('backupOwnerReference');
  return [
    ...pieceOf([...path, 'schedule'], spec.at('schedule')),
    ...(spec.at('immediate').value === true || !isSameFolder
      ? []
      : [take([...path, 'immediate'], false, placeOf(spec.at('immediate')))]),
    ...(owner.text === 'self' ? pieceOf([...path, 'ownerReference'], owner) : []),
    ...others.map((one) =>
      remark(
        path,
        `The ScheduledBackup ${nameOf(one)} was not carried over: there is one schedule.`,
        placeOf(one),
      ),
    ),
  ];
}

/** The schedules of the base backups of a Cluster. */
export function schedulesOf(inventory: Inventory, cluster: Field): Field[] {
  return objectsOfCluster(inventory, 'ScheduledBackup', cluster);
}

function retentionPieces(retention: Field | undefined): Piece[] {
  return retention?.exists
    ? pieceOf([...path, 'retention'], retention)
    : [
        remark(
          path,
          'Nothing removes old backups today. From dist those are removed that no restore of the last 30 days needs; write retention for longer.',
        ),
      ];
}
