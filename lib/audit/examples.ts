/** A Deployment of Immich's server, with more settings of its container and of its pod. */
export function server(container: string, pod = '', version = 'v3.3.1'): string {
  return deployment('server', container, pod, version);
}

/** A Deployment of Immich's machine learning, with more settings of its container and of its pod. */
export function machineLearning(container: string, pod = '', version = 'v3.3.1'): string {
  return deployment('machine-learning', container, pod, version);
}

/** A Dragonfly with these arguments, its Service, and a server that asks it. */
export function dragonflyBesideServer(args: string): string {
  return documents(
    `apiVersion: v1
kind: Service
metadata: { name: dragonfly, namespace: immich }
spec: { selector: { app: dragonfly }, ports: [{ port: 6379 }] }`,
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: dragonfly, namespace: immich }
spec:
  template:
    metadata: { labels: { app: dragonfly } }
    spec:
      containers:
        - name: dragonfly
          image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.38.0
          args: [${args}]`,
    server('env: [{ name: REDIS_HOSTNAME, value: dragonfly }]'),
  );
}

/** A CloudNativePG cluster, with more of its spec. */
export function cluster(spec: string, name = 'immich-db', annotations = ''): string {
  return `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: ${name}
  namespace: immich
${annotations === '' ? '' : `  annotations:\n${indent(annotations, 4)}`}spec:
  instances: 2
  storage: { size: 20Gi }
${indent(spec, 2)}`;
}

/** A ScheduledBackup of the cluster, with more of its spec. */
export function scheduledBackup(spec = ''): string {
  return `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db, namespace: immich }
spec:
  schedule: "0 0 3 * * *"
  cluster: { name: immich-db }
${indent(spec, 2)}`;
}

/** Immich's server with its service, and an IngressRoute to it with one middleware. */
export function routeThrough(middleware: string, match = 'Host(`photos.example.com`)'): string {
  return documents(
    server('ports: [{ name: http, containerPort: 2283 }]'),
    `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283 }] }`,
    `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: immich, namespace: immich }
spec:
${indent(middleware, 2)}`,
    `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  routes:
    - kind: Rule
      match: ${match}
      middlewares: [{ name: immich }]
      services: [{ name: immich-server, port: http }]`,
  );
}

/** Documents of one file. */
export function documents(...texts: readonly string[]): string {
  return `\n${texts.map((text) => text.trim()).join('\n---\n')}\n`;
}

function deployment(part: string, container: string, pod: string, version: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-${part}, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-${part} } }
    spec:
${indent(pod, 6)}      containers:
        - name: ${part}
          image: ghcr.io/immich-app/immich-${part}:${version}
${indent(container, 10)}`;
}

function indent(text: string, spaces: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}\n`))
    .join('');
}
