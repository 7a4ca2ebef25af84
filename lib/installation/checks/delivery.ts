import type { Place } from '../../schema/place.ts';
import type { ArgoCD } from '../argocd.ts';
import type { Flux } from '../flux.ts';
import type { SecretsSource } from '../secrets.ts';

interface Delivery {
  readonly deliver: 'flux' | 'argocd';
  readonly argocd: ArgoCD | undefined;
  readonly flux: Flux;
  readonly secrets: SecretsSource;
  readonly clusters: { readonly app: string | undefined; readonly database: string | undefined };
}

/** What applies dist is one of two, and what is said of the other would do nothing. */
export function checkDelivery({ deliver, argocd, flux, secrets, clusters }: Delivery, at: Place): void {
  if (at.isFaulty('deliver')) return;
  if (deliver === 'flux') {
    if (argocd !== undefined) {
      at.in('argocd').error(
        'Flux applies dist, so that this does nothing. Write deliver: argocd, or remove it.',
      );
    }
    return;
  }
  if (argocd === undefined && !at.isFaulty('argocd')) {
    at.in('deliver').error(
      'Argo CD has to be told where dist is. Write argocd: { repository: https://git.example.com/home/cluster.git }.',
    );
  }
  if (secrets.kind === 'sops') {
    at.in('secrets').error(
      'Only Flux decrypts what SOPS has encrypted, and Argo CD applies dist. Write byHand: {} or externalSecrets.',
    );
  }
  if (at.isFaulty('flux')) return;
  const ofFlux: readonly (readonly [string, boolean])[] = [
    ['substitute', flux.substitute !== undefined],
    ['layout', flux.layout !== 'layers'],
    ['dependsOn', flux.dependsOn.length > 0],
    ['components', flux.components.length > 0],
    ['commonMetadata', Object.values(flux.commonMetadata).some((entries) => Object.keys(entries).length > 0)],
  ];
  for (const [key, isSaid] of ofFlux) {
    if (isSaid) at.in('flux', key).error('Only Flux does that, and Argo CD applies dist. Remove it.');
  }
  if (argocd?.server !== undefined && clusters.database !== undefined && clusters.database !== clusters.app) {
    at.in('argocd', 'server').error(
      'There are two Kubernetes clusters, and this is the URL of one. Remove it, and run an Argo CD in each of them.',
    );
  }
}
