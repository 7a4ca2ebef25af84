import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ArgoCD } from '../installation/argocd.ts';
import { clusterFolderOf, layerNameOf } from '../installation/delivery.ts';
import type { Installation } from '../installation/installation.ts';
import { comment } from '../kubernetes/comment.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import type { LayerPlan } from './layer.ts';

export interface ArgoCDProps {
  readonly installation: Installation;
  readonly cluster: string;
  readonly argocd: ArgoCD;
  readonly layers: readonly LayerPlan[];
}

/**
 * One Application per layer, for an Application above them that applies their folder: it begins a wave when all of the
 * one before are healthy. Its type is written out here, not generated, for the sake of start-up.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/#app-of-apps-pattern
 */
export function applications(scope: Construct, props: ArgoCDProps): void {
  const { installation, cluster, argocd, layers } = props;
  const waves = wavesOf(layers);
  for (const layer of layers) {
    const name = layerNameOf(installation, layer.name);
    const application = new ApiObject(scope, name, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: argocd.namespace,
        labels: ownLabels,
        annotations: {
          'argocd.argoproj.io/sync-wave': String(waves.get(layer.name)),
          // Operators and the API server fill in fields, which would count as drift for ever.
          'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
        },
        // With it what the layer applied goes with the Application; without it all stays.
        ...(layer.keepsObjects ? {} : { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
      },
      spec: {
        project: argocd.project,
        source: {
          repoURL: argocd.repository,
          targetRevision: argocd.revision,
          path: [argocd.path, clusterFolderOf(installation, cluster), layer.name].join('/'),
        },
        destination: {
          server: argocd.server ?? 'https://kubernetes.default.svc',
          namespace: installation.namespace,
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['ServerSideApply=true'],
          retry: { limit: -1, backoff: { duration: '30s', factor: 2, maxDuration: '2m' } },
        },
      },
    });
    if (layer.readiness.kind === 'applied') {
      comment(
        application,
        ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
        'Nothing waits for the health of its claims, which are bound when a later wave has pods for them.',
      );
    }
  }
}

/** Each layer comes in a wave after those that it waits for. */
function wavesOf(layers: readonly LayerPlan[]): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  const waveOf = (name: string): number => {
    const known = waves.get(name);
    if (known !== undefined) return known;
    const before = layers.find((layer) => layer.name === name)?.after ?? [];
    const wave = Math.max(-1, ...before.map(waveOf)) + 1;
    waves.set(name, wave);
    return wave;
  };
  for (const { name } of layers) waveOf(name);
  return waves;
}
