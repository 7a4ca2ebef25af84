import { Field } from '../../manifests/field.ts';
import { appliedBy } from '../../manifests/views/flux.ts';
import { folderOf } from '../../manifests/views/layer.ts';
import { type Piece, take } from '../piece.ts';
import { pieceOf, placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The Application of Argo CD, or the ApplicationSet, that applies Immich today; undefined where Flux does, or nobody known. */
export function applicationOf({ inventory, server }: Subject): Field | undefined {
  if (appliedBy(inventory, server.workload.manifest) !== undefined) return undefined;
  const folder = folderOf(server.workload.manifest.file);
  const all = inventory.manifests
    .filter(
      ({ object: { apiVersion, kind } }) =>
        apiVersion.startsWith('argoproj.io/') && ['Application', 'ApplicationSet'].includes(kind),
    )
    .map(Field.of);
  const leads = all.filter((one) =>
    sourcesOf(one).some((source) => {
      const path = (source.at('path').text ?? '').replace(/^(\.?\/)+|\/+$/g, '');
      return path !== '' && `${folder}/`.startsWith(`${path}/`);
    }),
  );
  // Of those that have nothing of Immich in them only the names are read; where there is no Flux, one of them applies it.
  return leads[0] ?? all.find((one) => repositoryOf(one).exists) ?? all[0];
}

/** How Argo CD finds dist, where it is what applies Immich today. */
export function argocdPieces(application: Field): Piece[] {
  const namespace = application.at('metadata', 'namespace');
  return [
    take(['deliver'], 'argocd', placeOf(application)),
    ...pieceOf(['argocd', 'repository'], repositoryOf(application), {
      what: 'the URL of the repository that will hold dist, as Argo CD knows it',
      standIn: 'https://git.example.com/home/cluster.git',
    }),
    ...(namespace.text === undefined || namespace.text === 'argocd'
      ? []
      : pieceOf(['argocd', 'namespace'], namespace)),
  ];
}

/** The git repository of an Application; a chart has no path in it. */
function repositoryOf(application: Field): Field {
  const sources = sourcesOf(application);
  const source = sources.find((one) => one.at('path').exists || one.at('ref').exists) ?? sources[0];
  return source?.at('repoURL') ?? application.at('spec', 'source', 'repoURL');
}

function sourcesOf(application: Field): Field[] {
  const spec =
    application.manifest.object.kind === 'ApplicationSet'
      ? application.at('spec', 'template', 'spec')
      : application.at('spec');
  const [source, sources] = [spec.at('source'), spec.at('sources')];
  return [...(source.exists ? [source] : []), ...sources.items];
}
