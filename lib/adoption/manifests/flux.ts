import { appliedBy } from '../../manifests/views/flux.ts';
import { type Piece, remark } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The section `flux`: the source that this Immich is applied from today. */
export function fluxPieces({ inventory, server }: Subject): Piece[] {
  const kustomization = appliedBy(inventory, server.workload.manifest);
  if (kustomization === undefined) {
    return [
      remark(
        ['flux'],
        'No Kustomization of Flux was found that applies Immich. dist expects the GitRepository flux-system in the namespace flux-system.',
      ),
    ];
  }
  const source = kustomization.at('spec', 'sourceRef');
  const namespace = source.at('namespace').text ?? kustomization.at('metadata', 'namespace').text;
  const differs = (field: ReturnType<typeof source.at>, standard: string) =>
    field.text !== undefined && field.text !== standard;
  const variables = kustomization.at('spec', 'postBuild');
  return [
    ...(differs(source.at('kind'), 'GitRepository')
      ? pieceOf(['flux', 'source', 'kind'], source.at('kind'))
      : []),
    ...(differs(source.at('name'), 'flux-system')
      ? pieceOf(['flux', 'source', 'name'], source.at('name'))
      : []),
    ...(namespace === undefined || namespace === 'flux-system' || !source.at('namespace').exists
      ? []
      : pieceOf(['flux', 'source', 'namespace'], source.at('namespace'))),
    ...(variables.exists
      ? [
          remark(
            ['flux'],
            'Variables of Flux are not filled in in dist: what they stand for has to be written in this file.',
            placeOf(variables),
          ),
        ]
      : []),
  ];
}
