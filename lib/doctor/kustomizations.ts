import type { Field } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { nameOf } from '../manifests/name.ts';
import type { Subject } from './check.ts';
import type { Answer, LivingCluster } from './cluster.ts';
import { liveItems } from './live.ts';
import { listPath } from './path.ts';

/** The kind of a layer's object in Flux. */
export const kustomizations = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  resource: 'kustomizations',
  full: 'kustomizations.kustomize.toolkit.fluxcd.io',
} as const;

/** The Kustomizations that dist has, one for each layer. */
export function layersOf({ manifests }: Pick<Subject, 'manifests'>): readonly Manifest[] {
  return manifests.filter(
    ({ object }) =>
      object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'),
  );
}

/** Those of them that the cluster has, by name. */
export async function listedKustomizations(
  subject: Subject,
  cluster: LivingCluster,
): Promise<Answer<readonly Field[]>> {
  const { namespace } = subject.plan.installation.flux;
  const names = new Set(layersOf(subject).map(({ object }) => object.metadata?.name));
  const answer = await cluster.get(listPath({ ...kustomizations, namespace }));
  if (answer.kind === 'absent') return { kind: 'seen', value: [] };
  return answer.kind === 'seen'
    ? { kind: 'seen', value: liveItems(answer.value).filter((one) => names.has(nameOf(one))) }
    : answer;
}
