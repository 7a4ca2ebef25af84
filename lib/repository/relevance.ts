import { folderOf } from '../manifests/views/layer.ts';
import type { Outline } from './outline.ts';

/** Tells which documents of a repository somebody has to see whole; of the others kind and name are enough. */
export interface Interest {
  /** Takes notice of a document. All have to be added before the first question. */
  add(one: Outline): void;
  /** Takes notice of a file that has to do with Immich, whether or not it holds objects. */
  addFile(file: string): void;
  /** Whether a document could be needed, whatever else is found. */
  isEverNeeded(one: Outline): boolean;
  /** Whether more than kind and name of a document may be asked for. */
  isNeeded(one: Outline): boolean;
}

/**
 * What the rules of the audit need. Reading takes nearly all of an audit's time, and most
 * of a repository has nothing to do with Immich: what stands neither in a namespace nor in a folder where Immich or a
 * database stands can be known by its name.
 */
export class Relevance implements Interest {
  readonly #namespaces = new Set<string>();
  readonly #folders = new Set<string>();
  /** The folders above those, and these themselves. */
  readonly #above = new Set<string>(['']);
  /** The last two steps of those folders, by which Flux names them, and the last one, by which kustomizations do. */
  readonly #ends = new Set<string>();
  /** The kustomizations of which it is not known yet whether they lead there. */
  #kustomizations: Outline[] = [];

  add(one: Outline): void {
    const { document, apiVersion, kind, namespace } = one;
    if (isKustomize(apiVersion)) {
      this.#kustomizations.push(one);
    }
    if (isDatabase(apiVersion) || (immich.test(document.text) && kind !== 'Kustomization')) {
      if (namespace !== undefined) {
        this.#namespaces.add(namespace);
      }
      this.addFile(document.file);
    }
  }

  addFile(file: string): void {
    const folder = folderOf(file);
    // home-ops repositories keep an application's parts in sibling folders: app, database, ks.yaml above both.
    for (const one of [folder, folderOf(folder)]) {
      this.#folders.add(one);
      this.#addAbove(one);
    }
  }

  #addAbove(folder: string): void {
    for (let at = folder; at !== '' && !this.#above.has(at); at = folderOf(at)) {
      this.#above.add(at);
      this.#ends.add(lastSteps(at, 1)).add(lastSteps(at, 2));
    }
  }

  /** Definitions of resources, the largest of all, never are. */
  isEverNeeded({ document, kind, certain }: Outline): boolean {
    return !certain || !unread.has(kind) || immich.test(document.text);
  }

  isNeeded(one: Outline): boolean {
    const { document, apiVersion, kind, namespace, certain } = one;
    this.#followOverlays();
    if (isDatabase(apiVersion) || immich.test(document.text)) {
      return true;
    }
    if (isKustomize(apiVersion)) {
      return kind === 'Component' || this.#leadsToImmich(one);
    }
    if (apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
      return (
        special.test(document.text) ||
        !/^ {2}path:/m.test(document.text) ||
        this.#ends.has(lastSteps(/^ {2}path: *["']?([^\s"']+)/m.exec(document.text)?.[1] ?? '', 2))
      );
    }
    if (!certain) {
      return true;
    }
    if (unread.has(kind)) {
      return false;
    }
    if (kind === 'HelmRelease' && proxies.test(one.name ?? '')) {
      return this.#folders.size > 0;
    }
    return (
      (namespace !== undefined && this.#namespaces.has(namespace)) ||
      this.#folders.has(folderOf(document.file)) ||
      (shared.has(kind) && this.#folders.size > 0)
    );
  }

  /** Overlays stand elsewhere and name the folder of a base: what leads to them leads there, too. */
  #followOverlays(): void {
    for (let left = this.#kustomizations; left.length > 0; ) {
      const others = left.filter((one) => !this.#leadsToImmich(one));
      for (const one of left) {
        if (!others.includes(one)) this.#addAbove(folderOf(one.document.file));
      }
      left = others.length < left.length ? others : [];
    }
    this.#kustomizations = [];
  }

  /** A kustomization in, above or below such a folder, or one that names it from elsewhere. */
  #leadsToImmich({ document: { file, text } }: Outline): boolean {
    const folder = folderOf(file);
    if (this.#above.has(folder)) {
      return true;
    }
    for (let at = folder; at !== ''; at = folderOf(at)) {
      if (this.#folders.has(at)) {
        return true;
      }
    }
    return [...text.matchAll(/(?:^\s*-\s+|[[,]\s*)["']?(\.\.\/[^\s"',\]]+)/gm)].some(([, path = '']) =>
      this.#ends.has(lastSteps(path, 1)),
    );
  }
}

function lastSteps(path: string, count: number): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .slice(-count)
    .join('/');
}

/** What makes a Flux Kustomization matter that leads elsewhere: it may hold a database, or change others. */
const special = /cnpg\.io|^ {2}(force|patches|components):/m;

/** What has to do with Immich. */
export const immich = /immich|\/cloudnative-pg:/i;

/** Kinds that no rule looks into. */
const unread = new Set([
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
]);

/** Kinds that are used from other namespaces. */
const shared = new Set([
  'OCIRepository',
  'HelmChart',
  'ExternalSecret',
  'SealedSecret',
  'Certificate',
  // They stand in no namespace, so that nothing but their names ties them to Immich.
  'Namespace',
  'PersistentVolume',
  'StorageClass',
  // What Traefik serves to routes without a certificate of their own.
  'TLSStore',
  // It lets pods of every namespace out.
  'CiliumClusterwideNetworkPolicy',
  // The queue of Immich's jobs, which applications often share.
  'Dragonfly',
  // What stands in front of routes of other namespaces.
  'Gateway',
  'GatewayClass',
  'BackendTrafficPolicy',
]);

/** Releases of what stands in front of Immich, by the names that they usually have. */
const proxies = /traefik|nginx/;

function isKustomize(apiVersion: string): boolean {
  return apiVersion.startsWith('kustomize.config.k8s.io/');
}

function isDatabase(apiVersion: string): boolean {
  return apiVersion.startsWith('postgresql.cnpg.io/') || apiVersion.startsWith('barmancloud.cnpg.io/');
}
