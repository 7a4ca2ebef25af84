import type { ClusterSpec } from '@cdk8s/imports-cnpg';
import type { WorkloadIdentity } from '../../installation/workload-identity.ts';

/** The identity of a database's pods: https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/ */
export function identityOf(
  identity: WorkloadIdentity | undefined,
): Pick<ClusterSpec, 'serviceAccountTemplate' | 'inheritedMetadata'> {
  const { annotations = {}, podLabels = {} } = identity ?? {};
  return {
    ...(Object.keys(annotations).length > 0
      ? { serviceAccountTemplate: { metadata: { annotations: { ...annotations } } } }
      : {}),
    ...(Object.keys(podLabels).length > 0 ? { inheritedMetadata: { labels: { ...podLabels } } } : {}),
  };
}
