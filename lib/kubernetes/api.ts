/**
 * The types of Kubernetes' API that we use. They are imported here and nowhere else, since a bundle copies the two
 * thousand names of that file for every module that imports it, which costs a millisecond each at start-up.
 */
export {
  type Container,
  type EnvVar,
  IntOrString,
  KubeConfigMap,
  KubeCronJob,
  KubeDeployment,
  KubeIngress,
  KubeJob,
  KubeNamespace,
  KubeNetworkPolicy,
  KubePersistentVolume,
  KubePersistentVolumeClaim,
  KubePodDisruptionBudget,
  KubeRole,
  KubeRoleBinding,
  KubeService,
  KubeServiceAccount,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type ObjectMeta,
  type PodSecurityContext,
  type Probe,
  Quantity,
  type Volume,
  type VolumeMount,
} from 'cdk8s-plus-28/lib/imports/k8s.js';
