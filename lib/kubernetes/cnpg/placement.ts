import type { ClusterSpec } from '@cdk8s/imports-cnpg';
import { instanceLabels } from '../../cnpg/names.ts';
import type { Cnpg } from '../../installation/cnpg.ts';
import { affinityOf, pullSecretsOf, spreadOf, tolerationsOf } from '../placement.ts';
import { present } from '../present.ts';
import { identityOf } from './workload-identity.ts';

/** Where the instances of a database run, far from each other where there is room, and what others read off them. */
export function placementOfCluster(
  cnpg: Cnpg,
): Pick<
  ClusterSpec,
  | 'affinity'
  | 'topologySpreadConstraints'
  | 'priorityClassName'
  | 'imagePullSecrets'
  | 'inheritedMetadata'
  | 'serviceAccountTemplate'
> {
  const { affinity, topologySpread, labels, annotations, name } = cnpg;
  const { inheritedMetadata, ...identity } = identityOf(cnpg.workloadIdentity);
  const near = affinity && affinityOf(affinity);
  const metadata = {
    ...present({ annotations: annotations && { ...annotations } }),
    ...(labels === undefined && inheritedMetadata === undefined
      ? {}
      : { labels: { ...labels, ...inheritedMetadata?.labels } }),
  };
  return {
    ...identity,
    ...(Object.keys(metadata).length > 0 ? { inheritedMetadata: metadata } : {}),
    ...placementOfDrill(cnpg),
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'preferred',
      topologyKey: 'kubernetes.io/hostname',
      ...placementOfDrill(cnpg).affinity,
      ...present({
        additionalPodAffinity: near?.podAffinity,
        additionalPodAntiAffinity: near?.podAntiAffinity,
      }),
    },
    ...present({
      topologySpreadConstraints: topologySpread && spreadOf(topologySpread, instanceLabels(name)),
    }),
  };
}

/** Where a restore of the database may run: on the same nodes. */
export function placementOfDrill(
  cnpg: Cnpg,
): Pick<ClusterSpec, 'affinity' | 'priorityClassName' | 'imagePullSecrets'> {
  const { nodeSelector, affinity, priorityClass } = cnpg;
  const nodes = present({
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerationsOf(cnpg),
    nodeAffinity: affinity && affinityOf(affinity).nodeAffinity,
  });
  return {
    ...(Object.keys(nodes).length > 0 ? { affinity: nodes } : {}),
    ...present({ priorityClassName: priorityClass, imagePullSecrets: pullSecretsOf(cnpg) }),
  };
}
