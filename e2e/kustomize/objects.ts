/** A folder with a kustomization: what a person writes, small. */
export interface Fixture {
  /** The texts of its files by their paths. */
  readonly files: Readonly<Record<string, string>>;
  /** The folder that is built, when it is not the whole. */
  readonly top?: string;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: server, labels: { app: server } }
spec:
  replicas: 1
  selector: { matchLabels: { app: server } }
  template:
    metadata: { labels: { app: server } }
    spec:
      serviceAccountName: server
      initContainers:
        - { name: wait, image: busybox:1.36 }
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v2.5.0
          ports: [{ name: http, containerPort: 2283 }]
          env:
            - { name: TZ, value: UTC }
            - { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: database, key: password } } }
          envFrom: [{ configMapRef: { name: settings } }]
          volumeMounts: [{ name: library, mountPath: /data }]
      volumes:
        - { name: library, persistentVolumeClaim: { claimName: library } }
        - { name: settings, configMap: { name: settings } }
`;

/** A service. */
export const service = `apiVersion: v1
kind: Service
metadata: { name: server }
spec: { selector: { app: server }, ports: [{ name: http, port: 2283, targetPort: http }] }
`;

const others = `apiVersion: v1
kind: Namespace
metadata: { name: photos }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { IMMICH_LOG_LEVEL: log, host: server.example.org, port: "2283" }
---
apiVersion: v1
kind: Secret
metadata: { name: database }
stringData: { password: example }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: library }
spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: server }
`;

const access = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects:
  - { kind: ServiceAccount, name: server, namespace: elsewhere }
  - { kind: ServiceAccount, name: default, namespace: elsewhere }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects:
  - { kind: ServiceAccount, name: server }
  - { kind: Group, apiGroup: rbac.authorization.k8s.io, name: people }
`;

const network = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: photos }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [photos.example.org], secretName: database }]
  rules:
    - host: photos.example.org
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: server, port: { name: http } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: server }
spec:
  podSelector: { matchLabels: { app: server } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: proxy } } }] }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: server }
spec: { minAvailable: 1, selector: { matchLabels: { app: server } } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: photos }
spec:
  parentRefs: [{ name: gateway, namespace: network }]
  rules: [{ backendRefs: [{ name: server, port: 2283 }] }]
`;

const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: valkey }
spec:
  serviceName: server
  selector: { matchLabels: { app: valkey } }
  template:
    metadata: { labels: { app: valkey } }
    spec:
      containers: [{ name: valkey, image: "docker.io/valkey/valkey:9@sha256:0000" }]
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: valkey } } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: check }
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - { name: check, image: busybox, envFrom: [{ secretRef: { name: database } }] }
`;

const custom = `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: database }
spec:
  instances: 1
  imageName: ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.4.3
  storage: { size: 1Gi }
  managed: { roles: [{ name: immich, ensure: present }] }
  bootstrap: { initdb: { database: immich, owner: immich, secret: { name: database } } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: albums.example.org }
spec: { group: example.org, scope: Namespaced, names: { kind: Album, plural: albums }, versions: [] }
---
apiVersion: example.org/v1
kind: Album
metadata: { name: holidays }
spec: { image: busybox:1, items: [{ name: a, value: 1 }, { name: b, value: 2 }] }
`;

const files = {
  'deployment.yaml': deployment,
  'service.yaml': service,
  'others.yaml': others,
  'access.yaml': access,
  'network.yaml': network,
  'stateful.yaml': stateful,
  'custom.yaml': custom,
};

const resources = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [${Object.keys(files).join(', ')}]
`;

/** Everything above, under one kustomization with more fields. */
export function everything(fields: string, more: Readonly<Record<string, string>> = {}): Fixture {
  return { files: { ...files, 'kustomization.yaml': resources + fields, ...more } };
}

/** Everything above as a base, with a kustomization above it. */
export function overlay(
  fields: string,
  more: Readonly<Record<string, string>> = {},
  base: string = '',
): Fixture {
  const below = Object.entries(files).map(([file, text]) => [`base/${file}`, text]);
  return {
    top: 'overlay',
    files: {
      ...Object.fromEntries(below),
      'base/kustomization.yaml': resources + base,
      'overlay/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../base]
${fields}`,
      ...more,
    },
  };
}

/** The text of a kustomization. */
export function kustomization(fields: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}`;
}

/** A kustomization's patch, written in it. */
export function patch(text: string, target?: string): string {
  const lines = text.split('\n').map((line) => `      ${line}`);
  return [
    'patches:',
    ...(target === undefined ? [] : [`  - target: ${target}`]),
    ...(target === undefined ? ['  - patch: |-'] : ['    patch: |-']),
    ...lines,
  ].join('\n');
}

/** A patch of the deployment. */
export const ofDeployment = (rest: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: server }\n${rest}`;
