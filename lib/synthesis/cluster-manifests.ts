import { ApiObject, type Chart } from 'cdk8s';
import { commentsOf } from '../kubernetes/comment.ts';
import { reasonsOf } from '../kubernetes/reasons.ts';
import type { Cluster } from '../layers/clusters.ts';
import type { KubernetesObject, Manifest } from '../manifests/manifest.ts';
import type { Plan } from '../plan/plan.ts';

/** The manifests of one Kubernetes cluster of one installation. */
export interface SynthesizedCluster {
  readonly plan: Plan;
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** A built cluster as plain objects, layer by layer, with the `kustomization.yaml` of each. */
export function synthesizedCluster(cluster: Cluster): SynthesizedCluster {
  return { plan: cluster.plan, name: cluster.name, manifests: manifestsOf(cluster) };
}

function manifestsOf({ plan, name, charts }: Cluster): Manifest[] {
  return charts.flatMap((chart) =>
    layerManifests(`${plan.installation.name}/${name}/${chart.node.id}`, chart),
  );
}

function layerManifests(folder: string, chart: Chart): Manifest[] {
  const manifests = chart.node
    .findAll()
    .flatMap((node) => (ApiObject.isApiObject(node) ? [objectManifest(folder, node)] : []));
  return [kustomizationFile(folder, manifests), ...manifests].sort((one, other) =>
    one.file < other.file ? -1 : 1,
  );
}

function objectManifest(folder: string, apiObject: ApiObject): Manifest {
  const object: KubernetesObject = apiObject.toJson();
  return {
    file: `${folder}/${object.kind.toLowerCase()}.${apiObject.name}.yaml`,
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
  const resources = manifests.map(({ file }) => file.slice(folder.length + 1)).sort();
  return {
    file: `${folder}/kustomization.yaml`,
    object: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources },
    comments: [],
    position: () => undefined,
  };
}
