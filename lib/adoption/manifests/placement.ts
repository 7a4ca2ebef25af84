import type { WorkloadView } from '../../manifests/views/workload.ts';
import type { Path } from '../../text/path.ts';
import type { Piece } from '../piece.ts';
import { pieceOf } from './place.ts';

/**
 * Where pods run today. How they are spread, and which pods they keep near or far, is not carried over: that goes by
 * labels, which are others in dist.
 */
export function placementPieces(path: Path, { pod }: WorkloadView): Piece[] {
  return [
    ...(pod.at('nodeSelector').entries.length === 0
      ? []
      : pieceOf([...path, 'nodeSelector'], pod.at('nodeSelector'))),
    ...(pod.at('tolerations').items.length === 0
      ? []
      : pieceOf([...path, 'tolerations'], pod.at('tolerations'))),
    ...pieceOf([...path, 'priorityClass'], pod.at('priorityClassName')),
  ];
}
