import { ApiObject, type Chart } from 'cdk8s';
import { clusterFolderOf } from '../installation/delivery.ts';
import { forArgoCD } from '../kubernetes/argocd.ts';
import { commentsOf } from '../kubernetes/comment.ts';
import { reasonsOf } from '../kubernetes/reasons.ts';
import type { Cluster } from '../layers/clusters.ts';
import type { KubernetesObject, Manifest } from '../manifests/manifest.ts';
import type { Plan } from '../plan/plan.ts';

/** The manifests of one Kubernetes cluster of one installation. */
export interface SynthesizedCluster {
  readonly plan: Plan;
  readonly name: string;
  /** How many objects each of its layers has. */
  readonly layers: ReadonlyMap<string, number>;
  /** Let go, and so empty, where the texts of all of them are the same in what is there. */
  readonly manifests: readonly Manifest[];
}

/** A built cluster as plain objects, layer by layer, with the `kustomization.yaml` of each. */
export function synthesizedCluster(cluster: Cluster): SynthesizedCluster {
  const { plan, name } = cluster;
  const manifests = manifestsOf(cluster);
  return { plan, name, layers: layersOf(manifests), manifests };
}

function layersOf(manifests: readonly Manifest[]): Map<string, number> {
  const layers = new Map<string, number>();
  for (const { file } of manifests) {
    const [base, folder = ''] = file.split('/').reverse();
    const layer = base === fluxFile ? 'flux' : folder;
    if (base !== 'kustomization.yaml') layers.set(layer, (layers.get(layer) ?? 0) + 1);
  }
  return layers;
}

function manifestsOf({ plan: { installation }, name, charts, unwaited }: Cluster): Manifest[] {
  const isForArgoCD = installation.argocd !== undefined;
  const folder = clusterFolderOf(installation, name);
  const isTemplate = installation.flux.layout === 'cluster-template';
  return charts.flatMap((chart) => {
    const layer = chart.node.id;
    const delivered = (object: KubernetesObject) =>
      isForArgoCD ? forArgoCD(object, !unwaited.has(layer)) : object;
    if (isTemplate && layer === 'flux') {
      return layerManifests({ folder, chart, delivered, fileName: () => fluxFile });
    }
    const place = `${folder}/${layer}`;
    return installation.files === 'object'
      ? layerManifests({
          folder: place,
          chart,
          delivered,
          fileName: (object) => `${fileNameOf(object)}.yaml`,
        })
      : isTemplate
        ? // Nothing else is in the folder, so that Flux itself writes what would stand in a kustomization.yaml.
          objectManifests({ folder: place, chart, delivered, fileName: () => `${layer}.yaml` })
        : layerManifests({ folder: place, chart, delivered, fileName: () => `${layer}.yaml` });
  });
}

/** The file with Flux's own objects, as in onedr0p/cluster-template. */
const fluxFile = 'ks.yaml';

/** A chart, and how its objects stand in a folder. */
interface Placed {
  readonly folder: string;
  readonly chart: Chart;
  readonly fileName: (object: ApiObject) => string;
  /** An object as whoever applies it has to be told of it. */
  readonly delivered: (object: KubernetesObject) => KubernetesObject;
}

function layerManifests(placed: Placed): Manifest[] {
  const { folder } = placed;
  const manifests = objectManifests(placed);
  return [kustomizationFile(folder, manifests), ...manifests].sort((one, other) =>
    one.file < other.file ? -1 : one.file > other.file ? 1 : 0,
  );
}

function objectManifests({ folder, chart, fileName, delivered }: Placed): Manifest[] {
  return chart.node
    .findAll()
    .flatMap((node) =>
      ApiObject.isApiObject(node) ? [objectManifest(`${folder}/${fileName(node)}`, node, delivered)] : [],
    );
}

function fileNameOf({ kind, name }: ApiObject): string {
  return `${kind.toLowerCase()}.${name}`;
}

function objectManifest(file: string, apiObject: ApiObject, delivered: Placed['delivered']): Manifest {
  const object = delivered(apiObject.toJson());
  return {
    file,
    object,
    comments: [...commentsOf(apiObject), ...reasonsOf(object)],
    position: () => undefined,
  };
}

/**
 * What Flux and kustomize read first. With it they take exactly these files, and nothing that somebody left beside
 * them: https://fluxcd.io/flux/faq/#are-there-two-kustomization-types
 */
function kustomizationFile(folder: string, manifests: readonly Manifest[]): Manifest {
  const resources = [...new Set(manifests.map(({ file }) => file.slice(folder.length + 1)))].sort();
  return {
    file: `${folder}/kustomization.yaml`,
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources },
    comments: [],
    position: () => undefined,
  };
}
