import { Testing } from 'cdk8s';
import {
  ImmichMachineLearning,
  ImmichServer,
  NetworkPolicies,
  PostgresDatabase,
  RestoreDrill,
  TraefikRoute,
  Valkey,
  ValkeyClaim,
  Volume,
} from '../../lib/index.ts';

// Checks between several properties, which an installation file has too: what is right, what is wrong, what is told.

const namespace = 'photos';
const image = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const storage = { storageClass: 'fast', size: '20Gi' };
const s3 = { bucket: 'backups', endpoint: 'https://s3.example.com', credentials: 'store' };

const server = (props: Partial<ConstructorParameters<typeof ImmichServer>[2]>) => () =>
  new ImmichServer(Testing.chart(), 'it', {
    namespace,
    version: 'v3.3.1',
    claims: { library: 'library' },
    connections: [],
    ...props,
  });
const learning = (props: Partial<ConstructorParameters<typeof ImmichMachineLearning>[2]>) => () =>
  new ImmichMachineLearning(Testing.chart(), 'it', {
    namespace,
    version: 'v3.3.1',
    claim: 'models',
    ...props,
  });
type DatabaseProps = ConstructorParameters<typeof PostgresDatabase>[2];
const plain = { image, storage, backup: 'none', reason: 'a test' } as const;
const database =
  (cnpg: Partial<DatabaseProps['cnpg']>, props: Partial<DatabaseProps> = {}) =>
  () =>
    new PostgresDatabase(Testing.chart(), 'it', { namespace, cnpg: { ...plain, ...cnpg }, ...props });
const drill = (props: Partial<ConstructorParameters<typeof RestoreDrill>[2]>) => () =>
  new RestoreDrill(Testing.chart(), 'it', {
    namespace: 'photos-drill',
    version: 'v3.3.1',
    cnpg: { image, storage, backup: { s3 } },
    ...props,
  });
const volume = (props: ConstructorParameters<typeof Volume>[2]['volume']) => () =>
  new Volume(Testing.chart(), 'it', { namespace, claim: 'library', volume: props });
const policies = (props: Partial<ConstructorParameters<typeof NetworkPolicies>[2]>) => () =>
  new NetworkPolicies(Testing.chart(), 'it', { namespace, pods: [], edges: [], ...props });
const route = (service: ConstructorParameters<typeof TraefikRoute>[2]['service']) => () =>
  new TraefikRoute(Testing.chart(), 'it', { namespace, host: 'photos.example.com', service });

