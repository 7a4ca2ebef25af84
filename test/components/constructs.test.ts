import { Testing } from 'cdk8s';
import {
  DatabaseBackup,
  DumpImport,
  FileDrill,
  ImmichMachineLearning,
  ImmichServer,
  NetworkPolicies,
  PostgresDatabase,
  RestoreDrill,
  TraefikRoute,
  Valkey,
  VectorIndexes,
  Volume,
} from '../../lib/index.ts';

const namespace = 'photos';
const image = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const backup = {
  s3: { bucket: 'backups', endpoint: 'https://s3.example.com', credentials: 'store' },
  schedule: '0 0 3 * * *',
} as const;
const storage = { storageClass: 'fast', size: '20Gi' };

type Chart = ReturnType<typeof Testing.chart>;

/** Each construct of the public API, under a name of its own. */
const builders: { readonly [name: string]: (chart: Chart, name: string) => unknown } = {
  ImmichServer: (chart, name) =>
    new ImmichServer(chart, name, {
      namespace,
      name,
      version: 'v3.3.1',
      claims: { library: 'library', generated: 'generated' },
      connections: [],
      server: { microservices: { separate: true } },
      isShared: true,
    }),
  ImmichMachineLearning: (chart, name) =>
    new ImmichMachineLearning(chart, name, { namespace, name, version: 'v3.3.1', claim: 'models' }),
  Valkey: (chart, name) =>
    new Valkey(chart, name, { namespace, name, valkey: { persistence: { storageClass: 'fast' } } }),
  PostgresDatabase: (chart, name) =>
    new PostgresDatabase(chart, name, { namespace, cnpg: { name, image, storage, backup } }),
  DatabaseBackup: (chart, name) => new DatabaseBackup(chart, name, { namespace, database: name, backup }),
  RestoreDrill: (chart, name) =>
    new RestoreDrill(chart, name, { namespace, name, version: 'v3.3.1', cnpg: { image, storage, backup } }),
  FileDrill: (chart, name) =>
    new FileDrill(chart, name, {
      namespace,
      name,
      cnpg: { image, storage, backup: { ...backup, drill: { files: {} } } },
    }),
  VectorIndexes: (chart, name) =>
    new VectorIndexes(chart, name, { namespace, name, cnpg: { image, storage, backup } }),
  DumpImport: (chart, name) =>
    new DumpImport(chart, name, {
      namespace,
      name,
      cnpg: { image, storage, backup, importFrom: { dump: 'backups/immich.sql.gz' } },
      libraryClaim: 'library',
    }),
  'Volume of a class': (chart, name) => new Volume(chart, name, { namespace, claim: name, volume: storage }),
  'Volume of an NFS export': (chart, name) =>
    new Volume(chart, name, {
      namespace,
      claim: name,
      volume: { nfs: { server: 'nas.example.net', path: '/export/photos' }, size: '1Ti' },
    }),
  TraefikRoute: (chart, name) =>
    new TraefikRoute(chart, name, {
      namespace,
      name,
      host: `${name}.example.com`,
      service: { name: 'immich-server', port: 'http' },
      route: { certificate: { clusterIssuer: 'letsencrypt' } },
    }),
  NetworkPolicies: (chart, name) =>
    new NetworkPolicies(chart, name, {
      namespace,
      deniesOthers: name === 'one',
      pods: [{ kind: 'own', name, labels: { app: name } }],
      edges: [],
    }),
};

describe.each(Object.entries(builders))('%s', (_, build) => {
  test('alone', () => {
    const chart = Testing.chart();
    build(chart, 'one');
    expect(Testing.synth(chart)).toMatchSnapshot();
  });

  test('stands twice in one chart, and no two of its objects are the same', () => {
    const chart = Testing.chart();
    build(chart, 'one');
    build(chart, 'two');
    const names = Testing.synth(chart).map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
    );
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual([...new Set(names)]);
  });
});

