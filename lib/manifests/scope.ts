/** Whether objects of a kind stand in no namespace. Kinds that are not known here are taken for namespaced. */
export function isClusterWide(apiVersion: string, kind: string): boolean {
  return clusterWide.has(kind) && !(kind === 'Cluster' && apiVersion.startsWith('postgresql.cnpg.io/'));
}

const clusterWide = new Set([
  'APIService',
  'CSIDriver',
  'ClusterExternalSecret',
  'ClusterIssuer',
  'ClusterPolicy',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterSecretStore',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
]);
