import {
  clusterFolderOf,
  deliveryFolderOf,
  distPathOf,
  isNamedLikeLayer,
} from '../../installation/delivery.ts';
import type { Installation } from '../../installation/installation.ts';
import { dataLabel } from '../../kubernetes/data.ts';
import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { nameOf } from '../../manifests/name.ts';
import { isKustomizeFile } from '../../manifests/views/layer.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayWarning } from '../finding.ts';
import { delivererOf, layersOf } from '../kustomizations.ts';
import { liveItems } from '../live.ts';
import { resourceOf } from '../objects.ts';
import { listPath } from '../path.ts';

/** What dist no longer has and the cluster still does: kept data, and layers that are gone. */
export const leftovers: Check = {
  id: 'leftovers',
  title: 'What dist no longer has',
  isOfLife: true,
  look: async (subject, cluster) => {
    const places = placesOf(subject);
    const looked = await Promise.all(places.map((place) => lookInto(place, subject, cluster)));
    return [...looked.flat(), ...(await formerLayers(subject, cluster))];
  },
};

/** Objects of one kind in one namespace, or in none. */
interface Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
}

/** Where dist has something, and where what holds data stays when dist has none of it any more. */
function placesOf({ plan, manifests }: Subject): readonly Place[] {
  const { namespace } = plan.installation;
  const places = [
    ...manifests.filter((manifest) => !isKustomizeFile(manifest)).map(placeOf),
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace },
    { apiVersion: 'v1', kind: 'PersistentVolume', namespace: undefined },
    { apiVersion: 'v1', kind: 'Namespace', namespace: undefined },
    { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', namespace },
    { apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore', namespace },
  ];
  const once = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...once.values()].filter(({ kind }) => kind !== 'Kustomization' && kind !== 'Secret');
}

function placeOf({ object }: Manifest): Place {
  return { apiVersion: object.apiVersion, kind: object.kind, namespace: object.metadata?.namespace };
}

async function lookInto(
  place: Place,
  { plan, manifests, kubectl }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { apiVersion, kind, namespace } = place;
  const resource = await resourceOf(apiVersion, kind, cluster);
  if (resource.kind !== 'seen') return [];
  const known = new Set(
    manifests
      .filter(({ object }) => object.kind === kind && object.metadata?.namespace === namespace)
      .map(({ object }) => object.metadata?.name ?? ''),
  );
  const answer = await cluster.get(listPath({ apiVersion, resource: resource.value, namespace }));
  return judge(answer, `${kind}s that dist no longer has`, {
    seen: (value) =>
      liveItems(value)
        .filter((object) => isOfLayer(object, plan.installation) && !known.has(nameOf(object)))
        .map((object) =>
          leftover(object, place, `${kubectl} delete ${resource.value}${groupOf(apiVersion)}`),
        ),
  });
}

/**
 * The layer that applied an object: Flux labels it, https://fluxcd.io/flux/components/kustomize/kustomizations/#prune,
 * and Argo CD annotates it, https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
function layerNamedBy(object: Field): string | undefined {
  const tracked = object.at('metadata', 'annotations').labels['argocd.argoproj.io/tracking-id'];
  return object.at('metadata', 'labels').labels['kustomize.toolkit.fluxcd.io/name'] ?? tracked?.split(':')[0];
}

function isOfLayer(object: Field, installation: Installation): boolean {
  const layer = layerNamedBy(object);
  return layer !== undefined && isNamedLikeLayer(installation, layer);
}

function leftover(object: Field, { kind, namespace }: Place, remove: string): Finding {
  const name = nameOf(object);
  const called = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const command = `${remove} ${name}${namespace === undefined ? '' : ` --namespace ${namespace}`}`;
  const holdsData = object.at('metadata', 'labels').labels[dataLabel] !== undefined;
  return holdsData
    ? sayWarning(
        `${called} is kept, since it holds data; dist has it no longer.`,
        `Keep it until nobody needs it. "Delete on purpose" in RUNBOOK.md says how it is deleted then.`,
      )
    : sayWarning(
        `${called} is in the cluster, and dist has it no longer.`,
        'Where nobody needs it:',
        command,
      );
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : `.${apiVersion.slice(0, slash)}`;
}

/** Kustomizations that lead into the folder of the installation, and are not in dist. */
async function formerLayers(subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { kind, namespace } = delivererOf(subject);
  const pointed = deliveryFolderOf(subject.plan.installation);
  const layerKind = pointed === 'flux' ? 'Kustomization' : 'Application';
  const known = new Set(layersOf(subject).map(({ object }) => object.metadata?.name));
  const folder = `${distPathOf(subject.plan.installation)}/${clusterFolderOf(subject.plan.installation, subject.cluster)}/`;
  const answer = await cluster.get(listPath({ ...kind, namespace }));
  if (answer.kind !== 'seen') return [];
  return liveItems(answer.value)
    .filter((one) => {
      const path = (one.at('spec', 'path').text ?? one.at('spec', 'source', 'path').text ?? '').replace(
        /^\.\//,
        '',
      );
      return path.startsWith(folder) && path !== `${folder}${pointed}` && !known.has(nameOf(one));
    })
    .map((one) =>
      sayWarning(
        `${layerKind} ${namespace}/${nameOf(one)} is in the cluster, and dist has no such layer.`,
        `Whoever applies ${folder}${pointed} has not removed it:`,
        `${subject.kubectl} describe ${kind.full} ${nameOf(one)} --namespace ${namespace}`,
      ),
    );
}
