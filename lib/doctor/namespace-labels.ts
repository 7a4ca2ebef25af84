import type { Subject } from './check.ts';
import type { LivingCluster } from './cluster.ts';
import { live } from './live.ts';
import { objectPath } from './path.ts';

/** The labels of Immich's namespace, with those that dist puts there; undefined where nobody may look. */
export async function namespaceLabels(
  { plan, manifests }: Subject,
  cluster: LivingCluster,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { namespace } = plan.installation;
  const answer = await cluster.get(
    objectPath({ apiVersion: 'v1', resource: 'namespaces', namespace: undefined }, namespace),
  );
  if (answer.kind === 'unseen') return undefined;
  const made = manifests.find(
    ({ object }) => object.kind === 'Namespace' && object.metadata?.name === namespace,
  );
  return {
    // https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
    'kubernetes.io/metadata.name': namespace,
    ...(answer.kind === 'seen' ? live(answer.value).at('metadata', 'labels').labels : {}),
    ...made?.object.metadata?.labels,
  };
}
