import { audit } from '../../lib/audit/audit.ts';
import {
  cluster,
  documents,
  machineLearning,
  routed,
  scheduledBackup,
  server,
} from '../../lib/audit/examples.ts';
import { RULES } from '../../lib/audit/rules.ts';
import type { InventoryOptions } from '../../lib/manifests/inventory.ts';
import { inventoryOf } from './example.ts';

/** What one rule says of manifests: "severity path". */
function said(id: string, example: string, options: InventoryOptions = {}): string[] {
  const rules = RULES.filter((rule) => rule.id === id);
  expect(rules).toHaveLength(1);
  return audit(inventoryOf(example, options), rules).map(
    ({ severity, path }) => `${severity} ${path.join('.')}`,
  );
}

const STORE = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec: { configuration: { destinationPath: s3://immich } }`;

const PLUGIN = `plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters: { barmanObjectName: immich }`;

describe('a reference that dangles', () => {
  const claim = (name: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: immich }`;
  const pod = server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: library } }]');
  const where = 'spec.template.spec.volumes.0.persistentVolumeClaim.claimName';

  test.each<[string, string[], InventoryOptions, string[]]>([
    ['where everything is known', [pod], { complete: true }, [`error ${where}`]],
    [
      'that is declared',
      [pod],
      { complete: true, externals: [{ kind: 'PersistentVolumeClaim', name: 'library' }] },
      [],
    ],
    ['where nothing like it is known', [pod], {}, []],
    ['of which there are others beside it', [pod, claim('models')], {}, [`warning ${where}`]],
    [
      'of which there are others elsewhere',
      [pod, `# other/c.yaml\n${claim('models')}`],
      {},
      [`info ${where}`],
    ],
    ['that is a slip of the pen', [pod, `# other/c.yaml\n${claim('libary')}`], {}, [`warning ${where}`]],
    ['among names that are not known', [pod, claim('"\u0024{APP}"')], {}, []],
    [
      'with a name that is not known',
      [server('', 'volumes: [{ name: l, persistentVolumeClaim: { claimName: "\u0024{APP}" } }]'), claim('a')],
      {},
      [],
    ],
  ])('%s', (_, texts, options, expected) => {
    expect(said('missing-claim', documents(...texts), options)).toEqual(expected);
  });
});

describe('missing-port', () => {
  const service = (port: string) => `apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich-server }, ports: [{ name: http, port: 2283, targetPort: ${port} }] }`;

  test.each([
    ['http', []],
    ['2283', []],
    ['"2283"', []],
    ['3001', ['error spec.ports.0.targetPort']],
    ['web', ['error spec.ports.0.targetPort']],
  ])('a service whose target is %s', (port, expected) => {
    expect(
      said('missing-port', documents(service(port), server('ports: [{ name: http, containerPort: 2283 }]'))),
    ).toEqual(expected);
  });

  test('a container that names no ports may listen on any number, but on no name', () => {
    expect(said('missing-port', documents(service('2283'), server('')))).toEqual([]);
    expect(said('missing-port', documents(service('http'), server('')))).toEqual([
      'error spec.ports.0.targetPort',
    ]);
  });

  test('probes and routes', () => {
    expect(said('missing-port', server('livenessProbe: { httpGet: { path: /, port: web } }'))).toEqual([
      'error spec.template.spec.containers.0.livenessProbe.httpGet.port',
    ]);
    expect(said('missing-port', routed('compress: {}').replace('port: http }]', 'port: web }]'))).toEqual([
      'error spec.routes.0.services.0.port',
    ]);
  });
});

describe('unwritable-path', () => {
  const env = 'env: [{ name: MPLCONFIGDIR, value: /cache/matplotlib }]';
  const mounted = (more = '') => `${env}
volumeMounts: [{ name: cache, mountPath: /cache${more} }, { name: tmp, mountPath: /tmp }]`;
  const volumes =
    'volumes: [{ name: cache, persistentVolumeClaim: { claimName: m } }, { name: tmp, emptyDir: {} }]';
  const readOnly = 'securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true }';

  test.each([
    ['a volume', mounted(), volumes, 0],
    ['a volume that is mounted read-only', mounted(', readOnly: true'), volumes, 2],
    [
      'a config map',
      mounted(),
      volumes.replace('persistentVolumeClaim: { claimName: m }', 'configMap: { name: m }'),
      2,
    ],
    ['root, on its own file system', env, '', 0],
  ])('below %s', (_, container, pod, count) => {
    expect(said('unwritable-path', machineLearning(container, pod))).toHaveLength(count);
  });

  test('a user that is not root cannot write to what the image brings, a read-only file system nobody', () => {
    expect(
      said('unwritable-path', machineLearning(`${env}\nsecurityContext: { runAsUser: 1000 }`)),
    ).toHaveLength(2);
    expect(said('unwritable-path', machineLearning(`${env}\n${readOnly}`))).toHaveLength(3);
    expect(said('unwritable-path', machineLearning(`${mounted()}\n${readOnly}`, volumes))).toEqual([]);
  });
});

