import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, home, k3s, tachtit } from '../installation/example.ts';

/** The files of the app layer of an installation, by their names. */
function appOf(text: string): (file: string) => ReturnType<typeof parse> {
  const { files, problems, findings } = synthesize(new Map([['installations/x.yaml', text]]));
  if (files === undefined) throw new Error(JSON.stringify([problems, findings]));
  const app = new Map(
    [...files].flatMap(([path, file]) =>
      path.includes('/app/') ? [[path.replace(/.*\/app\//, ''), file]] : [],
    ),
  );
  return (file) => {
    const found = app.get(file);
    return found === undefined ? undefined : parse(found);
  };
}

const server = 'deployment.immich-server.yaml';
const microservices = 'deployment.immich-microservices.yaml';
const podIn = (deployment: ReturnType<typeof parse>) => deployment.spec.template.spec;

function environmentIn(deployment: ReturnType<typeof parse>): { [name: string]: unknown } {
  const variables: { name: string; value?: string; valueFrom?: { secretKeyRef: unknown } }[] =
    podIn(deployment).containers[0].env;
  const names = variables.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  return Object.fromEntries(
    variables.map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef]),
  );
}

const add = (section: string): Edit => ['host:', `${section}\nhost:`];
const shared = edited(home, [
  'storageClass: longhorn, size: 500Gi',
  'storageClass: longhorn, size: 500Gi, accessMode: ReadWriteMany',
]);

describe('the pod', () => {
  const deployment = appOf(home)(server);

  test('is as it is by default', () => {
    expect(deployment.spec).toMatchSnapshot();
  });

  test('listens where the probes and the Service look, for as long as migrations may take', () => {
    const { startupProbe, readinessProbe, livenessProbe, ports } = podIn(deployment).containers[0];
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe.httpGet).toEqual({ path: '/api/server/ping', port: 'http' });
    }
    expect(ports).toEqual([{ name: 'http', containerPort: 2283 }]);
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBe(30 * 60);
    expect(deployment.spec.progressDeadlineSeconds).toBeGreaterThan(30 * 60);
    expect(appOf(home)('service.immich-server.yaml').spec.ports).toEqual([
      { name: 'http', port: 2283, targetPort: 'http' },
    ]);
  });

  test('has the library at /data, and the rest beside it where that has a volume of its own', () => {
    const mounts = (text: string) => podIn(appOf(text)(server)).containers[0].volumeMounts;
    expect(mounts(home)).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'library', mountPath: '/data' },
    ]);
    expect(mounts(tachtit)).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'library', mountPath: '/data' },
      { name: 'generated', mountPath: '/data/thumbs', subPath: 'thumbs' },
      { name: 'generated', mountPath: '/data/encoded-video', subPath: 'encoded-video' },
      { name: 'database-ca', mountPath: '/etc/immich-database', readOnly: true },
    ]);
    expect(podIn(appOf(tachtit)(server)).initContainers[0].command).toEqual([
      'mkdir',
      '-p',
      '/generated/thumbs',
      '/generated/encoded-video',
    ]);
    expect(podIn(deployment)).not.toHaveProperty('initContainers');
  });

  test('keeps its files where the file says', () => {
    const moved = podIn(
      appOf(edited(tachtit, ['volumes:', 'volumes:\n  mediaLocation: /usr/src/app/upload']))(server),
    ).containers[0];
    expect(moved.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
      '/tmp',
      '/usr/src/app/upload',
      '/usr/src/app/upload/thumbs',
      '/usr/src/app/upload/encoded-video',
      '/etc/immich-database',
    ]);
    const variable = (one: typeof moved) =>
      one.env.find(({ name }: { name: string }) => name === 'IMMICH_MEDIA_LOCATION')?.value;
    expect(variable(moved)).toBe('/usr/src/app/upload');
    expect(variable(podIn(deployment).containers[0])).toBeUndefined();
  });

  test('has a writable root file system only where the file says so', () => {
    const writable = podIn(appOf(edited(home, add('server: { readOnlyRootFilesystem: false }')))(server));
    expect(writable.containers[0].securityContext.readOnlyRootFilesystem).toBe(false);
    expect(podIn(deployment).containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  });
});

describe('the first account', () => {
  const allowed = (text: string) => environmentIn(appOf(text)(server))['IMMICH_ALLOW_SETUP'];

  test('can be made only where the file says so, and Immich knows it', () => {
    expect(allowed(home)).toBe('false');
    expect(allowed(edited(home, add('server: { allowSetup: true }')))).toBeUndefined();
    expect(allowed(edited(tachtit, ['version: v2.5.0', 'version: v2.4.1']))).toBeUndefined();
  });
});

