import { stepsOf } from './field-spec.ts';

/** A field that holds the name of another object, or a mapping with its `name` and `namespace`. */
export interface NameReference {
  readonly path: readonly string[];
  readonly to: string;
}

/**
 * The references in the objects of a kind to others that kustomize follows: those of Kubernetes' own kinds. References in
 * resources of operators stay as they are written.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/namereference.go
 */
export function nameReferences(kind: string): readonly NameReference[] {
  return references[kind] ?? [];
}

function reference(to: string, path: string): NameReference {
  return { to, path: stepsOf(path) };
}

function below(path: string, all: readonly NameReference[]): NameReference[] {
  return all.map(({ to, path: rest }) => ({ to, path: [...stepsOf(path), ...rest] }));
}

/** What every pod may refer to, also one of a ReplicaSet. */
const values = [
  ...['containers', 'initContainers'].flatMap((list) => [
    reference('ConfigMap', `${list}/env/valueFrom/configMapKeyRef/name`),
    reference('ConfigMap', `${list}/envFrom/configMapRef/name`),
    reference('Secret', `${list}/env/valueFrom/secretKeyRef/name`),
    reference('Secret', `${list}/envFrom/secretRef/name`),
  ]),
  reference('ConfigMap', 'volumes/configMap/name'),
  reference('ConfigMap', 'volumes/projected/sources/configMap/name'),
  reference('Secret', 'volumes/secret/secretName'),
  reference('Secret', 'volumes/projected/sources/secret/name'),
  reference('Secret', 'imagePullSecrets/name'),
];

const pod = [
  ...values,
  reference('PersistentVolumeClaim', 'volumes/persistentVolumeClaim/claimName'),
  reference('ServiceAccount', 'serviceAccountName'),
  reference('PriorityClass', 'priorityClassName'),
];

const template = below('spec/template/spec', pod);

const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];

const webhooks = [reference('Service', 'webhooks/clientConfig/service')];

const annotation = (name: string) => `metadata/annotations/${name.replace('/', '\\/')}`;

const references: Readonly<Record<string, readonly NameReference[]>> = {
  Pod: below('spec', pod),
  PodTemplate: below('template/spec', values),
  ReplicaSet: below('spec/template/spec', values),
  Deployment: template,
  DaemonSet: template,
  Job: template,
  CronJob: below('spec/jobTemplate/spec/template/spec', pod),
  StatefulSet: [
    ...template,
    reference('Service', 'spec/serviceName'),
    reference('StorageClass', 'spec/volumeClaimTemplates/spec/storageClassName'),
  ],
  Ingress: [
    reference('ConfigMap', annotation('nginx.ingress.kubernetes.io/fastcgi-params-configmap')),
    reference('Secret', 'spec/tls/secretName'),
    reference('Secret', annotation('ingress.kubernetes.io/auth-secret')),
    reference('Secret', annotation('nginx.ingress.kubernetes.io/auth-secret')),
    reference('Secret', annotation('nginx.ingress.kubernetes.io/auth-tls-secret')),
    reference('Service', 'spec/rules/http/paths/backend/serviceName'),
    reference('Service', 'spec/backend/serviceName'),
    reference('Service', 'spec/rules/http/paths/backend/service/name'),
    reference('Service', 'spec/defaultBackend/service/name'),
  ],
  Role: [reference('ConfigMap', 'rules/resourceNames'), reference('Secret', 'rules/resourceNames')],
  ClusterRole: [
    reference('ConfigMap', 'rules/resourceNames'),
    reference('Secret', 'rules/resourceNames'),
    reference('PersistentVolume', 'rules/resourceNames'),
  ],
  RoleBinding: [
    reference('Role', 'roleRef/name'),
    reference('ClusterRole', 'roleRef/name'),
    reference('ServiceAccount', 'subjects'),
  ],
  ClusterRoleBinding: [reference('ClusterRole', 'roleRef/name'), reference('ServiceAccount', 'subjects')],
  ServiceAccount: [reference('Secret', 'imagePullSecrets/name')],
  PersistentVolume: [
    reference('Secret', 'spec/azureFile/secretName'),
    reference('StorageClass', 'spec/storageClassName'),
  ],
  PersistentVolumeClaim: [
    reference('PersistentVolume', 'spec/volumeName'),
    reference('StorageClass', 'spec/storageClassName'),
  ],
  HorizontalPodAutoscaler: scaled.map((kind) => reference(kind, 'spec/scaleTargetRef/name')),
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
  ValidatingAdmissionPolicyBinding: [reference('ValidatingAdmissionPolicy', 'spec/policyName')],
};