describe('backup-schedule', () => {
  test.each([
    ['0 0 3 * * *', 0],
    ['@daily', 0],
    ['@every 24h', 0],
    ['\u0024{SCHEDULE}', 0],
    ['0 3 * * *', 1],
    ['* * 3 * * *', 1],
    ['0 0 3 1 1 *', 1],
    ['0 0 0 31 2 *', 1],
    ['0 0 * * 0', 1],
    ['TZ=UTC 0 0 3 * * *', 1],
    ['nonsense', 1],
  ])('%s', (schedule, count) => {
    expect(said('backup-schedule', scheduledBackup().replace('0 0 3 * * *', schedule))).toHaveLength(count);
  });
});

describe('backup-method', () => {
  const tree = 'backup: { barmanObjectStore: { destinationPath: s3://immich } }';

  test.each([
    ['in-tree by default', tree, '', []],
    ['plugin', PLUGIN, 'method: plugin\npluginConfiguration: { name: barman-cloud.cloudnative-pg.io }', []],
    ['snapshots', 'backup: { volumeSnapshot: { className: a } }', 'method: volumeSnapshot', []],
    ['default with the plugin', PLUGIN, '', ['error spec.method']],
    ['plugin without a name', PLUGIN, 'method: plugin', ['error spec.method']],
    [
      'plugin that is not there',
      tree,
      'method: plugin\npluginConfiguration: { name: other }',
      ['error spec.method'],
    ],
    ['snapshots that are not set up', tree, 'method: volumeSnapshot', ['error spec.method']],
  ])('%s', (_, spec, backup, expected) => {
    expect(said('backup-method', documents(cluster(spec), scheduledBackup(backup)))).toEqual(expected);
  });

  test('says nothing of a cluster that it does not see, or sees in several versions', () => {
    expect(said('backup-method', scheduledBackup())).toEqual([]);
    expect(said('backup-method', documents(cluster(tree), cluster(PLUGIN), scheduledBackup()))).toEqual([]);
  });
});

describe('recovery', () => {
  const source = (path: string, name: string) => `bootstrap: { recovery: { source: origin } }
externalClusters: [{ name: origin, barmanObjectStore: { destinationPath: ${path}, serverName: ${name} } }]`;
  const original = (more = '') =>
    cluster(`backup: { barmanObjectStore: { destinationPath: s3://immich } }\n${more}`, 'immich-db');
  const image = (tag: string) => `imageName: ghcr.io/tensorchord/cloudnative-vectorchord:${tag}`;

  test.each([
    ['the same folder', source('s3://immich/', 'immich-db'), []],
    [
      'another bucket',
      source('s3://other', 'immich-db'),
      ['error spec.externalClusters.0.barmanObjectStore.destinationPath'],
    ],
    [
      'a folder that nobody writes',
      source('s3://immich', 'imich-db'),
      ['warning spec.externalClusters.0.barmanObjectStore.serverName'],
    ],
    ['an older life of it', source('s3://immich', 'immich-db-v1'), []],
    ['a bucket that is not known', source('"s3://\u0024{BUCKET}"', 'immich-db'), []],
  ])('from %s', (_, spec, expected) => {
    expect(said('recovery-differs-from-backup', documents(original(), cluster(spec, 'restored')))).toEqual(
      expected,
    );
  });

  test.each([
    ['17.10-1.1.1', []],
    ['16.9-1.1.1', ['error spec.imageName']],
    ['17.10-0.5.3', ['warning spec.imageName']],
  ])('with the image %s', (tag, expected) => {
    const restored = cluster(`${source('s3://immich', 'immich-db')}\n${image(tag)}`, 'restored');
    expect(said('recovery-differs-from-backup', documents(original(image('17.10-1.1.1')), restored))).toEqual(
      expected,
    );
  });

  test('without a library that the original preloads, or from another endpoint', () => {
    const preloading = original('postgresql: { shared_preload_libraries: [vchord.so] }');
    expect(
      said(
        'recovery-differs-from-backup',
        documents(preloading, cluster(source('s3://immich', 'immich-db'), 'restored')),
      ),
    ).toEqual(['error spec.postgresql.shared_preload_libraries']);
    const elsewhere = source('s3://immich', 'immich-db, endpointURL: https://other');
    expect(
      said('recovery-differs-from-backup', documents(original(), cluster(elsewhere, 'restored'))),
    ).toEqual(['error spec.externalClusters.0.barmanObjectStore.endpointURL']);
  });

  test('the folder of a plugin is called like the new cluster unless it is said', () => {
    const restored = cluster(`${PLUGIN}
bootstrap: { recovery: { source: origin } }
externalClusters: [{ name: origin, plugin: { name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: immich } } }]`);
    expect(said('recovery-overwrites-source', documents(STORE, restored))).toEqual([
      'error spec.plugins.0.parameters.serverName',
    ]);
    expect(said('recovery-overwrites-source', documents(restored))).toEqual([]);
  });
});

