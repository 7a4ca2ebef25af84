import fc from 'fast-check';
import { stringify } from 'yaml';

/** A name that belongs to nobody else. */
const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/).map((text) => `${text}1`);

/** The text of an installation file that is right, with any of the sections that there are. */
export const validInstallation: fc.Arbitrary<string> = fc
  .record({
    choices: fc.record({
      isShared: fc.boolean(),
      isRemote: fc.boolean(),
      isOld: fc.boolean(),
      several: fc.boolean(),
      claims: fc.constantFrom('', 'photos-', 'a-b-'),
    }),
    name: label,
    timezone: maybe(fc.constantFrom('Europe/Zurich', 'Etc/UTC')),
    namespace: maybe(label),
    library: volume().map(backed),
    generated: maybe(volume()),
    models: volume(),
    external: maybe(external()),
    cnpg: cnpg(),
    route: maybe(route()),
    server: maybe(server()),
    machineLearning: maybe(machineLearning()),
    valkey: maybe(valkey()),
    config: maybe(config()),
    configSecret: maybe(secret()),
    secrets: maybe(
      fc.constantFrom(
        { byHand: {} },
        { sops: { folder: 'secrets' } },
        { externalSecrets: { store: { name: 'vault', kind: 'SecretStore' } } },
      ),
    ),
    monitoring: maybe(
      fc.record(
        { enabled: fc.boolean(), namespace: fc.constant('observability'), labels: labels() },
        { requiredKeys: [] },
      ),
    ),
    network: maybe(
      fc.record(
        {
          policies: fc.boolean(),
          flavor: fc.constantFrom('kubernetes', 'cilium'),
          apiServer: fc.constantFrom(['10.0.0.1/32'], ['10.0.0.1/32', 'fd00::1/128'], {
            addresses: ['10.0.0.1/32'],
            ports: [16443],
          }),
          dns: fc.constantFrom(
            [{ cidr: '169.254.20.10/32' }],
            [{ namespace: 'openshift-dns', labels: { app: 'dns' }, port: 5353 }, { cidr: 'fd00::53/128' }],
          ),
          egress: fc.constantFrom(
            [],
            [
              { from: 'server', to: { cidr: '192.168.1.0/24' }, ports: [443, '53/UDP'], why: 'the house' },
              {
                from: 'machineLearning',
                to: { namespace: 'proxy', labels: { app: 'squid' } },
                ports: [3128],
                why: 'models: by a proxy',
              },
            ],
          ),
          clients: fc.constantFrom(
            [],
            [
              { from: { namespace: 'kiosk' }, why: 'the kitchen' },
              { from: { cidr: '192.168.1.9/32' }, why: 'Home Assistant' },
            ],
          ),
          operatorNamespace: fc.constant('operators'),
          externalDatabase: fc.constant(['10.1.0.0/16']),
        },
        { requiredKeys: [] },
      ),
    ),
    flux: maybe(
      fc.record(
        {
          namespace: fc.constant('gitops'),
          source: fc.constantFrom(
            {},
            { kind: 'OCIRepository', name: 'dist' },
            { kind: 'Bucket', namespace: 'sources' },
          ),
          path: fc.constantFrom('./dist', 'clusters/dist'),
          interval: fc.constantFrom('60m', '1h30m', '90s'),
        },
        { requiredKeys: [] },
      ),
    ),
    protection: maybe(fc.record({ admission: fc.boolean() })),
  })
  .map(({ choices, library, generated, models, external, cnpg, server, config, configSecret, ...rest }) => {
    const isExternal = external !== undefined;
    const isRemote = choices.isRemote && !isExternal;
    const cluster = `${rest.name}-prod`;
    const mountable = (volume: object, key: string) => ({
      ...named(volume, choices.claims, key),
      ...(choices.isShared ? shared(volume) : {}),
    });
    const isSplit = choices.several && choices.isShared;
    return stringify({
      ...rest,
      version: choices.isOld ? 'v2.5.0' : 'v3.3.1',
      host: `${rest.name}.example.com`,
      clusters: isRemote ? { app: cluster, database: `${rest.name}-data` } : undefined,
      volumes: {
        library: mountable(library, 'library'),
        generated: generated && mountable(generated, 'generated'),
        models: named(models, choices.claims, 'models'),
      },
      database: isExternal
        ? { external }
        : {
            cnpg: {
              ...cnpg,
              // A restored database archives to a folder of its own.
              ...(cnpg.restoreFrom === undefined ? {} : { lineage: 'v3' }),
              ...(isRemote ? { host: 'db.example.net', credentials: { secret: 'login' } } : {}),
            },
          },
      server: isSplit
        ? { ...server, replicas: 3, microservices: { separate: true, resources: server?.resources } }
        : server,
      config,
      configSecret: config === undefined ? configSecret : undefined,
    });
  });

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

