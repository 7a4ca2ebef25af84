import type { KubernetesObject } from '../manifests/manifest.ts';
import { keptAnnotations } from './data.ts';

/**
 * What keeps an object from Argo CD when its file goes, and when its Application does.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export const keptByArgoCD = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const;

/** The annotation of an Application that Argo CD leaves alone: https://argo-cd.readthedocs.io/en/stable/user-guide/skip_reconcile/ */
export const skipAnnotation = 'argocd.argoproj.io/skip-reconcile';

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#ignoring-child-resource-health-check-in-applications */
const unwatched = { 'argocd.argoproj.io/ignore-healthcheck': 'true' } as const;

/** Kinds that are not healthy for long times, or after a failure, though nothing has to wait for them. */
const waitingKinds = ['PersistentVolumeClaim', 'CronJob'];

/**
 * An object as Argo CD has to be told of it: what Flux leaves alone Argo CD does too, and of a layer that nobody waits
 * for no claim and no CronJob holds up the waves.
 */
export function forArgoCD(object: KubernetesObject, isWaitedFor: boolean): KubernetesObject {
  const annotations = Object.entries(object.metadata?.annotations ?? {});
  const others = annotations.filter(([key]) => !Object.hasOwn(keptAnnotations, key));
  const added = {
    ...(others.length < annotations.length ? keptByArgoCD : {}),
    ...(!isWaitedFor && waitingKinds.includes(object.kind) ? unwatched : {}),
  };
  return Object.keys(added).length === 0
    ? object
    : {
        ...object,
        metadata: { ...object.metadata, annotations: { ...Object.fromEntries(others), ...added } },
      };
}