describe('a database that Immich uses', () => {
  test.each([
    ['by its service', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw }]', 1],
    ['by the full name', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw.immich.svc.cluster.local }]', 1],
    ['by a URL', 'env: [{ name: DB_URL, value: "postgresql://u@immich-db-rw:5432/immich" }]', 1],
    [
      'by its own secret',
      'env: [{ name: DB_URL, valueFrom: { secretKeyRef: { name: immich-db-app, key: uri } } }]',
      1,
    ],
    ['in another namespace', 'env: [{ name: DB_HOSTNAME, value: immich-db-rw.other }]', 0],
    ['not at all', 'env: [{ name: DB_HOSTNAME, value: postgres }]', 0],
  ])('%s is one that needs a backup: %s', (_, container, count) => {
    expect(said('database-without-backup', documents(cluster(''), server(container)))).toHaveLength(count);
  });
});

describe('pod-security', () => {
  const namespace = `apiVersion: v1
kind: Namespace
metadata: { name: immich, labels: { pod-security.kubernetes.io/enforce: restricted } }`;
  const pod = 'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }';
  const container = 'securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }';

  test.each([
    ['nothing more', '', '', 0],
    ['a port of the node', 'ports: [{ containerPort: 1, hostPort: 1 }]', '', 1],
    ['a path of the node', '', 'volumes: [{ name: a, hostPath: { path: /a } }]', 1],
    ['the network of the node', '', 'hostNetwork: true', 1],
    ['a probe of a host', 'livenessProbe: { httpGet: { path: /, port: 1, host: example.com } }', '', 1],
    ['an allowed volume', '', 'volumes: [{ name: a, emptyDir: {} }]', 0],
  ])('with %s', (_, more, morePod, count) => {
    expect(
      said('pod-security', documents(namespace, server(`${container}\n${more}`, `${pod}\n${morePod}`))),
    ).toHaveLength(count);
  });

  test('asks nothing where nothing is enforced', () => {
    expect(said('pod-security', server('securityContext: { privileged: true }'))).toEqual([]);
  });
});

describe('middlewares and logins', () => {
  test.each([
    ['retry: { attempts: 3 }', 1],
    ['circuitBreaker: { expression: NetworkErrorRatio() > 0.3 }', 1],
    ['circuitBreaker: { expression: LatencyAtQuantileMS(50.0) > 100 }', 0],
    ['rateLimit: { average: 10, burst: 20 }', 1],
    ['rateLimit: { average: 100, burst: 500 }', 0],
    ['compress: {}', 1],
    ['compress: { includedContentTypes: [text/css] }', 0],
    ['forwardAuth: { address: http://a, forwardBody: true }', 1],
    ['forwardAuth: { address: http://a }', 0],
  ])('%s', (middleware, count) => {
    expect(said('middleware-breaks-uploads', routed(middleware))).toHaveLength(count);
  });

  test('a login is right beside a route that goes past it', () => {
    const login = routed('basicAuth: { secret: users }');
    const bypass = `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: apps, namespace: immich }
spec:
  routes:
    - kind: Rule
      match: PathPrefix(\`/api\`) || PathPrefix(\`/.well-known/immich\`)
      services: [{ name: immich-server, port: http }]`;
    expect(said('authentication-breaks-apps', login)).toHaveLength(1);
    expect(said('authentication-breaks-apps', documents(login, bypass))).toEqual([]);
  });
});

