import { parse } from 'yaml';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

/** What a text is synthesized to: the objects of the drill, by kind. */
function drillOf(text: string) {
  const { files, clusters } = synthesize(new Map([['installations/x.yaml', text]]));
  const objects = [...(files ?? [])]
    .filter(([file]) => file.includes('/drill/') && !file.endsWith('kustomization.yaml'))
    .map(([, written]) => parse(written));
  const one = (kind: string) => objects.find((object) => object.kind === kind);
  const database = parse(one('ConfigMap')?.data['cluster.yaml'] ?? '');
  return { objects, one, database, plan: clusters[0]?.plan };
}

const shipped = { home: drillOf(home), tachtit: drillOf(tachtit) };

describe.each(Object.entries(shipped))('%s', (_, { objects, one, database }) => {
  test('the throw-away database is one that CloudNativePG takes', () => {
    expect(validateStrictly(database)).toEqual([]);
  });

  test('belongs to the Job, cannot archive, and disturbs nothing', () => {
    expect(database.metadata.ownerReferences).toEqual([
      { apiVersion: 'batch/v1', kind: 'Job', name: 'JOB_NAME', uid: 'JOB_UID', blockOwnerDeletion: false },
    ]);
    expect(database.spec).not.toHaveProperty('plugins');
    expect(database.spec).not.toHaveProperty('backup');
    expect(database.spec).toMatchObject({ instances: 1, enablePDB: false, enableSuperuserAccess: false });
  });

  test('the account may create Clusters, and read and delete its own', () => {
    expect(one('Role').rules).toEqual([
      { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters'], verbs: ['create'] },
      {
        apiGroups: ['postgresql.cnpg.io'],
        resources: ['clusters'],
        verbs: ['get', 'delete'],
        resourceNames: ['immich-drill-db'],
      },
    ]);
    expect(objects.filter(({ kind }) => /^Cluster/.test(kind))).toEqual([]);
  });

  test('everything lies in a namespace of its own that enforces Pod Security', () => {
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    expect(new Set(others.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['immich-drill']));
    expect(one('Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  test('one at a time, with an end, and nothing that stays', () => {
    const { spec } = one('CronJob');
    expect(spec).toMatchObject({ concurrencyPolicy: 'Forbid', timeZone: 'Etc/UTC' });
    expect(spec.schedule.split(' ')).toHaveLength(5);
    expect(spec.jobTemplate.spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 14_400,
      ttlSecondsAfterFinished: 86_400,
    });
  });

  test('a drained node is no failed drill, and a Secret that is not there yet keeps nothing from speaking', () => {
    const { spec } = one('CronJob').spec.jobTemplate;
    expect(spec.podFailurePolicy.rules).toEqual([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ]);
    expect(spec.template.spec.restartPolicy).toBe('Never');
    const [, look] = spec.template.spec.initContainers;
    const secrets = look.env.flatMap((one: { valueFrom?: object }) => one.valueFrom ?? []);
    expect(secrets).toHaveLength(2);
    for (const { secretKeyRef } of secrets) expect(secretKeyRef.optional).toBe(true);
  });

  test('only what runs kubectl has a token, and only what runs psql a password', () => {
    const { initContainers, containers } = one('CronJob').spec.jobTemplate.spec.template.spec;
    const all: { name: string; volumeMounts: { name: string }[]; env: object[] }[] = [
      ...initContainers,
      ...containers,
    ];
    const having = (what: string) =>
      all.filter((container) => JSON.stringify(container).includes(what)).map(({ name }) => name);
    expect(having('/var/run/secrets/kubernetes.io')).toEqual(['restore', 'report']);
    expect(having('secretKeyRef')).toEqual(['look']);
  });
});

test('with the plugin it reads the folder of the backup through a store of its own', () => {
  const { one, database } = shipped.home;
  expect(database.spec.externalClusters).toEqual([
    {
      name: 'origin',
      plugin: {
        name: 'barman-cloud.cloudnative-pg.io',
        parameters: { barmanObjectName: 'immich-drill', serverName: 'immich-db' },
      },
    },
  ]);
  expect(one('ObjectStore').metadata.name).toBe('immich-drill');
  expect(one('ObjectStore').spec).not.toHaveProperty('retentionPolicy');
});

test('in the tree it has the store and the folder in its own Cluster', () => {
  const { one, database } = shipped.tachtit;
  expect(one('ObjectStore')).toBeUndefined();
  expect(database.spec.externalClusters[0].barmanObjectStore).toEqual({
    destinationPath: 'https://seyzahldata.blob.core.windows.net/immich',
    serverName: 'immich-db-tachtit-cnpg-v0',
    azureCredentials: {
      storageAccount: { name: 'immich-backup-read', key: 'AZURE_STORAGE_ACCOUNT' },
      storageSasToken: { name: 'immich-backup-read', key: 'AZURE_STORAGE_SAS_TOKEN' },
    },
    wal: { maxParallel: 4 },
  });
});

test('the Secret that opens the store for it is asked for, in its namespace and cluster', () => {
  const { plan } = shipped.tachtit;
  expect(plan?.secrets).toContainEqual({
    cluster: 'tachtit-data',
    namespace: 'immich-drill',
    name: 'immich-backup-read',
    keys: ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_SAS_TOKEN'],
    type: 'Opaque',
    purpose: 'store of the backups for the restore drill, which may read and list only',
  });
});

test('a drill follows the lineage', () => {
  const { database } = drillOf(edited(home, ['  cnpg:\n', '  cnpg:\n    lineage: v3\n']));
  expect(database.spec.externalClusters[0].plugin.parameters.serverName).toBe('immich-db-v3');
});

test('without a drill there is nothing of it', () => {
  const text = edited(home, [
    '    backup:\n',
    '    backup:\n      drill: none\n      reason: tried by hand\n',
  ]);
  const { objects, plan } = drillOf(text);
  expect(objects).toEqual([]);
  expect(plan?.secrets.map(({ namespace }) => namespace)).not.toContain('immich-drill');
});

test('without network policies there are none in its namespace', () => {
  const without = drillOf(edited(home, ['\ndatabase:\n', '\nnetwork: { policies: false }\ndatabase:\n']));
  expect(without.one('NetworkPolicy')).toBeUndefined();
  expect(shipped.home.objects.filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(3);
});

describe('who may talk to whom', () => {
  const policy = (name: string) =>
    shipped.home.objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)
      ?.spec;
  const ports = (rules: { ports: { port: number }[] }[] | undefined) =>
    rules?.map((rule) => rule.ports.map(({ port }) => port));

  test('everything else is denied', () => {
    expect(policy('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('the Job asks the throw-away database and the Kubernetes API, and nobody asks the Job', () => {
    const { ingress, egress } = policy('immich-drill');
    expect(ingress).toBeUndefined();
    expect(ports(egress)).toEqual([[5432], [443, 6443], [53, 53]]);
    expect(egress[0].to).toEqual([
      { podSelector: { matchLabels: { 'cnpg.io/cluster': 'immich-drill-db' } } },
    ]);
  });

  test('the throw-away database is asked by the Job and its operator, and reaches its store', () => {
    const { ingress, egress } = policy('immich-drill-db');
    expect(ports(ingress)).toEqual([[5432], [5432, 8000]]);
    expect(ports(egress)).toEqual([[443, 6443], [443], [8443], [53, 53]]);
  });

  test('no namespace of Immich is among the peers', () => {
    const peers = JSON.stringify(['immich-drill', 'immich-drill-db'].map(policy));
    const names = [...peers.matchAll(/"values":\["([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(names)).toEqual(new Set(['cnpg-system', 'kube-system']));
  });
});

test('a larger database has more time, and what the file says wins', () => {
  const deadline = (size: string, more = '') =>
    drillOf(
      edited(
        home,
        [
          'storage: { storageClass: longhorn, size: 20Gi }',
          `storage: { storageClass: longhorn, size: ${size} }`,
        ],
        ['    backup:\n', `    backup:\n${more}`],
      ),
    ).one('CronJob').spec.jobTemplate.spec.activeDeadlineSeconds;
  expect(deadline('20Gi')).toBe(4 * 3600);
  expect(deadline('200Gi')).toBe(9 * 3600);
  expect(deadline('20Ti')).toBe(48 * 3600);
  expect(deadline('200Gi', '      drill: { deadline: 2h }\n')).toBe(2 * 3600);
});

describe('a store with a certificate of an authority of its own', () => {
  const certified = (method: string) =>
    drillOf(
      edited(home, [
        's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
        `method: ${method}\n      s3: { bucket: immich-backups, endpoint: https://s3.example.com, endpointCA: { secret: store-ca, key: ca.pem }, credentials: immich-backup }`,
      ]),
    );
  const ofDrill = { name: 'immich-backup-read', key: 'ca.crt' };

  test('is opened by the certificate in the Secret of the drill, which is asked for', () => {
    const { one, database, plan } = certified('plugin');
    expect(one('ObjectStore').spec.configuration.endpointCA).toEqual(ofDrill);
    expect(database.spec).not.toHaveProperty('env');
    expect(
      plan?.secrets.find(
        ({ namespace, name }) => namespace === 'immich-drill' && name === 'immich-backup-read',
      )?.keys,
    ).toContain('ca.crt');
    // That of the database stays in its own namespace.
    expect(JSON.stringify(one('ObjectStore'))).not.toContain('store-ca');
  });

  test('the same in the tree', () => {
    const [source] = certified('barmanObjectStore').database.spec.externalClusters;
    expect(source.barmanObjectStore.endpointCA).toEqual(ofDrill);
  });

  test('without one, none is asked for', () => {
    expect(shipped.home.one('ObjectStore').spec.configuration).not.toHaveProperty('endpointCA');
  });
});

describe('checksums that S3 services other than Amazon refuse', () => {
  const inTree = (store: string) =>
    drillOf(
      edited(home, [
        's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
        `method: barmanObjectStore\n      s3: { bucket: immich-backups, ${store}credentials: immich-backup }`,
      ]),
    ).database.spec.env;

  test('are off in the instance that restores, where Barman runs in it', () => {
    expect(inTree('endpoint: https://s3.example.com, ')).toEqual([
      { name: 'AWS_REQUEST_CHECKSUM_CALCULATION', value: 'when_required' },
      { name: 'AWS_RESPONSE_CHECKSUM_VALIDATION', value: 'when_required' },
    ]);
  });

  test("stay on at Amazon's own", () => {
    expect(inTree('')).toBeUndefined();
    expect(shipped.tachtit.database.spec).not.toHaveProperty('env');
  });
});
