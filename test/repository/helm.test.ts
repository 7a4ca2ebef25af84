import { parse } from 'yaml';
import type { KubernetesObject, Manifest, Value } from '../../lib/manifests/manifest.ts';
import { renderReleases } from '../../lib/repository/helm/releases.ts';
import { manifest } from '../audit/example.ts';

function release(chart: string, values: string, more: Record<string, Value> = {}): Manifest {
  return manifest('release.yaml', {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'photos', namespace: 'media' },
    spec: { chart: { spec: { chart } }, values: parse(values), ...more },
  });
}

/** What comes of a release, by kind and name. */
function rendered(...manifests: readonly Manifest[]): Record<string, KubernetesObject> {
  return Object.fromEntries(
    renderReleases(manifests).manifests.map(({ object }) => [
      `${object.kind}/${object.metadata?.name}`,
      object,
    ]),
  );
}

describe('app-template', () => {
  test('version 1: the values are the one container', () => {
    const objects = rendered(
      release(
        'app-template',
        `
image: { repository: ghcr.io/immich-app/immich-server, tag: v1.106.4 }
controller: { strategy: RollingUpdate, replicas: 2 }
env: { TZ: UTC, DB_PASSWORD: { secretKeyRef: { name: db, key: password } } }
podSecurityContext: { runAsUser: 1000 }
service: { main: { ports: { http: { port: 3001 } } } }
probes:
  liveness: { enabled: true, custom: true, spec: { httpGet: { path: /api/server-info/ping, port: 3001 } } }
persistence:
  library: { enabled: true, existingClaim: photos, mountPath: /usr/src/app/upload }
  off: { enabled: false, existingClaim: no }
`,
      ),
    );
    expect(objects['Deployment/photos']).toMatchObject({
      metadata: { namespace: 'media' },
      spec: {
        replicas: 2,
        strategy: { type: 'RollingUpdate' },
        template: {
          spec: {
            securityContext: { runAsUser: 1000 },
            volumes: [{ name: 'library', persistentVolumeClaim: { claimName: 'photos' } }],
            containers: [
              {
                image: 'ghcr.io/immich-app/immich-server:v1.106.4',
                env: [
                  { name: 'TZ', value: 'UTC' },
                  { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
                ],
                livenessProbe: { httpGet: { path: '/api/server-info/ping', port: 3001 } },
                volumeMounts: [{ name: 'library', mountPath: '/usr/src/app/upload', readOnly: false }],
                ports: [{ name: 'http', containerPort: 3001 }],
              },
            ],
          },
        },
      },
    });
    expect(objects['Service/photos']).toMatchObject({ spec: { ports: [{ name: 'http', port: 3001 }] } });
  });

  test('a probe is what the library makes of it: off until it is switched on, and as written only when it is custom', () => {
    const objects = rendered(
      release(
        'app-template',
        `
controllers:
  server:
    containers:
      app:
        image: { repository: ghcr.io/immich-app/immich-server, tag: v3.3.1 }
        probes:
          liveness: { enabled: true, spec: { httpGet: { path: /api/server/ping, port: 1 }, failureThreshold: 5 } }
          readiness: { spec: { httpGet: { path: /api/server/ping, port: 1 } } }
          startup: { enabled: true, custom: true, spec: { httpGet: { path: /api/server/ping, port: 1 } } }
service: { server: { controller: server, ports: { http: { port: 2283 } } } }
`,
      ),
    );
    const spec = JSON.parse(JSON.stringify(objects['Deployment/photos'])).spec.template.spec;
    const [container] = spec.containers;
    expect(container.livenessProbe).toEqual({
      tcpSocket: { port: 2283 },
      initialDelaySeconds: 0,
      failureThreshold: 5,
      timeoutSeconds: 1,
      periodSeconds: 10,
    });
    expect(container.readinessProbe).toBeUndefined();
    expect(container.startupProbe).toEqual({ httpGet: { path: '/api/server/ping', port: 1 } });
  });

  test('a route without rules leads to the only service', () => {
    const values = (more: string) => `
controllers: { server: { containers: { app: { image: { repository: ghcr.io/immich-app/immich-server, tag: v3.3.1 } } } } }
service: { app: { controller: server, ports: { http: { port: 2283 } } }${more} }
route: { app: { hostnames: [photos.example.com], parentRefs: [{ name: public, namespace: network }] } }
`;
    expect(rendered(release('app-template', values('')))['HTTPRoute/photos']).toMatchObject({
      spec: { rules: [{ backendRefs: [{ name: 'photos-app', port: 2283 }] }] },
    });
    const two = rendered(
      release('app-template', values(', other: { controller: server, ports: { a: { port: 1 } } }')),
    );
    expect(two['HTTPRoute/photos']?.['spec']).not.toHaveProperty('rules');
  });

  test('later versions: controllers, their containers, services, claims and config maps', () => {
    const objects = rendered(
      release(
        'app-template',
        `
defaultPodOptions: { securityContext: { runAsNonRoot: true }, labels: { a: b } }
controllers:
  server:
    containers:
      app:
        image: { repository: ghcr.io/immich-app/immich-server, tag: v3.3.1, digest: "sha256:0" }
        env: [{ name: REDIS_HOSTNAME, value: "{{ .Release.Name }}-valkey" }]
        envFrom: [{ secretRef: { name: one } }, { secret: two }]
        probes: { liveness: { enabled: true, type: HTTP, path: /ping }, startup: { enabled: false, path: /no } }
  valkey:
    type: statefulset
    containers: { app: { image: { repository: valkey/valkey, tag: 9.1-alpine } } }
  off: { enabled: false, containers: { app: { image: { repository: no } } } }
service:
  server: { controller: server, ports: { http: { port: 80, targetPort: 2283 } } }
  valkey: { controller: valkey, ports: { redis: { port: 6379 } } }
configMaps: { config: { data: { immich.yaml: "a" } } }
persistence:
  data: { existingClaim: library, globalMounts: [{ path: /data }] }
  config: { type: configMap, identifier: config, advancedMounts: { server: { app: [{ path: /config, readOnly: true }] } } }
  cache: { type: persistentVolumeClaim, size: 1Gi, accessMode: ReadWriteOnce, storageClass: fast, advancedMounts: { valkey: { app: [{ path: /data }] } } }
  share: { type: nfs, server: nas, path: /photos }
`,
      ),
    );
    expect(Object.keys(objects).sort()).toEqual([
      'ConfigMap/photos',
      'ConfigMap/photos-config',
      'Deployment/photos-server',
      'PersistentVolumeClaim/photos-cache',
      'Service/photos-server',
      'Service/photos-valkey',
      'StatefulSet/photos-valkey',
    ]);
    expect(objects['Deployment/photos-server']).toMatchObject({
      spec: {
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels: { a: 'b', 'app.kubernetes.io/controller': 'server' } },
          spec: {
            securityContext: { runAsNonRoot: true },
            containers: [
              {
                name: 'app',
                image: 'ghcr.io/immich-app/immich-server:v3.3.1@sha256:0',
                env: [{ name: 'REDIS_HOSTNAME', value: 'photos-valkey' }],
                envFrom: [{ secretRef: { name: 'one' } }, { secretRef: { name: 'two' } }],
                livenessProbe: {
                  httpGet: { path: '/ping', port: 2283 },
                  initialDelaySeconds: 0,
                  failureThreshold: 3,
                  timeoutSeconds: 1,
                  periodSeconds: 10,
                },
                ports: [{ name: 'http', containerPort: 2283 }],
                volumeMounts: [
                  { name: 'data', mountPath: '/data' },
                  { name: 'config', mountPath: '/config', readOnly: true },
                  { name: 'share', mountPath: '/share' },
                ],
              },
            ],
            volumes: [
              { name: 'data', persistentVolumeClaim: { claimName: 'library' } },
              { name: 'config', configMap: { name: 'photos-config' } },
              { name: 'share', nfs: { server: 'nas', path: '/photos' } },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(objects['Deployment/photos-server'])).not.toContain('startupProbe');
    expect(objects['StatefulSet/photos-valkey']).toMatchObject({
      spec: {
        template: {
          spec: {
            volumes: [
              { name: 'data' },
              { name: 'cache', persistentVolumeClaim: { claimName: 'photos-cache' } },
              { name: 'share' },
            ],
          },
        },
      },
    });
    expect(objects['PersistentVolumeClaim/photos-cache']).toMatchObject({
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        resources: { requests: { storage: '1Gi' } },
      },
    });
    expect(objects['Service/photos-server']).toMatchObject({
      spec: {
        selector: { 'app.kubernetes.io/controller': 'server' },
        ports: [{ name: 'http', port: 80, targetPort: 2283 }],
      },
    });
  });

  test('a pod of its own replaces the default one, or is laid over it', () => {
    const options = (more: string) =>
      rendered(
        release(
          'app-template',
          `
${more}
defaultPodOptions: { hostNetwork: true, securityContext: { runAsUser: 1000, runAsNonRoot: true } }
controllers:
  main:
    pod: { securityContext: { runAsUser: 568 } }
    containers: { main: { image: { repository: a } } }
`,
        ),
      )['Deployment/photos'];
    expect(options('defaultPodOptionsStrategy: merge')).toMatchObject({
      spec: {
        template: {
          spec: { hostNetwork: true, securityContext: { runAsUser: 568, runAsNonRoot: true } },
        },
      },
    });
    expect(JSON.stringify(options(''))).toContain('"securityContext":{"runAsUser":568}');
  });

  test('a StatefulSet has the claims that it makes, mounted where they say', () => {
    const objects = rendered(
      release(
        'app-template',
        `
controllers:
  ml:
    type: statefulset
    containers: { app: { image: { repository: a } }, other: { image: { repository: b } } }
    statefulset:
      volumeClaimTemplates:
        - { name: cache, storageClass: fast, size: 10Gi, accessMode: ReadWriteOnce, advancedMounts: { app: [{ path: /cache }] } }
        - { name: all, size: 1Gi, globalMounts: [{ path: /all }] }`,
      ),
    );
    expect(objects['StatefulSet/photos']).toMatchObject({
      spec: {
        volumeClaimTemplates: [
          { metadata: { name: 'cache' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'] } },
          { metadata: { name: 'all' } },
        ],
        template: {
          spec: {
            containers: [
              {
                volumeMounts: [
                  { name: 'cache', mountPath: '/cache' },
                  { name: 'all', mountPath: '/all' },
                ],
              },
              { volumeMounts: [{ name: 'all', mountPath: '/all' }] },
            ],
          },
        },
      },
    });
  });

  test('one service alone may be called like the release', () => {
    const objects = rendered(
      release(
        'app-template',
        `
controllers: { a: { containers: { app: { image: { repository: a } } } } }
service:
  a: { controller: a, primary: true, ports: { http: { port: 1 } } }
  b: { controller: a, primary: true, ports: { http: { port: 2 } } }
  c: { controller: a, primary: true, nameOverride: d, ports: { http: { port: 3 } } }`,
      ),
    );
    const names = Object.keys(objects).filter((key) => key.startsWith('Service/'));
    expect(names).toEqual(['Service/photos-a', 'Service/photos', 'Service/photos-b', 'Service/photos-d']);
    expect(objects['Service/photos']).toMatchObject({ spec: { ports: [{ port: 1 }] } });
  });

  test('config maps are called by their ids, or as they say', () => {
    expect(
      Object.keys(
        rendered(
          release(
            'app-template',
            `
controllers: { main: { containers: { main: { image: { repository: a } } } } }
configMaps:
  one: { data: { a: b } }
  two: { data: { a: b }, nameOverride: other }
  three: { data: { a: b }, forceRename: all-my-own }
  four: { enabled: false, data: { a: b } }
`,
          ),
        ),
      ),
    ).toEqual([
      'Deployment/photos',
      'ConfigMap/photos-one',
      'ConfigMap/photos-other',
      'ConfigMap/all-my-own',
    ]);
  });

  test('the objects are called like the release, unless the values say otherwise', () => {
    const named = (more: string) =>
      Object.values(
        rendered(
          release(
            'app-template',
            `
${more}
controllers: { main: { containers: { main: { image: { repository: a } } } } }
service: { app: { controller: main, ports: { http: { port: 80 } } } }
`,
          ),
        ),
      ).map(
        ({ kind, metadata }) =>
          `${kind} ${metadata?.name} ${metadata?.labels?.['app.kubernetes.io/name'] ?? ''}`,
      );
    expect(named('')).toEqual(['Deployment photos ', 'Service photos-app photos', 'Service photos photos']);
    expect(named('global: { nameOverride: web }')[0]).toBe('Deployment photos-web ');
    expect(named('global: { nameOverride: web }')[1]).toBe('Service photos-web-app web');
    expect(named('global: { fullnameOverride: x }')[0]).toBe('Deployment x ');
  });
});

describe("Immich's own chart", () => {
  const images = (values: string) =>
    Object.values(rendered(release('immich', values))).flatMap((object) =>
      [...JSON.stringify(object).matchAll(/"image":"([^"]*)"/g)].map(([, image]) => image),
    );

  test('gives the shared tag to its parts, but not to Valkey', () => {
    const shared = 'controllers: { main: { containers: { main: { image: { tag: v3.3.1 } } } } }';
    expect(images(`${shared}\nvalkey: { enabled: true }\nserver: {}`)).toEqual([
      'ghcr.io/immich-app/immich-server:v3.3.1',
      'ghcr.io/immich-app/immich-machine-learning:v3.3.1',
      'docker.io/valkey/valkey:9.1-alpine',
    ]);
  });

  test("takes another repository from a part's own values only", () => {
    const other = 'controllers: { main: { containers: { main: { image: { repository: mirror/x } } } } }';
    expect(images(`server: {}\n${other}`)).toEqual([
      'ghcr.io/immich-app/immich-server',
      'ghcr.io/immich-app/immich-machine-learning',
    ]);
    expect(images(`server: {}\nmachine-learning:\n  ${other}`)[1]).toBe('mirror/x');
  });
});

describe('routes', () => {
  const controllers = 'controllers: { a: { containers: { a: { image: { repository: a } } } } }';

  test('of app-template lead to its services by their ids, and to others by their names', () => {
    const objects = rendered(
      release(
        'app-template',
        `
${controllers}
service: { app: { controller: a, ports: { http: { port: 2283 } } } }
ingress:
  app:
    className: traefik
    annotations: { a: b }
    hosts: [{ host: "{{ .Release.Name }}.example.com", paths: [{ path: /, service: { identifier: app, port: http } }] }]
    tls: [{ hosts: [photos.example.com], secretName: photos-tls }]
  off: { enabled: false, hosts: [] }
route:
  app:
    hostnames: [photos.example.com]
    parentRefs: [{ name: gateway }]
    rules: [{ backendRefs: [{ identifier: app }, { name: other, port: 80 }] }]
`,
      ),
    );
    expect(objects['Ingress/photos']).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'photos', namespace: 'media', annotations: { a: 'b' } },
      spec: {
        ingressClassName: 'traefik',
        rules: [
          {
            host: 'photos.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'photos-app', port: { number: 2283 } } },
                },
              ],
            },
          },
        ],
        tls: [{ hosts: ['photos.example.com'], secretName: 'photos-tls' }],
      },
    });
    expect(objects['HTTPRoute/photos']).toMatchObject({
      spec: {
        hostnames: ['photos.example.com'],
        rules: [
          {
            backendRefs: [
              { name: 'photos-app', port: 2283 },
              { name: 'other', port: 80 },
            ],
          },
        ],
      },
    });
  });

  test.each([
    ['0.9.3', 'server: { ingress: { main: { enabled: true, hosts: [{ host: a, paths: [{ path: / }] }] } } }'],
    [
      '0.10.0',
      `
controllers: {}
server: { ingress: { main: { enabled: true, hosts: [{ host: a, paths: [{ path: /, service: { identifier: main } }] }] } } }`,
    ],
  ])("of Immich's chart %s lead to the server", (version, values) => {
    const objects = rendered(release('immich', values, { chart: { spec: { chart: 'immich', version } } }));
    expect(objects['Ingress/photos-server']).toMatchObject({
      spec: {
        rules: [
          {
            host: 'a',
            http: {
              paths: [{ backend: { service: { name: 'photos-server-main', port: { number: 2283 } } } }],
            },
          },
        ],
      },
    });
    expect(objects['Service/photos-server-main']).toBeDefined();
  });

  test.each([
    ['immich', 'server: { ingress: { main: { hosts: [{ host: a }] } } }'],
    ['immich', 'controllers: {}\nserver: { ingress: { main: { hosts: [{ host: a }] } } }'],
    ['app-template', 'image: { repository: a }\ningress: { main: { hosts: [{ host: a }] } }'],
  ])('of %s are not made by themselves: %s', (chart, values) => {
    expect(Object.keys(rendered(release(chart, values))).filter((key) => key.startsWith('Ingress'))).toEqual(
      [],
    );
  });
});