describe('several-workers', () => {
  const scaled = (container: string) => server(container).replace('spec:\n', 'spec:\n  replicas: 3\n');

  test.each([
    ['', 1],
    ['env: [{ name: IMMICH_WORKERS_EXCLUDE, value: microservices }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: api }]', 0],
    ['env: [{ name: IMMICH_WORKERS_INCLUDE, value: "api,microservices" }]', 1],
  ])('%s', (container, count) => {
    expect(said('several-workers', scaled(container))).toHaveLength(count);
  });
});

describe('short-startup', () => {
  test.each([
    ['livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }', 1],
    ['livenessProbe: { httpGet: { path: /api/server/ping, port: 2283 }, initialDelaySeconds: 600 }', 0],
    ['readinessProbe: { httpGet: { path: /api/server/ping, port: 2283 } }', 0],
  ])('%s', (container, count) => {
    expect(said('short-startup', server(container))).toHaveLength(count);
  });
});

describe('store-path', () => {
  const store = (configuration: string) => STORE.replace('destinationPath: s3://immich', configuration);

  test.each([
    ['destinationPath: s3://immich, s3Credentials: {}', 0],
    ['destinationPath: immich, s3Credentials: {}', 1],
    ['destinationPath: gs://immich, googleCredentials: {}', 0],
    ['destinationPath: s3://immich, googleCredentials: {}', 1],
    ['destinationPath: https://a.blob.core.windows.net, azureCredentials: {}', 1],
    ['destinationPath: https://a.blob.core.windows.net/immich, azureCredentials: {}', 0],
    [
      'destinationPath: https://a.blob.core.windows.net/immich, azureCredentials: { connectionString: {}, storageKey: {} }',
      1,
    ],
    ['destinationPath: s3://immich, serverName: a', 1],
  ])('%s', (configuration, count) => {
    expect(said('store-path', store(configuration))).toHaveLength(count);
  });
});

describe('eviction-policy', () => {
  const valkey = (pod: string) =>
    documents(
      server('env: [{ name: REDIS_HOSTNAME, value: cache }]'),
      `apiVersion: v1
kind: Service
metadata: { name: cache, namespace: immich }
spec: { selector: { app: cache } }`,
      `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: immich }
spec:
  template:
    metadata: { labels: { app: cache } }
    spec: ${pod}`,
      `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: immich }
data: { valkey.conf: "maxmemory 1gb\\nmaxmemory-policy volatile-lru\\n" }`,
    );

  test.each([
    [
      '{ containers: [{ image: "valkey:9", args: [--maxmemory-policy=allkeys-lfu] }] }',
      ['error spec.template.spec.containers.0.args.0'],
    ],
    [
      '{ containers: [{ image: "valkey:9", command: [sh, -c, valkey-server --maxmemory-policy noeviction] }] }',
      [],
    ],
    [
      '{ containers: [{ image: "dragonfly:1", args: [--cache_mode=true] }] }',
      ['error spec.template.spec.containers.0.args.0'],
    ],
    [
      '{ containers: [{ image: "valkey:9" }], volumes: [{ name: a, configMap: { name: settings } }] }',
      ['error data.valkey.conf'],
    ],
    ['{ containers: [{ image: "valkey:9" }], volumes: [{ name: a, configMap: { name: other } }] }', []],
  ])('%s', (pod, expected) => {
    expect(said('eviction-policy', valkey(pod))).toEqual(expected);
  });
});

