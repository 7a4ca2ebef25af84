import type { Draft } from './comparison.ts';
import type { State } from './state.ts';

/** Who applies dist. */
export type Deliverer = 'Flux' | 'Argo CD';

/** Who applies a state of our own; Flux where nothing says otherwise. */
export function delivererOf({ source, clusters }: State): Deliverer {
  const isByArgoCD =
    source !== undefined &&
    [...clusters.values()].some((manifests) =>
      manifests.some(
        ({ object }) => object.kind === 'Application' && object.apiVersion.startsWith('argoproj.io/'),
      ),
    );
  return isByArgoCD ? 'Argo CD' : 'Flux';
}

/** What the kinds of change say of Flux, where Argo CD does the same in its place. */
export function inWordsOf(deliverer: Deliverer, draft: Draft): Draft {
  if (deliverer === 'Flux' || draft.what === 'deliver') return draft;
  return { ...draft, sentence: inWords(draft.sentence), steps: draft.steps?.map(inWords) };
}

function inWords(text: string): string {
  return text
    .replaceAll(
      'kustomize.toolkit.fluxcd.io/prune: disabled',
      'argocd.argoproj.io/sync-options: Prune=false,Delete=false',
    )
    .replace(/\bflux tree kustomization\b/g, 'argocd app resources')
    .replace(/\bKustomization(s?)\b/g, 'Application$1')
    .replace(/\bFlux\b/g, 'Argo CD');
}
