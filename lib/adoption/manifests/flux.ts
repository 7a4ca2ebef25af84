import { isUnknown } from '../../manifests/field.ts';
import { appliedBy } from '../../manifests/views/flux.ts';
import type { VariableSource } from '../flux-variables.ts';
import { type Piece, remark } from '../piece.ts';
import { applicationOf, argocdPieces } from './argocd.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The section `flux`: the source that this Immich is applied from today. */
export function fluxPieces(subject: Subject): Piece[] {
  const { inventory, server } = subject;
  const kustomization = appliedBy(inventory, server.workload.manifest);
  const application = applicationOf(subject);
  if (application !== undefined) return argocdPieces(application);
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
  ];
}

/** Where Flux takes the values of variables from that stand in the manifests of Immich. */
export function variableSourcesOf({ inventory, server }: Subject): VariableSource[] {
  const sources = appliedBy(inventory, server.workload.manifest)?.at('spec', 'postBuild', 'substituteFrom');
  return (sources?.items ?? []).flatMap((source): VariableSource[] => {
    const [kind, name] = [source.at('kind').text, source.at('name').text];
    return (kind === 'ConfigMap' || kind === 'Secret') && name !== undefined && !isUnknown(name)
      ? [{ kind, name, from: placeOf(source) }]
      : [];
  });
}