test.each<[what: string, right: () => unknown, wrong: () => unknown, told: RegExp]>([
  [
    'a version that is too old',
    server({ version: 'v2.0.0' }),
    server({ version: 'v1.143.0' }),
    /^ImmichServer "it": version: "v1\.143\.0" is older than v2\.0\.0/,
  ],
  [
    'an image of another version',
    server({ image: 'ghcr.io/immich-app/immich-server:v3.3.1' }),
    server({ image: 'ghcr.io/immich-app/immich-server:v3.2.0' }),
    /^ImmichServer "it": image: ".*:v3\.2\.0" is not of version "v3\.3\.1"/,
  ],
  [
    'a variable that Immich does not read',
    server({ server: { environment: { IMMICH_LOG_LEVEL: 'debug' } } }),
    server({ server: { environment: { IMMICH_LOGLEVEL: 'debug' } } }),
    /^ImmichServer "it": server\.environment\.IMMICH_LOGLEVEL: .*IMMICH_LOG_LEVEL/,
  ],
  [
    'a value that this version refuses',
    server({ server: { environment: { IMMICH_LOG_LEVEL: 'warn' } } }),
    server({ server: { environment: { IMMICH_LOG_LEVEL: 'loud' } } }),
    /^ImmichServer "it": server\.environment\.IMMICH_LOG_LEVEL: IMMICH_LOG_LEVEL is "loud"/,
  ],
  [
    'a variable that "connections" sets',
    server({ server: { environment: { DB_HOSTNAME: 'db' } } }),
    server({
      server: { environment: { DB_HOSTNAME: 'db' } },
      connections: [{ name: 'DB_HOSTNAME', value: 'other' }],
    }),
    /^ImmichServer "it": server\.environment\.DB_HOSTNAME: "DB_HOSTNAME" is set already, by "connections"/,
  ],
  [
    'a variable that the construct sets',
    server({ timezone: 'Europe/Zurich' }),
    server({ server: { environment: { TZ: 'Europe/Zurich' } } }),
    /^ImmichServer "it": server\.environment\.TZ: "TZ" is set already, by what "timezone" says/,
  ],
  [
    'a password in a connection',
    server({ connections: [{ name: 'DB_PASSWORD', from: { secret: 'db', key: 'password' } }] }),
    server({ connections: [{ name: 'DB_PASSWORD', value: 'hunter2-hunter2' }] }),
    /^ImmichServer "it": connections: "DB_PASSWORD" looks like a secret, and dist is committed\. Keep it in a Secret\.$/,
  ],
  [
    'several servers with jobs',
    server({ server: { replicas: 2, microservices: { separate: true } }, isShared: true }),
    server({ server: { replicas: 2 }, isShared: true }),
    /^ImmichServer "it": server\.replicas: "2" server replicas would each run the microservices worker/,
  ],
  [
    'several pods on claims of one node',
    server({ server: { microservices: { separate: true } }, isShared: true }),
    server({ server: { microservices: { separate: true } } }),
    /^ImmichServer "it": server\.microservices\.separate: A separate microservices pod needs all claims on every node, but "isShared" is not true/,
  ],
  [
    'several pods of machine learning on one node',
    learning({ machineLearning: { replicas: 2 }, isShared: true }),
    learning({ machineLearning: { replicas: 2 } }),
    /^ImmichMachineLearning "it": machineLearning\.replicas: "2" machine learning replicas need the claim on every node/,
  ],
  [
    'a variable that machine learning does not read',
    learning({ machineLearning: { environment: { MACHINE_LEARNING_WORKERS: '2' } } }),
    learning({ machineLearning: { environment: { DB_HOSTNAME: 'db' } } }),
    /^ImmichMachineLearning "it": machineLearning\.environment\.DB_HOSTNAME: /,
  ],
  [
    'a database that a version does not work with',
    database({}, { version: 'v3.3.1' }),
    database({ image: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.2.2' }, { version: 'v3.3.1' }),
    /^PostgresDatabase "it": image: ".*" has VectorChord 0\.2\.2; Immich v3\.3\.1 starts with /,
  ],
  [
    'a database without VectorChord',
    database({}),
    database({ image: 'ghcr.io/cloudnative-pg/postgresql:17' }),
    /^PostgresDatabase "it": image: ".*" does not say which VectorChord it has/,
  ],
  [
    'the name of a database',
    database({ name: 'db-9' }),
    database({ name: '9db' }),
    /^PostgresDatabase "it": cnpg\.name: "9db" begins with a digit/,
  ],
  [
    'a remote database without a name',
    database({ host: 'db.example.com', credentials: { secret: 'login' } }, { isRemote: true }),
    database({ credentials: { secret: 'login' } }, { isRemote: true }),
    /^PostgresDatabase "it": cnpg: "host" is missing: the database runs in another cluster/,
  ],
  [
    'a name for a database that is near',
    database({}),
    database({ host: 'db.example.com' }),
    /^PostgresDatabase "it": cnpg\.host: .* Remove host, or write isRemote: true\./,
  ],
  [
    'a restore into the folder that it reads',
    database({ backup: { s3 }, reason: undefined, lineage: 'v1', restoreFrom: 'v0' }),
    database({ backup: { s3 }, reason: undefined, lineage: 'v1', restoreFrom: 'v1' }),
    /^PostgresDatabase "it": cnpg\.restoreFrom: "v1" is the lineage that this database archives to itself/,
  ],
  [
    'a restore without a store',
    database({}),
    database({ restoreFrom: 'v0' }),
    /^PostgresDatabase "it": cnpg\.restoreFrom: There is no backup to restore from: cnpg\.backup is none/,
  ],
  [
    'a drill of an image that its version does not work with',
    drill({}),
    drill({ image: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.5-0.2.2' }),
    /^RestoreDrill "it": image: ".*" has VectorChord 0\.2\.2/,
  ],
  [
    'a drill in a namespace of others',
    drill({}),
    drill({ namespace: 'longhorn-system' }),
    /^RestoreDrill "it": namespace: "longhorn-system" is used by others/,
  ],
  [
    'a volume without a backup or a reason',
    volume({ ...storage, backup: 'none', reason: 'a test' }),
    volume({ ...storage, backup: 'none' }),
    /^Volume "it": volume\.backup: "none" needs a reason beside it/,
  ],
  [
    'a backup by Longhorn of what is not of Longhorn',
    volume({ ...storage, backup: { longhorn: {} } }),
    volume({ existingClaim: 'x', backup: { longhorn: {} } }),
    /^Volume "it": volume\.backup: "longhorn" backs up volumes that a Longhorn storage class made/,
  ],
  [
    'policies in a namespace of others',
    policies({}),
    policies({ namespace: 'kube-system' }),
    /^NetworkPolicies "it": namespace: "kube-system" belongs to other programs/,
  ],
  [
    'pods whose name is none',
    policies({ pods: [{ kind: 'own', name: 'api', labels: { app: 'api' } }] }),
    policies({ pods: [{ kind: 'own', name: 'My API', labels: { app: 'api' } }] }),
    /^NetworkPolicies "it": pods\.0\.name: "My API"/,
  ],
  [
    'pods without a label',
    policies({ pods: [{ kind: 'own', name: 'api', labels: { app: 'api' } }] }),
    policies({ pods: [{ kind: 'own', name: 'api', labels: {} }] }),
    /^NetworkPolicies "it": pods\.0\.labels: No label means every pod of the namespace/,
  ],
  [
    'a Service whose name is none',
    route({ name: 'immich-server', port: 'http' }),
    route({ name: 'Immich Server', port: 'http' }),
    /^TraefikRoute "it": service\.name: "Immich Server"/,
  ],
  [
    'a port that is none',
    route({ name: 'immich-server', port: 2283 }),
    route({ name: 'immich-server', port: 70_000 }),
    /^TraefikRoute "it": service\.port: 70000 is not a whole number from 1 to 65535/,
  ],
  [
    'a claim of Valkey whose name is none',
    () => new ValkeyClaim(Testing.chart(), 'it', { namespace, name: 'queue' }),
    () => new ValkeyClaim(Testing.chart(), 'it', { namespace, name: 'My queue' }),
    /^ValkeyClaim "it": name: "My queue"/,
  ],
  [
    'a claim of Valkey in a namespace that is none',
    () => new ValkeyClaim(Testing.chart(), 'it', { namespace }),
    () => new ValkeyClaim(Testing.chart(), 'it', { namespace: 'My photos' }),
    /^ValkeyClaim "it": namespace: "My photos"/,
  ],
])('%s', (_, right, wrong, told) => {
  expect(right).not.toThrow();
  expect(wrong).toThrow(told);
});

test('what is only likely wrong is kept as a warning', () => {
  const digest = `@sha256:${'0'.repeat(64)}`;
  const pinned = `ghcr.io/immich-app/immich-server:v9.0.0${digest}`;
  expect(server({ image: pinned.replace('v9.0.0', 'v3.3.1') })().warnings).toEqual([]);
  expect(server({})().warnings).toEqual([
    expect.stringMatching(/^ImmichServer "it": image: Without a digest .*: image \(.*:v3\.3\.1\)\. Write/),
  ]);
  expect(server({ version: 'v9.0.0', image: pinned })().warnings).toEqual([
    expect.stringMatching(/^ImmichServer "it": version: "v9\.0\.0" is newer than /),
  ]);
  expect(database({ instances: 1, image: image + digest })().warnings).toEqual([
    expect.stringMatching(/^PostgresDatabase "it": cnpg\.instances: With "1" instance Immich is down /),
  ]);
  expect(route({ name: 'immich-server', port: 2283 })().warnings).toEqual([
    expect.stringMatching(/^TraefikRoute "it": route: No certificate is named for "photos\.example\.com"/),
  ]);
});

describe('handles', () => {
  test('pods are what the Deployments select', () => {
    const chart = Testing.chart();
    const it = new ImmichServer(chart, 'it', {
      namespace,
      version: 'v3.3.1',
      claims: { library: 'library' },
      connections: [],
      server: { microservices: { separate: true } },
      isShared: true,
    });
    const queue = new Valkey(chart, 'queue', {
      namespace,
      valkey: { persistence: { storageClass: 'fast' } },
    });
    const models = new ImmichMachineLearning(chart, 'ml', { namespace, version: 'v3.3.1', claim: 'models' });
    const selectors = Object.fromEntries(
      Testing.synth(chart)
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ metadata, spec }) => [metadata.name, spec.selector.matchLabels]),
    );
    const all = [it.pods, it.microservicesPods, queue.pods, models.pods].flatMap((pods) => pods ?? []);
    expect(Object.fromEntries(all.map(({ name, labels }) => [name, labels]))).toEqual(selectors);
    expect(Object.keys(selectors)).toHaveLength(4);
    expect(queue.claimName).toBe('immich-valkey');
    expect(server({})().microservicesPods).toBeUndefined();
  });

  test('pods go into policies as they are', () => {
    const chart = Testing.chart();
    const pods = database({})().pods;
    new NetworkPolicies(chart, 'it', { namespace, pods: [pods], edges: [] });
    const policy = Testing.synth(chart).find(({ metadata }) => metadata.name === pods.name);
    expect(policy.spec.podSelector.matchLabels).toEqual({ 'cnpg.io/cluster': 'immich-db' });
  });

  test('a remote database is found by its own name, over TLS that is verified', () => {
    const it = database({ host: 'db.example.com', credentials: { secret: 'login' } }, { isRemote: true })();
    const texts = it.environment.map((one) => `${one.name}=${'value' in one ? one.value : one.from.secret}`);
    expect(it.host).toBe('db.example.com');
    expect(it.secretName).toBe('login');
    expect(texts).toContain('DB_HOSTNAME=db.example.com');
    expect(texts).toContain('DB_PASSWORD=login');
    expect(texts.join('\n')).toMatch(/^DB_URL=.*@db\.example\.com:5432\/immich\?sslmode=verify-full/m);
    expect(it.files).toEqual([
      expect.objectContaining({ kind: 'secret', secret: 'immich-db-ca', key: 'ca.crt' }),
    ]);
    expect(database({})()).toMatchObject({ host: 'immich-db-rw.photos.svc', files: [] });
  });

  test('a port of a Service is written as it was given', () => {
    const ports = (port: string | number) => {
      const chart = Testing.chart();
      new TraefikRoute(chart, 'it', { namespace, host: 'photos.example.com', service: { name: 'x', port } });
      return Testing.synth(chart)
        .filter(({ kind }) => kind === 'IngressRoute')
        .map(({ spec }) => spec.routes[0].services[0].port);
    };
    expect(ports(2283)).toEqual([2283, 2283]);
    expect(ports('http')).toEqual(['http', 'http']);
  });
});