test.each<[string, string, string[]]>([
  [
    'a shell that sleeps',
    'livenessProbe: { exec: { command: [/bin/sh, -c, sleep 5] } }',
    ['warning livenessProbe.exec.command'],
  ],
  [
    'a program of that name',
    'livenessProbe: { exec: { command: [/bin/true] } }',
    ['warning livenessProbe.exec.command'],
  ],
  ['a script that asks', 'livenessProbe: { exec: { command: [sh, -c, sleep 5 && immich-healthcheck] } }', []],
  ['a program that asks', 'livenessProbe: { exec: { command: [immich-healthcheck] } }', []],
  ['a command that is not known', 'livenessProbe: { exec: { command: ["\u0024{A}"] } }', []],
  [
    'the web page',
    'livenessProbe: { httpGet: { path: /, port: 2283 } }',
    ['info livenessProbe.httpGet.path'],
  ],
  ['the web page by default', 'livenessProbe: { httpGet: { port: http } }', ['info livenessProbe.httpGet']],
  ['another port', 'livenessProbe: { httpGet: { path: /, port: 8081 } }', []],
  ['a port that is open', 'readinessProbe: { tcpSocket: { port: 2283 } }', ['info readinessProbe.tcpSocket']],
  ['a port that is open, to be alive', 'livenessProbe: { tcpSocket: { port: 2283 } }', []],
  [
    'a port of a worker without an API',
    'env: [{ name: IMMICH_WORKERS_INCLUDE, value: microservices }]\nreadinessProbe: { tcpSocket: { port: 2283 } }',
    [],
  ],
  [
    'a port where the API is left out',
    'env: [{ name: IMMICH_WORKERS_EXCLUDE, value: api }]\nreadinessProbe: { tcpSocket: { port: 2283 } }',
    [],
  ],
])('a probe that asks for %s', (_, container, expected) => {
  expect(said('probe-proves-nothing', server(container))).toEqual(
    expected.map((one) => one.replace(' ', ' spec.template.spec.containers.0.')),
  );
});

describe('a certificate', () => {
  const certificate = (...names: string[]) => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: immich, namespace: immich }
spec: { secretName: immich-tls, dnsNames: ${JSON.stringify(names)} }`;
  const ingress = (host: string, annotations = '{}') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich, annotations: ${annotations} }
spec: { tls: [{ secretName: immich-tls, hosts: [${JSON.stringify(host)}] }] }`;
  const gateway = (listeners: string, annotations = '{}') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: immich, annotations: ${annotations} }
spec: { listeners: ${listeners} }`;
  const route = (host: string, parent = '{ name: gateway }') => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: immich, namespace: immich }
spec: { hostnames: [${JSON.stringify(host)}], parentRefs: [${parent}] }`;
  const tls = '{ name: tls, tls: { certificateRefs: [{ name: immich-tls }] } }';
  const other = '{ name: other, tls: { certificateRefs: [{ name: other-tls }] } }';
  const photos = certificate('photos.example.com');

  test.each<[string, string[], string[]]>([
    ['covers an Ingress', [photos, ingress('photos.example.com')], []],
    ['lacks the host of an Ingress', [photos, ingress('a.example.com')], ['error spec.tls.0.hosts.0']],
    ['covers many hosts', [certificate('*.example.com'), ingress('a.example.com')], []],
    ['is not known', [ingress('a.example.com')], []],
    [
      'is made for an Ingress',
      [photos, ingress('a.example.com', '{ cert-manager.io/cluster-issuer: a }')],
      [],
    ],
    ['meets a host that is not known', [photos, ingress('a.\u0024{DOMAIN}')], []],
    ['covers an HTTPRoute', [photos, gateway(`[${tls}]`), route('photos.example.com')], []],
    [
      'lacks the host of an HTTPRoute',
      [photos, gateway(`[{ name: http }, ${tls}]`), route('a.example.com')],
      ['error spec.hostnames.0'],
    ],
    ['stands beside others', [photos, gateway(`[${tls}, ${other}]`), route('a.example.com')], []],
    [
      'is the one of the section',
      [photos, gateway(`[${tls}, ${other}]`), route('a.example.com', '{ name: gateway, sectionName: tls }')],
      ['error spec.hostnames.0'],
    ],
    [
      'is of no use to a section without TLS',
      [
        photos,
        gateway(`[{ name: http }, ${tls}]`),
        route('a.example.com', '{ name: gateway, sectionName: http }'),
      ],
      [],
    ],
    [
      'is made for a Gateway',
      [photos, gateway(`[${tls}]`, '{ cert-manager.io/issuer: a }'), route('a.example.com')],
      [],
    ],
    ['meets a wildcard', [photos, ingress('*.example.com')], []],
    [
      'is for the host of a listener',
      [photos, gateway(`[${tls.replace('name: tls', 'hostname: "*.example.com"')}]`), route('a.example.com')],
      ['error spec.hostnames.0'],
    ],
    [
      'is for another host than the route',
      [
        photos,
        gateway(`[${tls.replace('name: tls', 'hostname: photos.example.com')}]`),
        route('a.example.com'),
      ],
      [],
    ],
    ['belongs to a Gateway elsewhere', [photos, route('a.example.com')], []],
  ])('%s', (_, all, expected) => {
    expect(said('certificate-without-host', documents(...all))).toEqual(expected);
  });
});