function secret() {
  return fc.record({ secret: label, key: fc.constantFrom('password', 'tls.key', 'a_b-C.d') });
}

function size() {
  return fc.constantFrom('1Gi', '500Gi', '2Ti', '1500M', '1e12');
}

function labels() {
  return fc.constantFrom({}, { release: 'prometheus' }, { 'example.com/team': 'photos' });
}

function resources() {
  const cpu = fc.constantFrom('100m', '250m');
  const memory = fc.constantFrom('128Mi', '256Mi');
  return fc.record(
    {
      requests: fc.record({ cpu, memory }, { requiredKeys: [] }),
      limits: fc.record(
        { cpu: fc.constantFrom('2', '3500m', '16'), memory: fc.constantFrom('4Gi', '8G') },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
}

function volume(): fc.Arbitrary<object> {
  return fc.oneof(
    fc.record(
      {
        storageClass: fc.constantFrom('longhorn', 'local-path'),
        size: size(),
        backup: fc.oneof(volsync(['Snapshot', 'Clone', 'Direct']), longhornBackup()),
        longhorn: fc.record(
          {
            snapshots: fc.constantFrom({}, { schedule: '15 4 * * 1', retain: 5 }),
            jobs: fc.constantFrom([], ['nightly']),
            groups: fc.constantFrom([], ['default', 'photos']),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['storageClass', 'size'] },
    ),
    fc.record(
      {
        nfs: fc.record(
          {
            server: fc.constantFrom('nas.example.net', '192.168.1.5'),
            path: fc.constant('/export'),
            mountOptions: fc.constant(['nfsvers=4.2']),
          },
          { requiredKeys: ['server', 'path'] },
        ),
        size: size(),
        backup: volsync(['Direct']),
      },
      { requiredKeys: ['nfs', 'size'] },
    ),
    fc.record(
      { existingClaim: fc.constant('present'), backup: volsync(['Direct']) },
      { requiredKeys: ['existingClaim'] },
    ),
  );
}

function longhornBackup() {
  return fc.record({ longhorn: fc.constantFrom({}, { schedule: '0 5 * * *', retain: 9 }) });
}

function volsync(methods: readonly string[]) {
  return fc.record({
    volsync: fc.record(
      {
        schedule: fc.constantFrom('0 5 * * *', '@weekly'),
        secret: label,
        store: fc.constantFrom('s3', 'azure', 'gcs'),
        endpoint: fc.constant('https://minio.example.com:9000'),
        copyMethod: fc.constantFrom(...methods),
        volumeSnapshotClass: fc.constant('csi'),
        retain: fc.constant({ daily: 3, weekly: 0, monthly: 1 }),
        cache: fc.constantFrom({}, { size: '2Gi', storageClass: 'local-path' }),
      },
      { requiredKeys: [] },
    ),
  });
}

/** The volume with a claim, and an export, that no other volume has. */
function named(volume: object, prefix: string, key: string): object {
  if ('existingClaim' in volume) return { ...volume, existingClaim: `present-${key}` };
  const claim = prefix === '' ? {} : { claim: `${prefix}${key}` };
  const share = 'nfs' in volume ? volume.nfs : undefined;
  return {
    ...volume,
    ...claim,
    ...(typeof share === 'object' ? { nfs: { ...share, path: `/export/${key}` } } : {}),
  };
}

/** A volume that says how it is backed up, or why it is not. */
function backed(volume: object): object {
  return 'backup' in volume ? volume : { ...volume, backup: 'none', reason: 'ZFS replicates it' };
}

function shared(volume: object): object {
  return 'nfs' in volume ? {} : { accessMode: 'ReadWriteMany' };
}

function external() {
  return fc.record(
    {
      host: fc.constantFrom('db.example.net', 'pg-rw.database.svc.cluster.local', 'pg.database.svc'),
      port: fc.integer({ min: 1024, max: 65535 }),
      database: fc.constantFrom('immich', 'photos'),
      username: fc.constantFrom('immich', 'app'),
      password: secret(),
      ca: secret(),
    },
    { requiredKeys: ['host', 'password'] },
  );
}

function cnpg() {
  return fc.record(
    {
      name: label,
      instances: fc.integer({ min: 1, max: 9 }),
      storage: fc.record({
        storageClass: fc.constantFrom('longhorn', 'local-path'),
        size: fc.constantFrom('20Gi', '1Ti'),
      }),
      walStorage: fc.constant({ storageClass: 'local-path', size: '10Gi' }),
      resources: fc.constantFrom(
        {},
        { requests: { memory: '1Gi' } },
        { limits: { cpu: '4', memory: '8Gi' } },
      ),
      parameters: fc.constantFrom({}, { max_connections: '200', work_mem: '32MB' }),
      workloadIdentity: fc.constantFrom(
        { annotations: { 'iam.gke.io/gcp-service-account': 'a@b.iam' } },
        { podLabels: { 'azure.workload.identity/use': 'true' } },
      ),
      lineage: fc.constantFrom('v1', 'v2'),
      restoreFrom: fc.constantFrom(
        'v0',
        { lineage: 'v0', time: '2026-01-02T03:04:05Z' },
        { lineage: 'v7', database: 'old' },
      ),
      credentials: fc.record({ secret: fc.constant('login') }),
      backup: backup(),
      service: fc.constant({ annotations: { 'example.com/pool': 'lan' } }),
      operator: fc.constantFrom('1.29', '1.30.1'),
      image: fc.constantFrom(
        'ghcr.io/tensorchord/cloudnative-vectorchord:16.9-0.4.3',
        'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
      ),
      ca: secret(),
      clients: fc.constantFrom(['10.0.0.0/8'], ['192.168.0.0/16', 'fd00::/8']),
    },
    { requiredKeys: ['image', 'storage', 'backup'] },
  );
}

function backup() {
  const store = fc.oneof(
    fc.record({
      s3: fc.constantFrom(
        { bucket: 'photos', credentials: 'keys' },
        {
          bucket: 'photos',
          folder: 'a/b',
          endpoint: 'http://minio.storage.svc:9000',
          credentials: { secret: 'keys' },
        },
        { bucket: 'photos', region: { secret: 'keys', key: 'region' }, inheritFromIAMRole: true },
      ),
    }),
    fc.record({
      azure: fc.constantFrom(
        {
          destinationPath: 'https://photos.blob.core.windows.net/database',
          connectionString: { secret: 'azure', key: 'c' },
        },
        {
          destinationPath: 'https://photos.blob.core.windows.net/database/x',
          storageAccount: { secret: 'azure', key: 'a' },
          sasToken: { secret: 'azure', key: 's' },
        },
        { destinationPath: 'https://photos.blob.core.windows.net/database', inheritFromAzureAD: true },
      ),
    }),
    fc.record({
      gcs: fc.constantFrom(
        { bucket: 'photos', credentials: { secret: 'google', key: 'key.json' } },
        { bucket: 'photos', gkeEnvironment: true },
      ),
    }),
  );
  return fc
    .tuple(
      fc.record(
        {
          method: fc.constantFrom('plugin', 'barmanObjectStore'),
          schedule: fc.constantFrom('0 0 3 * * *', '@daily', '@weekly', '0 15 */8 * * *'),
          retention: fc.constantFrom('14d', '4w', '6m', '1d'),
          compression: fc.constantFrom('gzip', 'none', 'snappy'),
          drill: drill(),
        },
        { requiredKeys: [] },
      ),
      store,
    )
    .map(([settings, place]) => ({ ...settings, ...place }));
}

function drill() {
  return fc.record(
    {
      schedule: fc.constantFrom('daily', 'monthly', '0 6 * * 2'),
      namespace: fc.constant('restore-drill'),
      credentials: fc.constantFrom(
        'reader',
        { secret: 'reader', connectionString: 'c' },
        { secret: 'reader', region: 'r' },
      ),
      image: fc.constant('registry.example.com/kubectl:1.36'),
      storageClass: fc.constant('local-path'),
      deadline: fc.constantFrom('30m', '6h'),
      newest: fc.constant('3d'),
      fewerRows: fc.constant(50),
    },
    { requiredKeys: [] },
  );
}

function route() {
  return fc.record(
    {
      certificate: fc.constantFrom(
        { clusterIssuer: 'letsencrypt' },
        { issuer: 'own' },
        { secret: 'photos-tls' },
      ),
      authentication: fc.constant({ middleware: 'authelia' }),
      middlewares: fc.constantFrom([], ['crowdsec']),
      traefik: fc.record(
        {
          namespaces: fc.constantFrom(['traefik'], ['kube-system', 'ingress']),
          podLabels: fc.constant({ app: 'traefik' }),
          addresses: fc.constantFrom([], ['192.168.1.0/28']),
          entryPoints: fc.constantFrom({}, { websecure: 'https' }),
          k3s: fc.boolean(),
          readTimeout: fc.constantFrom('0', '30m'),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
}

function placement() {
  return {
    nodeSelector: fc.constantFrom({}, { 'kubernetes.io/hostname': 'node-1' }),
    tolerations: fc.constantFrom([], [{ operator: 'Exists' }], [{ key: 'media', value: 'yes' }]),
    topologySpread: fc.constant([{ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 2 }]),
    priorityClass: fc.constant('household'),
    imagePullSecrets: fc.constant(['registry']),
    labels: labels(),
    annotations: fc.constantFrom({}, { 'reloader.stakater.com/auto': 'true' }),
    environmentFrom: fc.constantFrom({}, { HTTPS_PROXY: { secret: 'proxy', key: 'url' } }),
    volumes: fc.constantFrom(
      {},
      { scratch: { empty: { size: '1Gi' }, path: '/mnt/scratch' } },
      {
        import: { existingClaim: 'import', accessMode: 'ReadWriteMany', path: '/mnt/import' },
        settings: { configMap: 'settings', path: '/mnt/settings' },
        ca: { secret: 'ca', key: 'ca.crt', path: '/mnt/ca' },
      },
    ),
  };
}

function container() {
  return {
    ...placement(),
    image: fc.constant(`registry.example.com/mirror@sha256:${'a'.repeat(64)}`),
    resources: resources(),
    user: fc.integer({ min: 1, max: 70000 }),
    group: fc.integer({ min: 1, max: 70000 }),
    readOnlyRootFilesystem: fc.boolean(),
  };
}

function server() {
  return fc.record(
    {
      ...container(),
      environment: fc.constantFrom({}, { IMMICH_LOG_LEVEL: 'debug', MY_OWN: 'a: "b" # c' }),
      internet: fc.boolean(),
      trustedProxies: fc.constantFrom([], ['10.42.0.0/16']),
    },
    { requiredKeys: [] },
  );
}

function machineLearning() {
  return fc.record(
    {
      ...container(),
      environment: fc.constantFrom({}, { MACHINE_LEARNING_WORKERS: '2' }),
      offline: fc.boolean(),
    },
    { requiredKeys: [] },
  );
}

function valkey() {
  return fc.oneof(
    ownValkey(),
    fc.record({
      external: fc.record(
        {
          host: fc.constantFrom('redis.example.net', 'dragonfly.databases.svc', '192.168.1.9'),
          port: fc.constantFrom(6379, 6380),
          database: fc.constantFrom(0, 3),
          password: secret(),
        },
        { requiredKeys: ['host'] },
      ),
    }),
  );
}

function ownValkey() {
  return fc.record(
    {
      image: fc.constant('docker.io/valkey/valkey:8.1'),
      ...placement(),
      user: fc.constant(999),
      resources: resources(),
      persistence: fc.constantFrom({ storageClass: 'longhorn' }, { storageClass: 'longhorn', size: '2Gi' }),
      password: secret(),
    },
    { requiredKeys: [] },
  );
}

function config() {
  return fc.record(
    {
      backup: fc.constant({ database: { enabled: true, cronExpression: '0 2 * * *', keepLastAmount: 3 } }),
      trash: fc.record({ enabled: fc.boolean(), days: fc.integer({ min: 0, max: 100 }) }),
      theme: fc.constant({ customCss: 'body { color: red }\n' }),
      server: fc.constant({ loginPageMessage: 'Hello: "you"' }),
      storageTemplate: fc.constant({ enabled: true, template: '{{y}}/{{filename}}' }),
    },
    { requiredKeys: [] },
  );
}
