import { edited, home, k3s, tachtit } from '../installation/example.ts';
import { Breakage, clustersOfText } from './mutation.ts';

/** Clean manifests, by what they are of. */
const clean = new Map([
  ['home', clustersOfText(home)[0]],
  ['k3s', clustersOfText(k3s)[0]],
  ['tachtit', clustersOfText(tachtit)[0]],
  ['tachtit-data', clustersOfText(tachtit)[1]],
  [
    'monitored',
    clustersOfText(
      edited(
        k3s,
        ['host: photos', 'monitoring: { enabled: true }\nhost: photos'],
        ['# authentication', 'authentication'],
      ),
    )[0],
  ],
]);

function breakage(base: string): Breakage {
  const cluster = clean.get(base);
  if (cluster === undefined) throw new Error(`There is no ${base}.`);
  return new Breakage(cluster);
}

test.each([...clean.keys()])('%s is clean', (base) => {
  expect(breakage(base).findings()).toEqual([]);
});

interface Mutation {
  readonly what: string;
  readonly base: string;
  readonly mutate: (manifests: Breakage) => unknown;
  /** The rules that report it, and no others. */
  readonly rules: readonly string[];
}

const server = 'app/deployment.immich-server.yaml';
const learning = 'app/deployment.immich-machine-learning.yaml';
const pod = (manifests: Breakage, file: string) => manifests.at(file).spec.template.spec;
const container = (manifests: Breakage, file: string) => pod(manifests, file).containers[0];
const variable = (manifests: Breakage, file: string, name: string) =>
  container(manifests, file).env.find((one: { name: string }) => one.name === name);