describe("Immich's chart", () => {
  test.each([
    ['0.9.3', '', 'immich-server:v1.119.0'],
    ['0.9.3', 'image: { tag: v1.132.0 }', 'immich-server:v1.132.0'],
    ['0.8.x', '', 'immich-server'],
    ['0.10.1', 'controllers: {}', 'immich-server:v2.0.0'],
    [
      '0.12.0',
      'controllers: { main: { containers: { main: { image: { tag: v3.3.1 } } } } }',
      'immich-server:v3.3.1',
    ],
    ['0.99.0', 'controllers: {}', 'immich-server'],
  ])('%s brings a version of Immich where nobody says another: %s', (version, values, image) => {
    const objects = rendered(
      release('immich', `server: {}\n${values}`, { chart: { spec: { chart: 'immich', version } } }),
    );
    expect(objects['Deployment/photos-server']).toMatchObject({
      spec: { template: { spec: { containers: [{ image: `ghcr.io/immich-app/${image}` }] } } },
    });
  });

  test('in an OCIRepository has its version there', () => {
    const source = manifest('source.yaml', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: 'charts', namespace: 'media' },
      spec: { url: 'oci://ghcr.io/immich-app/immich-charts/immich', ref: { tag: '0.9.3' } },
    });
    const objects = rendered(
      source,
      release('immich', 'server: {}', { chart: {}, chartRef: { name: 'charts' } }),
    );
    expect(objects['Deployment/photos-server']).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'ghcr.io/immich-app/immich-server:v1.119.0' }] } } },
    });
  });

  test('before 0.10: env and image are shared by all parts', () => {
    const objects = rendered(
      release(
        'immich',
        `
image: { tag: v1.119.0 }
env: { DB_HOSTNAME: db-rw }
immich: { persistence: { library: { existingClaim: library } } }
server: { resources: { limits: { memory: 4Gi } } }
machine-learning: { env: { TRANSFORMERS_CACHE: /models } }
`,
      ),
    );
    expect(Object.keys(objects).filter((key) => key.startsWith('Deployment'))).toEqual([
      'Deployment/photos-server',
      'Deployment/photos-machine-learning',
    ]);
    expect(objects['Deployment/photos-server']).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                image: 'ghcr.io/immich-app/immich-server:v1.119.0',
                env: [{ name: 'DB_HOSTNAME', value: 'db-rw' }],
                volumeMounts: [{ name: 'library', mountPath: '/usr/src/app/upload' }],
              },
            ],
          },
        },
      },
    });
    expect(objects['Deployment/photos-machine-learning']).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                image: 'ghcr.io/immich-app/immich-machine-learning:v1.119.0',
                env: [
                  { name: 'TRANSFORMERS_CACHE', value: '/models' },
                  { name: 'DB_HOSTNAME', value: 'db-rw' },
                ],
              },
            ],
          },
        },
      },
    });
  });

  test('from 0.10 on: each part has controllers of its own, over the shared ones', () => {
    const objects = rendered(
      release(
        'immich',
        `
controllers: { main: { containers: { main: { image: { tag: v3.3.1 }, env: { DB_HOSTNAME: db-rw } } } } }
immich: { persistence: { library: { existingClaim: library } } }
valkey: { enabled: true }
machine-learning: { enabled: false }
`,
      ),
    );
    expect(Object.keys(objects)).toEqual(
      expect.arrayContaining([
        'Deployment/photos-server',
        'Deployment/photos-valkey',
        'Service/photos-valkey',
      ]),
    );
    expect(objects['Deployment/photos-machine-learning']).toBeUndefined();
    expect(objects['Deployment/photos-server']).toMatchObject({
      spec: {
        strategy: { type: 'RollingUpdate' },
        template: {
          spec: {
            containers: [
              {
                image: 'ghcr.io/immich-app/immich-server:v3.3.1',
                env: expect.arrayContaining([
                  { name: 'REDIS_HOSTNAME', value: 'photos-valkey' },
                  { name: 'DB_HOSTNAME', value: 'db-rw' },
                ]),
                readinessProbe: { httpGet: { path: '/api/server/ping', port: 'http' } },
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
          },
        },
      },
    });
  });
});

