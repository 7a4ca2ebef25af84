import { Field } from '../../manifests/field.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** How the library is backed up: by VolSync, where a ReplicationSource says so; else a person knows. */
export function libraryBackupPieces({ inventory, namespace }: Subject, claim = 'immich-library'): Piece[] {
  const path = ['volumes', 'library'];
  const source = inventory
    .all('volsync.backube', 'ReplicationSource')
    .find(
      (one) => one.get('spec', 'sourcePVC') === claim && one.at('metadata', 'namespace').text === namespace,
    );
  const restic = source?.at('spec', 'restic');
  if (source === undefined || !restic?.exists || restic.at('repository').text === undefined) {
    return [
      take(
        [...path, 'backup'],
        'none',
        undefined,
        'Write { volsync: {} } or { longhorn: {} } for a backup from dist.',
      ),
      leaveOpen([...path, 'reason'], 'what keeps the photos safe today', 'to be filled in'),
      ...jobsPieces(inventory, path, namespace, claim),
    ];
  }
  const way = [...path, 'backup', 'volsync'];
  return [
    ...pieceOf([...way, 'secret'], restic.at('repository')),
    ...pieceOf([...way, 'schedule'], source.at('spec', 'trigger', 'schedule')),
    ...pieceOf([...way, 'copyMethod'], restic.at('copyMethod')),
    ...pieceOf([...way, 'volumeSnapshotClass'], restic.at('volumeSnapshotClassName')),
    ...retentionPieces([...way, 'retain'], restic.at('retain')),
    ...jobsPieces(inventory, path, namespace, claim),
  ];
}

function retentionPieces(path: Piece['path'], retain: Field): Piece[] {
  const kept = ['daily', 'weekly', 'monthly'].flatMap((name) => {
    const count = retain.at(name).number;
    return count === undefined ? [] : [[name, count] as const];
  });
  return kept.length === 0 ? [] : [take(path, Object.fromEntries(kept), placeOf(retain))];
}

/** Snapshots of Longhorn that a job of this claim alone makes. */
function jobsPieces(
  inventory: Subject['inventory'],
  path: Piece['path'],
  namespace: string | undefined,
  claim: string,
): Piece[] {
  const manifest = inventory.find('', 'PersistentVolumeClaim', namespace, claim)?.manifest;
  if (manifest === undefined) return [];
  const label = `recurring-job.longhorn.io/${namespace ?? ''}-${claim}`;
  const labelled = Field.of(manifest).at('metadata', 'labels', label);
  const job = inventory
    .all('longhorn.io', 'RecurringJob')
    .find(
      (one) =>
        one.get('metadata', 'name') === `${namespace ?? ''}-${claim}` &&
        one.get('spec', 'task') === 'snapshot',
    );
  if (!labelled.exists || job === undefined) return [];
  const snapshots = [...path, 'longhorn', 'snapshots'];
  return [
    ...pieceOf([...snapshots, 'schedule'], job.at('spec', 'cron')),
    ...pieceOf([...snapshots, 'retain'], job.at('spec', 'retain')),
  ];
}
