import { folderOf } from '../manifests/layer.ts';
import type { Outline } from '../manifests/outline.ts';

/**
 * Tells which documents of a repository have to be read whole. Reading takes nearly all of an audit's time, and most
 * of a repository has nothing to do with Immich: what stands neither in a namespace nor in a folder where Immich or a
 * database stands can be known by its name.
 */
export class Relevance {
  readonly #namespaces = new Set<string>();
  readonly #folders = new Set<string>();

  /** Takes notice of a document. All have to be added before the first question. */
  add({ document, apiVersion, kind, namespace }: Outline): void {
    if (isDatabase(apiVersion) || (IMMICH.test(document.text) && kind !== 'Kustomization')) {
      if (namespace !== undefined) {
        this.#namespaces.add(namespace);
      }
      const folder = folderOf(document.file);
      this.#folders.add(folder);
      // home-ops repositories keep an application's parts in sibling folders: app, database, ks.yaml above both.
      this.#folders.add(folderOf(folder));
    }
  }

  /** Whether the rules may ask for more than kind and name of a document. */
  isNeeded({ document, apiVersion, kind, namespace, certain }: Outline): boolean {
    if (!certain || KUSTOMIZE.test(apiVersion) || isDatabase(apiVersion) || IMMICH.test(document.text)) {
      return true;
    }
    if (UNREAD.has(kind)) {
      return false;
    }
    return (
      (namespace !== undefined && this.#namespaces.has(namespace)) ||
      this.#folders.has(folderOf(document.file)) ||
      (SHARED.has(kind) && this.#folders.size > 0)
    );
  }
}

const IMMICH = /immich/i;
const KUSTOMIZE = /^(kustomize\.config\.k8s\.io|kustomize\.toolkit\.fluxcd\.io)\//;

/** Kinds that no rule looks into. */
const UNREAD = new Set([
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
]);

/** Kinds that are used from other namespaces. */
const SHARED = new Set(['OCIRepository', 'HelmChart', 'ExternalSecret', 'SealedSecret', 'Certificate']);

function isDatabase(apiVersion: string): boolean {
  return apiVersion.startsWith('postgresql.cnpg.io/') || apiVersion.startsWith('barmancloud.cnpg.io/');
}