describe('what is not known', () => {
  const other = release('redis', 'auth: { enabled: false }');
  const partial = release(
    'app-template',
    'controllers: { a: { containers: { a: { image: { repository: a } } } } }',
    {
      valuesFrom: [{ kind: 'Secret', name: 'values' }],
    },
  );

  test('a chart that nobody knows makes nothing, and a release with hidden values may make more', () => {
    expect(renderReleases([other])).toEqual({ manifests: [], opaque: new Set([other]) });
    expect(renderReleases([partial]).manifests).toHaveLength(1);
    expect(renderReleases([partial]).opaque).toEqual(new Set([partial]));
  });

  test('values of a config map are used, under those of the release', () => {
    const values = manifest('values.yaml', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'values', namespace: 'media' },
      data: {
        'values.yaml':
          'controllers: { a: { replicas: 2, containers: { a: { image: { repository: a, tag: "1" } } } } }',
      },
    });
    const using = release('app-template', 'controllers: { a: { replicas: 1 } }', {
      valuesFrom: [{ kind: 'ConfigMap', name: 'values' }],
    });
    expect(rendered(values, using)['Deployment/photos']).toMatchObject({
      spec: { replicas: 1, template: { spec: { containers: [{ image: 'a:1' }] } } },
    });
  });
});
