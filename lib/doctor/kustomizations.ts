import { skipAnnotation } from '../kubernetes/argocd.ts';
import type { Field } from '../manifests/field.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { nameOf } from '../manifests/name.ts';
import { reconciliationOf, suspensionOf } from '../runbook/delivery.ts';
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

/** The kind of a layer's object in Argo CD. */
const applications = {
  apiVersion: 'argoproj.io/v1alpha1',
  resource: 'applications',
  full: 'applications.argoproj.io',
} as const;

/** Who applies the layers of an installation, and where and how it is told. */
export interface Deliverer {
  readonly called: 'Flux' | 'Argo CD';
  readonly kind: typeof kustomizations | typeof applications;
  readonly namespace: string;
  /** The command that has a layer applied at once. */
  readonly apply: (layer: string) => string;
  /** The command that has a layer applied again that somebody stopped. */
  readonly resume: (layer: string) => string;
}

/** Who applies the layers of an installation. */
export function delivererOf({ plan, kubectl }: Pick<Subject, 'plan' | 'kubectl'>): Deliverer {
  const { flux, argocd } = plan.installation;
  return argocd === undefined
    ? {
        called: 'Flux',
        kind: kustomizations,
        namespace: flux.namespace,
        apply: (layer) => reconciliationOf(kubectl, layer, flux.namespace),
        resume: (layer) => suspensionOf(kubectl, layer, flux.namespace, false),
      }
    : {
        called: 'Argo CD',
        kind: applications,
        namespace: argocd.namespace,
        apply: (layer) =>
          `${kubectl} annotate ${applications.full} ${layer} --namespace ${argocd.namespace} --overwrite argocd.argoproj.io/refresh=normal`,
        resume: (layer) =>
          `${kubectl} annotate ${applications.full} ${layer} --namespace ${argocd.namespace} ${skipAnnotation}-`,
      };
}

/** What dist has for each layer: a Kustomization of Flux, or an Application of Argo CD. */
export function layersOf({ plan, manifests }: Pick<Subject, 'manifests' | 'plan'>): readonly Manifest[] {
  const [kind, group] =
    plan.installation.argocd === undefined
      ? ['Kustomization', 'kustomize.toolkit.fluxcd.io/']
      : ['Application', 'argoproj.io/'];
  return manifests.filter(({ object }) => object.kind === kind && object.apiVersion.startsWith(group));
}

/** Those of them that the cluster has, by name. */
export async function listedKustomizations(
  subject: Subject,
  cluster: LivingCluster,
): Promise<Answer<readonly Field[]>> {
  const { kind, namespace } = delivererOf(subject);
  const names = new Set(layersOf(subject).map(({ object }) => object.metadata?.name));
  const answer = await cluster.get(listPath({ ...kind, namespace }));
  if (answer.kind === 'absent') return { kind: 'seen', value: [] };
  return answer.kind === 'seen'
    ? { kind: 'seen', value: liveItems(answer.value).filter((one) => names.has(nameOf(one))) }
    : answer;
}
