/** How lists below a field are merged. */
export interface MergeShape {
  /** The fields that tell the items of this list apart; none for a list of texts; undefined for what is replaced as a whole. */
  readonly keys?: readonly string[];
  /** The fields below, of the mapping or of the items. */
  readonly fields?: { readonly [field: string]: MergeShape };
}

/**
 * How lists of a kind are merged; undefined for kinds of operators, whose lists are replaced as a whole.
 * https://github.com/kubernetes-sigs/kustomize/tree/master/kyaml/openapi/kubernetesapi
 */
export function mergeShape(apiVersion: string, kind: string): MergeShape | undefined {
  return shapes[`${apiVersion}/${kind}`] ?? (known.has(apiVersion) ? { fields: { metadata } } : undefined);
}

/** The groups whose definitions kustomize has in itself. */
const known = new Set([
  'v1',
  'apps/v1',
  'batch/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
]);

const metadata: MergeShape = { fields: { finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } } };

const container: MergeShape['fields'] = {
  env: { keys: ['name'] },
  ports: { keys: ['containerPort', 'protocol'] },
  volumeDevices: { keys: ['devicePath'] },
  volumeMounts: { keys: ['mountPath'] },
};

const pod: MergeShape = {
  fields: {
    containers: { keys: ['name'], fields: container },
    ephemeralContainers: { keys: ['name'], fields: { ...container, ports: {} } },
    hostAliases: { keys: ['ip'] },
    imagePullSecrets: { keys: ['name'] },
    initContainers: { keys: ['name'], fields: container },
    topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
    volumes: { keys: ['name'] },
  },
};

const template: MergeShape = { fields: { metadata, spec: pod } };

const workload: MergeShape = { fields: { metadata, spec: { fields: { template } } } };

const webhooks: MergeShape = { fields: { metadata, webhooks: { keys: ['name'] } } };

const shapes: Readonly<Record<string, MergeShape>> = {
  'v1/Pod': { fields: { metadata, spec: pod } },
  'v1/PodTemplate': { fields: { metadata, template } },
  'v1/ReplicationController': workload,
  'v1/Service': { fields: { metadata, spec: { fields: { ports: { keys: ['port', 'protocol'] } } } } },
  'v1/ServiceAccount': {
    // Its imagePullSecrets have no strategy, other than those of pods.
    fields: { metadata, secrets: { keys: ['name'] } },
  },
  'apps/v1/DaemonSet': workload,
  'apps/v1/Deployment': workload,
  'apps/v1/ReplicaSet': workload,
  'apps/v1/StatefulSet': workload,
  'batch/v1/Job': workload,
  'batch/v1/CronJob': {
    fields: {
      metadata,
      spec: { fields: { jobTemplate: { fields: { metadata, spec: { fields: { template } } } } } },
    },
  },
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': webhooks,
};