test('one hands the next what it needs', () => {
  const chart = Testing.chart();
  const library = new Volume(chart, 'library', { namespace, claim: 'photos', volume: storage });
  const models = new Volume(chart, 'models', { namespace, claim: 'models', volume: storage });
  const database = new PostgresDatabase(chart, 'database', {
    namespace,
    cnpg: { image, storage, backup: 'none', reason: 'a test' },
  });
  const valkey = new Valkey(chart, 'valkey', { namespace });
  const learning = new ImmichMachineLearning(chart, 'learning', {
    namespace,
    version: 'v3.3.1',
    claim: models.claimName,
  });
  const server = new ImmichServer(chart, 'server', {
    namespace,
    version: 'v3.3.1',
    claims: { library: library.claimName },
    connections: [...database.environment, ...valkey.environment, ...learning.environment],
  });
  const route = new TraefikRoute(chart, 'route', {
    namespace,
    host: 'photos.example.com',
    service: { name: server.name, port: 'http' },
  });
  expect([server.host, server.port, route.url]).toEqual([
    'immich-server.photos.svc',
    2283,
    'https://photos.example.com',
  ]);
  const deployment = Testing.synth(chart).find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === server.name,
  );
  const pod = deployment.spec.template.spec;
  const variables: { name: string; value?: string; valueFrom?: unknown }[] = pod.containers[0].env;
  const of = (name: string) => variables.find((variable) => variable.name === name);
  expect(of('DB_HOSTNAME')?.value).toBe('immich-db-rw.photos.svc');
  expect(of('DB_PASSWORD')?.valueFrom).toEqual({
    secretKeyRef: { name: database.secretName, key: 'password' },
  });
  expect(of('REDIS_HOSTNAME')?.value).toBe(valkey.host);
  expect(of('IMMICH_MACHINE_LEARNING_URL')?.value).toBe(learning.url);
  expect(pod.volumes).toContainEqual({
    name: 'library',
    persistentVolumeClaim: { claimName: 'photos' },
  });
});

describe('a wrong property', () => {
  test.each([
    [
      'a size',
      (chart: Chart) =>
        new Volume(chart, 'library', {
          namespace,
          claim: 'x',
          volume: { storageClass: 'fast', size: '500' },
        }),
      /^Volume "library": volume\.size: .*"500"/,
    ],
    [
      'a version',
      (chart: Chart) =>
        new ImmichServer(chart, 'server', {
          namespace,
          version: 'latest',
          claims: { library: 'x' },
          connections: [],
        }),
      /^ImmichServer "server": version: .*"latest"/,
    ],
    [
      'a time zone',
      (chart: Chart) =>
        new ImmichServer(chart, 'server', {
          namespace,
          version: 'v3.3.1',
          timezone: 'CEST',
          claims: { library: 'x' },
          connections: [],
        }),
      /^ImmichServer "server": timezone: .*"CEST"/,
    ],
    [
      'a claim',
      (chart: Chart) =>
        new ImmichServer(chart, 'server', {
          namespace,
          version: 'v3.3.1',
          claims: { library: 'My photos' },
          connections: [],
        }),
      /^ImmichServer "server": claims\.library: .*"My photos"/,
    ],
    [
      'a schedule of five fields',
      (chart: Chart) =>
        new DatabaseBackup(chart, 'backup', {
          namespace,
          database: 'db',
          backup: { ...backup, schedule: '0 3 * * *' },
        }),
      /^DatabaseBackup "backup": backup\.schedule: .*"0 3 \* \* \*"/,
    ],
    [
      'a host',
      (chart: Chart) =>
        new TraefikRoute(chart, 'route', {
          namespace,
          host: 'https://photos.example.com',
          service: { name: 'x', port: 'http' },
        }),
      /^TraefikRoute "route": host: /,
    ],
    [
      'a drill without a backup',
      (chart: Chart) =>
        new RestoreDrill(chart, 'drill', {
          namespace,
          version: 'v3.3.1',
          cnpg: { image, storage, backup: 'none', reason: 'a test' },
        }),
      /^RestoreDrill "drill": cnpg\.backup: There is no backup with a drill/,
    ],
  ])('such as %s is told as in an installation file', (_, build, message) => {
    expect(() => build(Testing.chart())).toThrow(message);
  });

  test('is not made worse by what else is right', () => {
    expect(
      () => new Volume(Testing.chart(), 'library', { namespace, claim: 'x', volume: storage }),
    ).not.toThrow();
  });
});