describe('whether it lives', () => {
  const probes = (version: string) => {
    const { startupProbe, readinessProbe, livenessProbe } = podIn(
      appOf(edited(tachtit, ['version: v2.5.0', `version: ${version}`]))(server),
    ).containers[0];
    return [startupProbe, readinessProbe, livenessProbe].map((probe) =>
      'tcpSocket' in probe ? 'connection' : probe.httpGet.path,
    );
  };

  test('is asked by a connection where maintenance mode answers nothing', () => {
    for (const version of ['v2.3.0', 'v2.5.0', 'v2.5.6']) {
      expect(probes(version)).toEqual(['connection', 'connection', 'connection']);
    }
  });

  test('is asked by a request elsewhere', () => {
    for (const version of ['v2.2.3', 'v2.6.0']) {
      expect(probes(version)).toEqual(Array(3).fill('/api/server/ping'));
    }
  });
});

describe('a new pod', () => {
  test('waits for the old one where only one node can mount the library', () => {
    expect(appOf(home)(server).spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('follows the old one where both could mount it, since two would do each job twice', () => {
    expect(appOf(tachtit)(server).spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    });
  });

  test('waits for all old ones where there are several, which would serve a database that is migrated', () => {
    const app = appOf(edited(shared, add('server: { replicas: 2, microservices: { separate: true } }')));
    expect(app(server).spec.strategy).toEqual({ type: 'Recreate' });
    expect(app(microservices).spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });
});

test('several pods have a budget that lets nodes be drained, and a single one has none', () => {
  const app = appOf(
    edited(
      shared,
      add('server: { replicas: 3, microservices: { separate: true } }'),
      [
        '  models:  { storageClass: longhorn',
        '  models:  { accessMode: ReadWriteMany, storageClass: longhorn',
      ],
      ['host:', 'machineLearning: { replicas: 2 }\nhost:'],
    ),
  );
  for (const name of ['immich-server', 'immich-machine-learning']) {
    const budget = app(`poddisruptionbudget.${name}.yaml`);
    expect(budget.spec).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: app(`deployment.${name}.yaml`).spec.selector,
    });
  }
  for (const name of ['immich-microservices', 'immich-valkey']) {
    expect(app(`poddisruptionbudget.${name}.yaml`)).toBeUndefined();
  }
  expect(appOf(shared)('poddisruptionbudget.immich-server.yaml')).toBeUndefined();
});

test('background jobs apart: one pod that nobody talks to', () => {
  const app = appOf(
    edited(
      shared,
      add('server: { replicas: 2, microservices: { separate: true, resources: { limits: { cpu: "3" } } } }'),
    ),
  );
  expect(app(server).spec.replicas).toBe(2);
  expect(app(microservices).spec).toMatchSnapshot();
  expect(environmentIn(app(server))['IMMICH_WORKERS_INCLUDE']).toBe('api');
  expect(environmentIn(app(microservices))['IMMICH_WORKERS_INCLUDE']).toBe('microservices');
  expect(app('service.immich-microservices.yaml')).toBeUndefined();
  expect(app(server).spec.selector).not.toEqual(app(microservices).spec.selector);
});

describe('the way to the database', () => {
  test('in the same namespace, by the secret that CloudNativePG makes', () => {
    expect(environmentIn(appOf(home)(server))).toMatchObject({
      DB_HOSTNAME: 'immich-db-rw',
      DB_PORT: '5432',
      DB_DATABASE_NAME: 'immich',
      DB_USERNAME: { name: 'immich-db-app', key: 'username' },
      DB_PASSWORD: { name: 'immich-db-app', key: 'password' },
    });
  });

  test('by the secret that the file names', () => {
    const text = edited(home, ['cnpg:', 'cnpg:\n    credentials: { secret: login }']);
    expect(environmentIn(appOf(text)(server))['DB_PASSWORD']).toEqual({ name: 'login', key: 'password' });
  });

  test('of somebody else', () => {
    expect(environmentIn(appOf(k3s)(server))).toMatchObject({
      DB_HOSTNAME: 'postgres-cluster-rw.database.svc.cluster.local',
      DB_USERNAME: 'immich',
      DB_PASSWORD: { name: 'immich-db', key: 'password' },
    });
  });

  test.each([
    ['on another cluster', tachtit, 'immich-db.example.net', 'immich-db-tachtit-cnpg-v0-ca', 'ca.crt'],
    [
      'of somebody else with a certificate',
      edited(k3s, [
        '    username: immich\n',
        '    username: immich\n    ca: { secret: authority, key: root.pem }\n',
      ]),
      'postgres-cluster-rw.database.svc.cluster.local',
      'authority',
      'root.pem',
    ],
  ])('%s is encrypted and verified by everything in the container', (_what, text, host, secret, key) => {
    const deployment = appOf(text)(server);
    const file = `/etc/immich-database/${key}`;
    const environment = environmentIn(deployment);
    expect(environment).toMatchObject({
      DB_HOSTNAME: host,
      DB_SSL_MODE: 'verify-full',
      NODE_EXTRA_CA_CERTS: file,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: file,
    });
    expect(environment['DB_URL']).toContain(host);
    expect(environment['DB_URL']).toContain('sslmode=verify-full');
    expect(podIn(deployment).volumes).toContainEqual({
      name: 'database-ca',
      secret: { secretName: secret, items: [{ key, path: key }] },
    });
  });

  test('in the same namespace has no certificate', () => {
    expect(environmentIn(appOf(home)(server))).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  });
});

describe('the configuration', () => {
  test('is a file, and a change of it makes a new pod', () => {
    const app = appOf(k3s);
    expect(app('configmap.immich-config.yaml').data['immich.yaml']).toMatchSnapshot();
    expect(environmentIn(app(server))['IMMICH_CONFIG_FILE']).toBe('/etc/immich/immich.yaml');
    const checksum = (text: string) =>
      appOf(text)(server).spec.template.metadata.annotations['checksum/configuration'];
    expect(checksum(k3s)).toMatch(/^[0-9a-f]{16}$/);
    expect(checksum(edited(k3s, ['keepLastAmount: 14', 'keepLastAmount: 15']))).not.toBe(checksum(k3s));
  });

  test('may lie in a secret', () => {
    const app = appOf(edited(home, add('configSecret: { secret: immich-config, key: immich.json }')));
    expect(environmentIn(app(server))['IMMICH_CONFIG_FILE']).toBe('/etc/immich/immich.json');
    expect(podIn(app(server)).volumes).toContainEqual({
      name: 'configuration',
      secret: { secretName: 'immich-config', items: [{ key: 'immich.json', path: 'immich.json' }] },
    });
    expect(app('configmap.immich-config.yaml')).toBeUndefined();
  });

  test('is left to the web interface otherwise', () => {
    expect(environmentIn(appOf(home)(server))).not.toHaveProperty('IMMICH_CONFIG_FILE');
  });
});

describe('monitoring', () => {
  test('opens a port for each worker, and has Prometheus read it', () => {
    const text = edited(home, add('monitoring: { enabled: true, labels: { release: prometheus } }'));
    const { files } = synthesize(new Map([['installations/x.yaml', text]]));
    const monitors = [...(files ?? [])].filter(([path]) => path.includes('podmonitor'));
    expect(monitors.map(([path]) => path)).toEqual([
      'home/home/monitoring/podmonitor.immich-db.yaml',
      'home/home/monitoring/podmonitor.immich-server.yaml',
    ]);
    expect(monitors.map(([, file]) => file).join('---\n')).toMatchSnapshot();
    expect(podIn(appOf(text)(server)).containers[0].ports).toEqual([
      { name: 'http', containerPort: 2283 },
      { name: 'metrics-api', containerPort: 8081 },
      { name: 'metrics-jobs', containerPort: 8082 },
    ]);
    expect(environmentIn(appOf(text)(server))['IMMICH_TELEMETRY_INCLUDE']).toBe('all');
  });

  test('is off otherwise', () => {
    expect(environmentIn(appOf(home)(server))).not.toHaveProperty('IMMICH_TELEMETRY_INCLUDE');
  });
});

test('the password of Valkey reaches the server as a reference', () => {
  const text = edited(home, add('valkey: { password: { secret: queue, key: password } }'));
  expect(environmentIn(appOf(text)(server))['REDIS_PASSWORD']).toEqual({ name: 'queue', key: 'password' });
  expect(environmentIn(appOf(home)(server))).not.toHaveProperty('REDIS_PASSWORD');
});

test('trusted proxies are told', () => {
  const text = edited(home, add('server: { trustedProxies: [10.42.0.0/16, "fd00::/8"] }'));
  expect(environmentIn(appOf(text)(server))['IMMICH_TRUSTED_PROXIES']).toBe('10.42.0.0/16,fd00::/8');
});
