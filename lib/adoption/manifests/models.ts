import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import { leaveOpen, type Piece, take } from '../piece.ts';
import { backingPieces, claimIn, mountsOf } from './mounted.ts';
import type { Subject } from './subject.ts';

/** Models are downloaded again where nothing keeps them. */
export function modelPieces(
  subject: Subject,
  found: ImmichContainerView | undefined,
  library: readonly Piece[],
): Piece[] {
  const path = ['volumes', 'models'];
  const variable = found?.container.environment.find(
    ({ name }) => name === 'MACHINE_LEARNING_CACHE_FOLDER',
  )?.value;
  const folder = variable ?? '/cache';
  const mounted =
    found === undefined ? undefined : mountsOf(found).find(({ mount }) => mount.path === folder);
  const isKept =
    mounted !== undefined &&
    !mounted.volume.field.at('emptyDir').exists &&
    !mounted.mount.field.at('subPath').exists &&
    (mounted.volume.claim?.exists || mounted.volume.field.at('nfs').exists);
  if (found !== undefined && mounted !== undefined && isKept) {
    const pieces = backingPieces(subject, found, path, mounted);
    if (claimIn(pieces) !== claimIn(library) || claimIn(pieces) === undefined) return pieces;
  }
  const storageClass = library.find(
    (piece) => piece.kind === 'taken' && piece.path.at(-1) === 'storageClass',
  );
  return [
    storageClass?.kind === 'taken'
      ? take(
          [...path, 'storageClass'],
          storageClass.value,
          undefined,
          'New: nothing keeps the models today, and they are downloaded again.',
        )
      : leaveOpen(
          [...path, 'storageClass'],
          'your storage class, for the models, which are downloaded again',
          'standard',
        ),
    take([...path, 'size'], '20Gi'),
  ];
}
