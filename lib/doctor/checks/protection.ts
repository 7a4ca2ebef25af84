import { isNamedLikeLayer } from '../../installation/delivery.ts';
import { keptByArgoCD } from '../../kubernetes/argocd.ts';
import { keptAnnotations, keptByHelm } from '../../kubernetes/data.ts';
import type { Field } from '../../manifests/field.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/**
 * Whether what holds data outlives the files that others have of it: what Flux or Helm applied before dist must not be
 * taken along when those files go. Told before the first apply, and for as long as others own it.
 */
export const protection: Check = {
  id: 'protection',
  title: 'Data that others apply',
  isOfLife: false,
  look: async (subject, cluster) =>
    (await Promise.all(holdersOf(subject).map((holder) => lookAt(holder, subject, cluster)))).flat(),
};

/** An object that holds data, by what it is called in paths and by people. */
interface Holder {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

const resources: { readonly [kind: string]: string } = {
  Namespace: 'namespaces',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  PersistentVolume: 'persistentvolumes',
  Cluster: 'clusters',
};

function holdersOf({ plan, cluster, manifests }: Subject): Holder[] {
  const { namespace, volumes, clusters } = plan.installation;
  const made = manifests.flatMap(({ object: { apiVersion, kind, metadata } }): Holder[] => {
    const resource = Object.hasOwn(resources, kind) ? resources[kind] : undefined;
    return resource === undefined || metadata?.name === undefined
      ? []
      : [{ apiVersion, kind, resource, name: metadata.name, namespace: metadata.namespace }];
  });
  const named = Object.values(volumes).flatMap((volume): Holder[] =>
    volume?.kind === 'existing' && cluster === clusters.app
      ? [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            resource: 'persistentvolumeclaims',
            name: volume.claim,
            namespace,
          },
        ]
      : [],
  );
  return [...made, ...named];
}

async function lookAt(holder: Holder, subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { kind, name, namespace } = holder;
  const called = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const answer = await cluster.get(objectPath(holder, name));
  return judge(answer, called, {
    seen: (value) => judgeHolder(live(value), called, subject),
  });
}

/** Whether an annotation says all of what it has to, among what else it may say. */
function has(said: string | undefined, wanted: string): boolean {
  const options = said?.split(',').map((one) => one.trim()) ?? [];
  return wanted.split(',').every((one) => options.includes(one));
}

/** Who applies an object, and what keeps it when its file goes. */
function judgeHolder(object: Field, called: string, { plan }: Subject): readonly Finding[] {
  const { labels } = object.at('metadata', 'labels');
  const annotations = object.at('metadata', 'annotations').labels;
  const kustomization = labels['kustomize.toolkit.fluxcd.io/name'];
  // https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
  const application = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
  const release = annotations['meta.helm.sh/release-name'];
  const owners = [
    ...(kustomization === undefined || isNamedLikeLayer(plan.installation, kustomization)
      ? []
      : [{ who: `the Kustomization ${kustomization}`, by: keptAnnotations }]),
    ...(application === undefined || isNamedLikeLayer(plan.installation, application)
      ? []
      : [{ who: `the Application ${application}`, by: keptByArgoCD }]),
    ...(release === undefined ? [] : [{ who: `the Helm release ${release}`, by: keptByHelm }]),
  ];
  const missing = owners.flatMap(({ who, by }) =>
    Object.entries(by)
      .filter(([key, value]) => !has(annotations[key], value))
      .map(([key, value]) => ({ who, key, value })),
  );
  if (owners.length === 0) return [];
  return missing.length === 0
    ? [
        sayWell(
          `${called} is applied by ${owners.map(({ who }) => who).join(' and ')}, and stays when its file goes.`,
        ),
      ]
    : missing.map(({ who, key, value }) =>
        sayError(
          `${called} is applied by ${who}, and goes with its data when its file goes.`,
          `Write the annotation ${key}: ${value} where it is applied from, and wait until it is here; docs/moving-in.md leads through it.`,
        ),
      );
}