const mutations: readonly Mutation[] = [
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
    what: 'a certificate for another host',
    base: 'home',
    rules: ['certificate-without-host'],
    mutate: (m) => (m.at('route/certificate.immich.yaml').spec.dnsNames = ['photo.example.com']),
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
    rules: ['missing-cluster'],
    mutate: (m) => (m.at('database/database.immich-db.yaml').spec.cluster.name = 'immich'),
  },
  {
    what: 'a cluster renamed in its schedule',
    base: 'home',
    rules: ['backup-never-scheduled', 'missing-cluster'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').spec.cluster.name = 'immich'),
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
  {
    what: 'a schedule of five fields',
    base: 'home',
    rules: ['backup-schedule'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').spec.schedule = '0 3 * * *'),
  },
  {
    what: 'a schedule of every hour by mistake',
    base: 'tachtit-data',
    rules: ['backup-schedule'],
    mutate: (m) =>
      (m.at('database/scheduledbackup.immich-db-tachtit-cnpg-v0.yaml').spec.schedule = '0 3 * * * *'),
  },
  {
    what: 'no schedule',
    base: 'home',
    rules: ['backup-never-scheduled'],
    mutate: (m) => m.remove('database/scheduledbackup.immich-db.yaml'),
  },
  {
    what: 'no backup at all',
    base: 'home',
    rules: ['database-without-backup'],
    mutate: (m) => {
      m.remove('database/scheduledbackup.immich-db.yaml');
      delete m.at('database/cluster.immich-db.yaml').spec.plugins;
    },
  },
  {
    what: 'a plugin that does not archive',
    base: 'home',
    rules: ['wal-not-archived'],
    mutate: (m) => delete m.at('database/cluster.immich-db.yaml').spec.plugins[0].isWALArchiver,
  },
  {
    what: 'a retention that nothing reads',
    base: 'home',
    rules: ['ignored-retention'],
    mutate: (m) => {
      const { spec } = m.at('database/objectstore.immich-db.yaml');
      spec.configuration.retentionPolicy = spec.retentionPolicy;
      delete spec.retentionPolicy;
    },
  },
  {
    what: 'another method of backup',
    base: 'home',
    rules: ['backup-method'],
    mutate: (m) => {
      const { spec } = m.at('database/scheduledbackup.immich-db.yaml');
      spec.method = 'barmanObjectStore';
      delete spec.pluginConfiguration;
    },
  },
  {
    what: 'a backup at once',
    base: 'home',
    rules: ['immediate-backup'],
    mutate: (m) => (m.at('database/scheduledbackup.immich-db.yaml').spec.immediate = true),
  },
  {
    what: 'VectorChord not preloaded',
    base: 'home',
    rules: ['vectorchord-not-preloaded'],
    mutate: (m) => (m.at('database/cluster.immich-db.yaml').spec.postgresql.shared_preload_libraries = []),
  },
  {
    what: 'Immich as superuser',
    base: 'home',
    rules: ['superuser'],
    mutate: (m) => {
      m.at('database/cluster.immich-db.yaml').spec.enableSuperuserAccess = true;
      for (const name of ['DB_USERNAME', 'DB_PASSWORD']) {
        variable(m, server, name).valueFrom.secretKeyRef.name = 'immich-db-superuser';
      }
    },
  },
  {
    what: 'a claim that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('storage/persistentvolumeclaim.immich-library.yaml').metadata.annotations,
  },
  {
    what: 'a database that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('database/cluster.immich-db.yaml').metadata.annotations,
  },
  {
    what: 'a volume that may be pruned',
    base: 'tachtit',
    rules: ['data-without-prune-protection'],
    mutate: (m) =>
      (m.at('storage/persistentvolume.immich-immich-generated.yaml').metadata.annotations = {
        'kustomize.toolkit.fluxcd.io/prune': 'enabled',
      }),
  },
  {
    what: 'a namespace that may be pruned',
    base: 'home',
    rules: ['data-without-prune-protection'],
    mutate: (m) => delete m.at('namespace/namespace.immich.yaml').metadata.annotations,
  },
  {
    what: 'force on the database',
    base: 'home',
    rules: ['force-on-data'],
    mutate: (m) => (m.at('flux/kustomization.immich-home-database.yaml').spec.force = true),
  },
  {
    what: 'force on storage',
    base: 'tachtit',
    rules: ['force-on-data'],
    mutate: (m) => (m.at('flux/kustomization.immich-tachtit-storage.yaml').spec.force = true),
  },
  {
    what: 'no health expression for the database',
    base: 'home',
    rules: ['health-expression'],
    mutate: (m) => delete m.at('flux/kustomization.immich-home-database.yaml').spec.healthCheckExprs,
  },
  {
    what: 'a health expression that fails while the database is updated',
    base: 'tachtit-data',
    rules: ['health-expression'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-tachtit-database.yaml').spec.healthCheckExprs[0].failed =
        "status.conditions.exists(c, c.type == 'Ready' && c.status == 'False')"),
  },
  {
    what: 'a layer that waits for none',
    base: 'home',
    rules: ['missing-dependency'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-home-app.yaml').spec.dependsOn[0].name = 'immich-home-stroage'),
  },
  {
    what: 'layers that wait for each other',
    base: 'home',
    rules: ['dependency-circle'],
    mutate: (m) =>
      (m.at('flux/kustomization.immich-home-namespace.yaml').spec.dependsOn = [{ name: 'immich-home-app' }]),
  },
  {
    what: 'no retry interval',
    base: 'home',
    rules: ['missing-retry-interval'],
    mutate: (m) => delete m.at('flux/kustomization.immich-home-app.yaml').spec.retryInterval,
  },
  {
    what: 'a variable of Flux',
    base: 'home',
    rules: ['substitution'],
    mutate: (m) => (variable(m, server, 'TZ').value = '$' + '{ZONE}'),
  },
  {
    what: 'a file that a kustomization does not list',
    base: 'home',
    rules: ['kustomization-file-unlisted'],
    mutate: (m) => m.at('app/kustomization.yaml').resources.pop(),
  },
  {
    what: 'a kustomization that lists no such file',
    base: 'home',
    rules: ['kustomization-file-missing'],
    mutate: (m) => m.at('app/kustomization.yaml').resources.push('deployment.immich-web.yaml'),
  },
  {
    what: 'an object twice',
    base: 'home',
    rules: ['duplicate-object'],
    mutate: (m) => m.copy('app/service.immich-server.yaml', 'app/service.immich-server-2.yaml'),
  },
  {
    what: 'an object in two layers',
    base: 'home',
    rules: ['duplicate-object', 'object-in-two-kustomizations'],
    mutate: (m) => m.copy('app/service.immich-server.yaml', 'route/service.immich-server.yaml'),
  },
  {
    what: 'an empty layer',
    base: 'k3s',
    rules: ['empty-layer'],
    mutate: (m) => m.remove('traefik/helmchartconfig.traefik.yaml'),
  },
  {
    what: 'the old path of a probe',
    base: 'home',
    rules: ['dead-probe'],
    mutate: (m) => (container(m, server).readinessProbe.httpGet.path = '/api/server-info/ping'),
  },
  {
    what: 'a variable that Immich does not read',
    base: 'home',
    rules: ['ignored-variable'],
    mutate: (m) => (variable(m, server, 'IMMICH_MACHINE_LEARNING_URL').name = 'MACHINE_LEARNING_URL'),
  },
  {
    what: 'a tag that moves',
    base: 'home',
    rules: ['moving-tag'],
    mutate: (m) => (container(m, server).image = 'ghcr.io/immich-app/immich-server:release'),
  },
  {
    what: 'machine learning of another version',
    base: 'home',
    rules: ['version-mismatch'],
    mutate: (m) => (container(m, learning).image = 'ghcr.io/immich-app/immich-machine-learning:v3.2.0'),
  },
  {
    what: 'several servers that do every job',
    base: 'tachtit',
    rules: ['several-workers'],
    mutate: (m) => (m.at(server).spec.replicas = 2),
  },
  {
    what: 'a start that is given too little time',
    base: 'home',
    rules: ['short-startup'],
    mutate: (m) => (container(m, server).startupProbe.failureThreshold = 3),
  },
  {
    what: 'models in the pod',
    base: 'home',
    rules: ['models-lost'],
    mutate: (m) => {
      const volume = pod(m, learning).volumes.find((one: { name: string }) => one.name === 'models');
      delete volume.persistentVolumeClaim;
      volume.emptyDir = {};
    },
  },
  {
    what: 'a secret for machine learning',
    base: 'home',
    rules: ['ignored-variable', 'needless-secret'],
    mutate: (m) =>
      container(m, learning).env.push({
        name: 'DB_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'immich-db-app', key: 'password' } },
      }),
  },
  {
    what: 'root',
    base: 'home',
    rules: ['pod-security', 'runs-as-root'],
    mutate: (m) => {
      pod(m, server).securityContext.runAsUser = 0;
    },
  },
  {
    what: 'privileges to gain',
    base: 'home',
    rules: ['may-escalate', 'pod-security'],
    mutate: (m) => (container(m, server).securityContext.allowPrivilegeEscalation = true),
  },
  {
    what: 'capabilities kept',
    base: 'home',
    rules: ['pod-security'],
    mutate: (m) => delete container(m, server).securityContext.capabilities,
  },
  {
    what: 'a rolling update on a volume of one node',
    base: 'home',
    rules: ['rolling-update-on-single-node-volume'],
    mutate: (m) => (m.at(server).spec.strategy = { type: 'RollingUpdate' }),
  },
  {
    what: 'a cache where nothing can be written',
    base: 'home',
    rules: ['unwritable-path'],
    mutate: (m) => (variable(m, learning, 'HF_HOME').value = '/models'),
  },
  {
    what: 'photos outside of the library',
    base: 'home',
    rules: ['media-elsewhere'],
    mutate: (m) => (container(m, server).volumeMounts[1].mountPath = '/photos'),
  },
  {
    what: 'NFS in the pod',
    base: 'home',
    rules: ['inline-nfs'],
    mutate: (m) => {
      const volume = pod(m, server).volumes[1];
      delete volume.persistentVolumeClaim;
      volume.nfs = { server: 'nas.example.net', path: '/photos' };
    },
  },
  {
    what: 'a secret with its value',
    base: 'home',
    rules: ['secret-value'],
    mutate: (m) => {
      m.copy('app/configmap.immich-valkey.yaml', 'app/secret.x.yaml');
      const secret = m.at('app/secret.x.yaml');
      secret.kind = 'Secret';
      secret.metadata.name = 'x';
      secret.data = { password: 'aHVudGVyMg==' };
    },
  },
  {
    what: 'metrics that nothing serves',
    base: 'monitored',
    rules: ['metrics-off'],
    mutate: (m) => {
      const one = container(m, server);
      one.env = one.env.filter(({ name }: { name: string }) => name !== 'IMMICH_TELEMETRY_INCLUDE');
    },
  },
  {
    what: 'a login before the API',
    base: 'monitored',
    rules: ['authentication-breaks-apps'],
    mutate: (m) => {
      m.copy('route/middleware.immich-headers.yaml', 'route/middleware.authelia.yaml');
      const middleware = m.at('route/middleware.authelia.yaml');
      middleware.metadata.name = 'authelia';
      middleware.spec = { forwardAuth: { address: 'https://login.example.com' } };
      const { spec } = m.at('route/ingressroute.immich.yaml');
      spec.routes = spec.routes.slice(1);
    },
  },
  {
    what: 'a middleware that reads uploads into memory',
    base: 'home',
    rules: ['middleware-breaks-uploads'],
    mutate: (m) =>
      (m.at('route/middleware.immich-headers.yaml').spec = { buffering: { maxRequestBodyBytes: 1000000 } }),
  },
];

test('no two mutations have one name', () => {
  expect(new Set(mutations.map(({ what }) => what)).size).toBe(mutations.length);
});

test.each(mutations)('$what: $rules', ({ base, mutate, rules }) => {
  const manifests = breakage(base);
  mutate(manifests);
  expect(manifests.findings()).toEqual(rules);
});
