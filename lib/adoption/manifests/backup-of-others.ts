import type { Field } from '../../manifests/field.ts';
import { isUnknown } from '../../manifests/field.ts';
import { nameOf } from '../../manifests/name.ts';
import { archiveOf, isInTree } from '../../manifests/views/archive.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { objectStoreOf, schedulesOf } from './backup.ts';
import { storagePieces } from './cluster.ts';
import { lineageOf } from './lineage.ts';
import { pieceOf, placeOf } from './place.ts';
import { storePieces } from './store.ts';
import type { Subject } from './subject.ts';

const existing = ['database', 'cnpg', 'existing'];
const path = [...existing, 'store'];

/** Where those who own a Cluster back it up, so that a drill can prove it; `none` where no key says that folder. */
export function backupOfOthersPieces({ inventory }: Subject, cluster: Field): Piece[] {
  const archive = archiveOf(inventory, cluster);
  const lineage = archive === undefined ? undefined : lineageOf(nameOf(cluster), archive.serverName);
  const store = archive === undefined ? undefined : storePieces(path, archive.configuration);
  const [, folder = ''] = /^[a-z0-9]+:\/\/[^/]+\/+([^/].*)$/.exec(archive?.destinationPath ?? '') ?? [];
  if (archive === undefined || store === undefined || lineage === undefined || folder === '') {
    return [
      take(
        path,
        'none',
        undefined,
        'Write a store in its place, and a drill proves its backups: docs/reference.md.',
      ),
      leaveOpen([...existing, 'reason'], 'who proves that its backups can be restored', 'to be filled in'),
    ];
  }
  const settings = isInTree(cluster) ? cluster.at('spec', 'backup') : objectStoreOf(inventory, cluster);
  const [schedule] = schedulesOf(inventory, cluster);
  const compression = archive.configuration.at('data', 'compression');
  return [
    ...(lineage === 'none' || isUnknown(lineage)
      ? []
      : [take([...existing, 'lineage'], lineage, placeOf(archive.serverNameField))]),
    ...storagePieces([...existing, 'storage'], cluster.at('spec', 'storage')),
    ...(isInTree(cluster) ? [take([...path, 'method'], 'barmanObjectStore')] : []),
    ...(schedule === undefined ? [] : pieceOf([...path, 'schedule'], schedule.at('spec', 'schedule'))),
    ...(settings?.at('retentionPolicy').exists === true
      ? pieceOf([...path, 'retention'], settings.at('retentionPolicy'))
      : []),
    ...(compression.exists ? pieceOf([...path, 'compression'], compression) : []),
    ...store,
  ];
}
