import { container, learning, pod, server, testMutations, variable } from '../../mutations.ts';

testMutations([
  {
    what: 'another secret',
    base: 'k3s',
    rules: ['missing-secret'],
    mutate: (m) => (variable(m, server, 'DB_PASSWORD').valueFrom.secretKeyRef.name = 'immich-database'),
  },
  {
    what: 'another key of a secret',
    base: 'home',
    rules: ['missing-secret'],
    mutate: (m) => (variable(m, server, 'DB_PASSWORD').valueFrom.secretKeyRef.key = 'pass'),
  },
  {
    what: 'another key of a store',
    base: 'home',
    rules: ['missing-secret'],
    mutate: (m) =>
      (m.at('database/objectstore.immich-db.yaml').spec.configuration.s3Credentials.accessKeyId.key = 'ID'),
  },
  {
    what: 'another secret of the in-tree store',
    base: 'tachtit-data',
    rules: ['missing-secret'],
    mutate: (m) =>
      (m.at(
        'database/cluster.immich-db-tachtit-cnpg-v0.yaml',
      ).spec.backup.barmanObjectStore.azureCredentials.connectionString.name = 'azure'),
  },
  {
    what: 'another config map',
    base: 'k3s',
    rules: ['missing-config-map'],
    mutate: (m) =>
      (pod(m, server).volumes.find((one: { name: string }) => one.name === 'configuration').configMap.name =
        'immich'),
  },
  {
    what: 'a config map removed',
    base: 'home',
    rules: ['missing-config-map'],
    mutate: (m) => m.remove('app/configmap.immich-valkey.yaml'),
  },
  {
    what: 'a claim removed',
    base: 'home',
    rules: ['missing-claim'],
    mutate: (m) => m.remove('storage/persistentvolumeclaim.immich-library.yaml'),
  },
  {
    what: 'another claim',
    base: 'k3s',
    rules: ['missing-claim'],
    mutate: (m) =>
      (pod(m, learning).volumes.find(
        (one: { name: string }) => one.name === 'models',
      ).persistentVolumeClaim.claimName = 'immich-models'),
  },
  {
    what: 'a volume removed',
    base: 'tachtit',
    rules: ['missing-claim'],
    mutate: (m) => m.remove('storage/persistentvolume.immich-immich-library.yaml'),
  },
  {
    what: 'a service removed',
    base: 'home',
    rules: ['missing-service'],
    mutate: (m) => m.remove('app/service.immich-server.yaml'),
  },
  {
    what: 'a service renamed that variables name',
    base: 'home',
    rules: ['missing-service'],
    mutate: (m) => (m.at('app/service.immich-valkey.yaml').metadata.name = 'valkey'),
  },
  {
    what: 'a port of a service renamed',
    base: 'home',
    rules: ['missing-port'],
    mutate: (m) => (m.at('app/service.immich-server.yaml').spec.ports[0].name = 'web'),
  },
  {
    what: 'the target of a service renamed',
    base: 'home',
    rules: ['missing-port'],
    mutate: (m) => (m.at('app/service.immich-server.yaml').spec.ports[0].targetPort = 'web'),
  },
  {
    what: 'a probe on another port',
    base: 'home',
    rules: ['missing-port'],
    mutate: (m) => (container(m, server).livenessProbe.httpGet.port = 'web'),
  },
  {
    what: 'a monitor of another port',
    base: 'monitored',
    rules: ['missing-port'],
    mutate: (m) =>
      (m.at('monitoring/podmonitor.immich-server.yaml').spec.podMetricsEndpoints[0].port = 'metrics'),
  },
  {
    what: 'an issuer renamed',
    base: 'home',
    rules: ['missing-issuer'],
    mutate: (m) => (m.at('route/certificate.immich.yaml').spec.issuerRef.name = 'letsencrypt'),
  },
  {
    what: 'a middleware renamed',
    base: 'home',
    rules: ['missing-middleware'],
    mutate: (m) => (m.at('route/middleware.immich-headers.yaml').metadata.name = 'headers'),
  },
  {
    what: 'a middleware of a login renamed',
    base: 'monitored',
    rules: ['missing-middleware'],
    mutate: (m) => (m.at('route/ingressroute.immich.yaml').spec.routes[1].middlewares[0].name = 'authentik'),
  },
  {
    what: 'a certificate in another secret',
    base: 'home',
    rules: ['missing-tls-secret'],
    mutate: (m) => (m.at('route/certificate.immich.yaml').spec.secretName = 'photos-tls'),
  },
  {
    what: 'a route to another service',
    base: 'home',
    rules: ['missing-service'],
    mutate: (m) => (m.at('route/ingressroute.immich.yaml').spec.routes[0].services[0].name = 'immich'),
  },
  {
    what: 'a cluster renamed in its database',
    base: 'home',
    rules: ['missing-cluster', 'vectorchord-never-created'],
    mutate: (m) => (m.at('database/database.immich-db.yaml').spec.cluster.name = 'immich'),
  },
  {
    what: 'an object store renamed',
    base: 'home',
    rules: ['missing-object-store'],
    mutate: (m) => (m.at('database/objectstore.immich-db.yaml').metadata.name = 'store'),
  },
  {
    what: 'another service account',
    base: 'home',
    rules: ['missing-service-account'],
    mutate: (m) => (pod(m, server).serviceAccountName = 'immich'),
  },
  {
    what: 'a namespace removed',
    base: 'k3s',
    rules: ['missing-namespace'],
    mutate: (m) => m.remove('namespace/namespace.app-internal.yaml'),
  },
  {
    what: 'a label changed that a service selects',
    base: 'home',
    rules: ['selector-matches-nothing'],
    mutate: (m) =>
      (m.at('app/service.immich-machine-learning.yaml').spec.selector['app.kubernetes.io/name'] =
        'machine-learning'),
  },
  {
    what: 'a label changed that a policy selects',
    base: 'home',
    rules: ['selector-matches-nothing'],
    mutate: (m) =>
      (m.at('namespace/networkpolicy.immich-valkey.yaml').spec.podSelector.matchLabels[
        'app.kubernetes.io/name'
      ] = 'valkey'),
  },
  {
    what: 'a label of a pod changed',
    base: 'home',
    rules: ['policy-peer-matches-nothing', 'selector-matches-nothing'],
    mutate: (m) => (m.at(server).spec.template.metadata.labels['app.kubernetes.io/name'] = 'server'),
  },
  {
    what: 'a peer of a policy changed',
    base: 'home',
    rules: ['policy-peer-matches-nothing'],
    mutate: (m) =>
      (m.at('namespace/networkpolicy.immich-valkey.yaml').spec.ingress[0].from[0].podSelector.matchLabels[
        'app.kubernetes.io/name'
      ] = 'server'),
  },
]);
