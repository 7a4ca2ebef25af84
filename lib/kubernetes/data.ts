/** The label of every object that holds data; its value is the namespace of the installation. */
export const dataLabel = 'immich-cdk8s/data';

/** The annotation that says that a deletion is meant, with the value `allowed`. */
export const deletionAnnotation = 'immich-cdk8s/delete';

/** Annotations of an object that Flux leaves alone when its file goes. */
export const keptAnnotations = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const;

/**
 * Annotations of an object that Helm leaves alone when its release goes:
 * https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export const keptByHelm = { 'helm.sh/resource-policy': 'keep' } as const;

/**
 * Labels and annotations of an object that holds data, or whose deletion would delete data.
 *
 * Flux keeps it when its file goes (https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-pruning-of-resources),
 * and the delete guard refuses everybody else.
 */
export function dataMetadata(namespace: string): {
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
} {
  return {
    labels: { [dataLabel]: namespace },
    annotations: keptAnnotations,
  };
}
