import { kustomizationPrefix } from '../names.ts';
import type { Flux } from './flux.ts';
import type { Installation } from './installation.ts';

/** The layer whose Kustomization has the bare name in the layout of cluster-template. */
const mainLayer = 'app';

/** Every layer that an installation may have. */
export const layerNames = [
  ...['namespace', 'secrets', 'drill-secrets', 'protection', 'storage', 'snapshots', 'backup'],
  ...['import', 'database', 'indexes', 'drill', 'app', 'route', 'traefik', 'monitoring'],
] as const;

/** What of an installation its folders and names follow from. */
type Laid = Pick<Installation, 'name' | 'flux'>;

/** The name of the Kustomization of Flux, or the Application of Argo CD, for a layer. */
export function layerNameOf({ name, flux }: Laid, layer: string): string {
  switch (flux.layout) {
    case 'layers':
      return `${kustomizationPrefix(name)}${layer}`;
    case 'cluster-template':
      return layer === mainLayer ? name : `${name}-${layer}`;
  }
}

/** Whether a Kustomization is called like one of a layer of the installation, also of one that it no longer has. */
export function isNamedLikeLayer({ name, flux }: Laid, kustomization: string): boolean {
  if (flux.layout === 'cluster-template' && kustomization === name) return true;
  const start = flux.layout === 'layers' ? kustomizationPrefix(name) : `${name}-`;
  return kustomization.startsWith(start) && isLayer(kustomization.slice(start.length));
}

/** Also one that is no longer made; only one layer has a hyphen in its name, and another installation may. */
function isLayer(name: string): boolean {
  return /^[a-z]+$/.test(name) || layerNames.some((one) => one === name);
}

/**
 * The folder inside dist for one Kubernetes cluster. That of cluster-template, which describes one cluster, has none
 * between an application and its layers.
 */
export function clusterFolderOf(
  { name, flux, clusters }: Laid & Pick<Installation, 'clusters'>,
  cluster: string,
): string {
  const isAlone = clusters.app === name && clusters.database === name;
  return flux.layout === 'cluster-template' && isAlone ? name : `${name}/${cluster}`;
}

/** The folder beside those of the layers with what applies them. */
export function deliveryFolderOf({ argocd }: Pick<Installation, 'argocd'>): 'flux' | 'argocd' {
  return argocd === undefined ? 'flux' : 'argocd';
}

/** The folder inside dist that Flux, or Argo CD, is pointed at: all else follows from it. */
export function pointedFolderOf(
  installation: Laid & Pick<Installation, 'clusters' | 'argocd'>,
  cluster: string,
): string {
  const folder = clusterFolderOf(installation, cluster);
  return installation.flux.layout === 'layers' ? `${folder}/${deliveryFolderOf(installation)}` : folder;
}

/** Where dist stands in the repository that Flux or Argo CD reads. */
export function distPathOf({ flux, argocd }: Pick<Installation, 'flux' | 'argocd'>): string {
  return (argocd ?? flux).path;
}

/**
 * The namespace of the source. What stands above a folder of cluster-template moves Kustomizations into a namespace of
 * its own, and its source stays with Flux.
 */
export function sourceNamespaceOf({ layout, namespace, source }: Flux): string {
  return source.namespace ?? (layout === 'cluster-template' ? 'flux-system' : namespace);
}
