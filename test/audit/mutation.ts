import { audit } from '../../lib/audit/audit.ts';
import { Inventory } from '../../lib/manifests/inventory.ts';
import type { Manifest } from '../../lib/manifests/manifest.ts';
import { externalsOf } from '../../lib/synthesis/externals.ts';
import { type SynthesizedCluster, synthesize } from '../../lib/synthesis/synthesis.ts';

/** An object that can be broken. */
export type Breakable = ReturnType<typeof JSON.parse>;

/** The manifests of one Kubernetes cluster, to be broken at one place. */
export class Breakage {
  readonly #cluster: SynthesizedCluster;
  #manifests: { readonly file: string; readonly object: Breakable }[];

  constructor(cluster: SynthesizedCluster) {
    this.#cluster = cluster;
    this.#manifests = cluster.manifests.map(({ file, object }) => ({
      file: file.split('/').slice(2).join('/'),
      object: JSON.parse(JSON.stringify(object)),
    }));
  }

  /** The object in a file such as `app/service.immich-server.yaml`. */
  at(file: string): Breakable {
    const found = this.#manifests.find((manifest) => manifest.file === file);
    if (found === undefined) throw new Error(`There is no ${file}.`);
    return found.object;
  }

  /** Takes a file away, and out of the kustomization of its folder. */
  remove(file: string): void {
    const [folder, name] = file.split('/');
    this.at(file);
    this.#manifests = this.#manifests.filter((manifest) => manifest.file !== file);
    const kustomization = this.at(`${folder}/kustomization.yaml`);
    kustomization.resources = kustomization.resources.filter((resource: string) => resource !== name);
  }

  /** Adds a copy of a file, and names it in the kustomization of its folder. */
  copy(file: string, to: string): void {
    const [folder, name] = to.split('/');
    this.#manifests.push({ file: to, object: JSON.parse(JSON.stringify(this.at(file))) });
    this.at(`${folder}/kustomization.yaml`).resources.push(name);
  }

  /** The ids of the rules that now find something, once each. */
  findings(): string[] {
    const { plan, name, manifests } = this.#cluster;
    const folder = manifests[0]?.file.split('/').slice(0, 2).join('/');
    const broken = this.#manifests.map(
      ({ file, object }): Manifest => ({
        file: `${folder}/${file}`,
        object,
        comments: [],
        position: () => undefined,
      }),
    );
    const externals = externalsOf(plan, name);
    const found = audit(new Inventory(broken, { externals, complete: true }));
    return [...new Set(found.map(({ rule }) => rule))].sort();
  }
}

/** The clusters of an installation, as data: each test breaks a copy. */
export function clustersOfText(text: string): readonly SynthesizedCluster[] {
  const { clusters, findings } = synthesize(new Map([['installations/x.yaml', text]]));
  if (clusters.length === 0 || findings.length > 0) throw new Error('The installation is not clean.');
  return clusters;
}
