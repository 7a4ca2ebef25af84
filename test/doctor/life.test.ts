import type { Value } from '../../lib/manifests/manifest.ts';
import { isFalse, isTrue, pod } from './healthy.ts';
import { subjectOf } from './living.ts';
import { type Changes, inList, told, withItem, withMetadata, without, withSpec, withStatus } from './told.ts';

const immich = (group: string) => `${group}/namespaces/immich`;
const pods = `${immich('/api/v1')}/pods`;
const layers = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations';
const cluster = `${immich('/apis/postgresql.cnpg.io/v1')}/clusters/immich-db`;
const database = `${immich('/apis/postgresql.cnpg.io/v1')}/databases/immich-db`;
const store = `${immich('/apis/barmancloud.cnpg.io/v1')}/objectstores/immich-db`;
const stats = '/api/v1/nodes/one/proxy/stats/summary';
const cronJob = '/apis/batch/v1/namespaces/immich-drill/cronjobs/immich-drill';
const certificate = `${immich('/apis/cert-manager.io/v1')}/certificates/immich`;
const deployments = `${immich('/apis/apps/v1')}/deployments`;
const jobs = `${immich('/apis/batch/v1')}/jobs`;
const indexes =
  subjectOf().manifests.find(({ object }) => object.kind === 'Job')?.object.metadata?.name ?? '';

const server = { 'app.kubernetes.io/part-of': 'immich' };
const container = (status: { [field: string]: Value }) => ({
  containerStatuses: [{ name: 'server', restartCount: 4, ...status }],
  conditions: [isFalse('Ready', '')],
});
const ended = (reason: string, finishedAt: string) => ({ terminated: { reason, finishedAt, exitCode: 1 } });

const faults: [what: string, changes: Changes, lines: string[]][] = [
  [
    'a layer that fails, one that waits for it, one that is suspended and one that is missing',
    {
      [layers]: (before) =>
        [
          without('immich-home-protection'),
          inList('immich-home-route', withSpec({ suspend: true })),
          inList('immich-home-database', withStatus({ conditions: [isFalse('Ready', 'dry-run failed')] })),
          inList(
            'immich-home-app',
            withStatus({
              conditions: [isFalse('Ready', "dependency 'database' is not ready", 'DependencyNotReady')],
            }),
          ),
        ].reduce<Value>((list, change) => change(list), before),
    },
    [
      'layers: error: immich-home-database: dry-run failed',
      'layers: error: immich-home-protection is in dist, and Flux does not have it.',
      "layers: warning: immich-home-app: dependency 'database' is not ready",
      'layers: warning: immich-home-route is suspended: Flux applies nothing of it, as in the middle of a restore.',
    ],
  ],
  [
    'a database without instances that archives nothing',
    {
      [cluster]: withStatus({
        phase: 'Setting up primary',
        readyInstances: 0,
        conditions: [isFalse('ContinuousArchiving', 'access denied')],
      }),
    },
    [
      'database: error: Cluster immich/immich-db has no instance that is ready: Setting up primary.',
      'database: error: Cluster immich/immich-db cannot archive its write-ahead log, which fills its volume: access denied',
    ],
  ],
  [
    'a replica that is away',
    { [cluster]: withStatus({ phase: 'Waiting for the instances', readyInstances: 1 }) },
    ['database: warning: Cluster immich/immich-db has 1 of 2 instances ready: Waiting for the instances.'],
  ],
  [
    'a database that cannot be brought back, with extensions and indexes that are not looked at yet',
    {
      [cluster]: withStatus({ phase: 'Cluster is unrecoverable and needs manual intervention' }),
      [database]: withStatus({ applied: undefined }),
      [jobs]: inList(indexes, withStatus({ conditions: [] })),
    },
    [
      'database: error: Cluster immich/immich-db: Cluster is unrecoverable and needs manual intervention. RUNBOOK.md says how it is restored.',
      'database: warning: Database immich/immich-db is not applied yet.',
      `database: warning: Job ${indexes} is still looking at the vector indexes.`,
    ],
  ],
  [
    'a database that is not there',
    { [cluster]: undefined },
    ['database: error: Cluster immich/immich-db is missing.'],
  ],
  [
    'an extension that is not applied, and indexes that cannot be read',
    {
      [database]: withStatus({
        applied: false,
        extensions: [{ name: 'vchord', applied: false, message: 'no such version' }],
      }),
      [jobs]: inList(indexes, withStatus({ conditions: [isTrue('Failed')] })),
    },
    [
      'database: error: The extension vchord: no such version',
      `database: error: Job ${indexes} has failed: a vector index cannot be read, or its VectorChord is missing.`,
    ],
  ],
  [
    'pods that are killed, wait for an image, find no node and restart',
    {
      [pods]: {
        items: [
          pod('a', server, container({ lastState: ended('OOMKilled', '2026-11-26T11:00:00Z') })),
          pod(
            'b',
            server,
            container({ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
          ),
          pod('c', server, {
            phase: 'Pending',
            conditions: [isFalse('PodScheduled', '0/2 nodes are available')],
          }),
          pod('d', server, container({ lastState: ended('Error', '2026-11-26T11:00:00Z') })),
          // It is over: these are well.
          pod('e', server, {
            ...container({ lastState: ended('OOMKilled', '2026-11-01T11:00:00Z') }),
            conditions: [isTrue('Ready')],
          }),
          pod('f', server, { phase: 'Succeeded' }),
        ],
      },
    },
    [
      'pods: error: a, container server: killed 2026-11-26T11:00:00Z for using more memory than its limit, 4 restarts.',
      'pods: error: b, container server: ImagePullBackOff, not found',
      'pods: error: c finds no node: 0/2 nodes are available',
      'pods: warning: d, container server: 4 restarts, the last 2026-11-26T11:00:00Z with Error.',
    ],
  ],
  [
    'a claim that is full, and one without a volume',
    {
      [stats]: {
        pods: [
          {
            volume: [
              { pvcRef: { namespace: 'immich', name: 'immich-library' }, usedBytes: 97, capacityBytes: 100 },
            ],
          },
        ],
      },
      [`${immich('/api/v1')}/persistentvolumeclaims`]: inList(
        'immich-models',
        withStatus({ phase: 'Pending' }),
      ),
    },
    [
      'claims: error: immich-library is 97 % full.',
      'claims: warning: immich-models has no volume yet. With WaitForFirstConsumer it gets one with its first pod.',
    ],
  ],
  [
    'how full they are may not be seen',
    { [stats]: 'forbidden' },
    ['claims: unseen: How full they are: jane may not'],
  ],
  [
    'an old base backup',
    {
      [store]: withStatus({
        serverRecoveryWindow: { 'immich-db': { lastSuccessfulBackupTime: '2026-11-23T03:00:00Z' } },
      }),
    },
    [
      'base-backups: error: The last base backup was made 3 days ago, at 2026-11-23T03:00:00Z; one is due every day at 03:00:00 UTC.',
    ],
  ],
  [
    'base backups of another life of the database alone',
    { [store]: withStatus({ serverRecoveryWindow: { 'immich-db-v0': {} } }) },
    ['base-backups: error: There is no base backup yet; one is due every day at 03:00:00 UTC.'],
  ],
  [
    'a drill that has failed, and none that succeeded since',
    {
      '/apis/batch/v1/namespaces/immich-drill/jobs': {
        items: [
          {
            metadata: { name: 'older' },
            status: { startTime: '2026-11-15T04:30:00Z', conditions: [isTrue('Complete')] },
          },
          {
            metadata: { name: 'newest' },
            status: { startTime: '2026-11-22T04:30:00Z', conditions: [isTrue('Failed')] },
          },
          {
            metadata: { name: 'immich-rehearsal' },
            status: { startTime: '2026-11-23T04:30:00Z', conditions: [isTrue('Complete')] },
          },
        ],
      },
      '/api/v1/namespaces/immich-drill/pods': {
        items: [
          pod(
            'newest-a',
            { ...server, 'batch.kubernetes.io/job-name': 'newest' },
            {
              phase: 'Failed',
              containerStatuses: [
                {
                  name: 'report',
                  state: { terminated: { exitCode: 24, message: 'asset has lost 800 rows\n' } },
                },
              ],
            },
          ),
        ],
      },
      [cronJob]: withStatus({ lastSuccessfulTime: '2026-11-01T05:00:00Z' }),
    },
    [
      'drill: error: The last drill, newest, has failed: code 24, asset has lost 800 rows',
      'drill: error: No drill has succeeded for 25 days; one is due every Sunday at 04:30 UTC.',
      'drill: warning: Job immich-rehearsal has ended, and is still there with what it made. Read its last line, and delete it.',
    ],
  ],
  [
    'a base backup that has failed since the last one',
    {
      [store]: withStatus({
        serverRecoveryWindow: {
          'immich-db': {
            lastSuccessfulBackupTime: '2026-11-26T03:01:00Z',
            lastFailedBackupTime: '2026-11-26T09:00:00Z',
          },
        },
      }),
    },
    [
      'base-backups: warning: The last base backup was made 9 hours ago, at 2026-11-26T03:01:00Z. One has failed since, at 2026-11-26T09:00:00Z.',
    ],
  ],
  [
    'a drill that never succeeded',
    { [cronJob]: withStatus({ lastSuccessfulTime: undefined }) },
    ['drill: error: No drill has succeeded yet; one is due every Sunday at 04:30 UTC.'],
  ],
  [
    'a drill that is new',
    {
      [cronJob]: (before) =>
        withMetadata({ creationTimestamp: '2026-11-25T00:00:00Z' })(
          withStatus({ lastSuccessfulTime: undefined })(before),
        ),
    },
    ['drill: warning: No drill has run yet; one is due every Sunday at 04:30 UTC.'],
  ],
  [
    'a pod that is not ready',
    { [pods]: { items: [pod('a', server, { conditions: [isFalse('Ready', '')] })] } },
    ['pods: warning: a is not ready. During a start or a migration that is as it should be.'],
  ],
  [
    'a drill that is suspended',
    { [cronJob]: withSpec({ suspend: true }) },
    ['drill: warning: The drill is suspended; one is due every Sunday at 04:30 UTC.'],
  ],
  [
    'a certificate that is not renewed',
    { [certificate]: withStatus({ notAfter: '2026-11-30T12:00:00Z' }) },
    [
      'certificates: error: Certificate immich/immich holds for 4 days only, until 2026-11-30T12:00:00Z, and was not renewed.',
    ],
  ],
  [
    'objects that somebody changed and deleted',
    {
      [deployments]: (before) =>
        inList('immich-server', withSpec({ replicas: 3 }))(without('immich-valkey')(before)),
    },
    [
      'objects: error: Deployment immich/immich-valkey is in dist, and not in the cluster.',
      'objects: warning: Deployment immich/immich-server differs from dist in spec.replicas.',
    ],
  ],
  [
    'what dist no longer has',
    {
      [`${immich('/api/v1')}/configmaps`]: withItem({
        metadata: { name: 'old', labels: { 'kustomize.toolkit.fluxcd.io/name': 'immich-home-app' } },
      }),
      [`${immich('/api/v1')}/persistentvolumeclaims`]: withItem({
        metadata: {
          name: 'immich-generated',
          labels: {
            'kustomize.toolkit.fluxcd.io/name': 'immich-home-storage',
            'immich-cdk8s/data': 'immich',
          },
        },
        status: { phase: 'Bound' },
      }),
      [`${immich('/api/v1')}/services`]: withItem({
        metadata: { name: 'other', labels: { 'kustomize.toolkit.fluxcd.io/name': 'immich-home-two-app' } },
      }),
      [layers]: withItem({
        metadata: { name: 'immich-home-backup' },
        spec: { path: './dist/home/home/backup' },
      }),
    },
    [
      'leftovers: warning: ConfigMap immich/old is in the cluster, and dist has it no longer.',
      'leftovers: warning: PersistentVolumeClaim immich/immich-generated is kept, since it holds data; dist has it no longer.',
      'leftovers: warning: Kustomization flux-system/immich-home-backup is in the cluster, and dist has no such layer.',
    ],
  ],
];

test.each(faults)('%s', async (_, changes, lines) => {
  expect(new Set(await told(changes))).toEqual(new Set(lines));
});

test('a commit that is not here cannot be compared with', async () => {
  const subject = { ...subjectOf(), manifestsAt: () => undefined };
  expect(await told({}, subject)).toContain(
    'objects: unseen: immich-home-app: Flux has applied main@sha1:0123456789012345678901234567890123456789, which this repository does not have.',
  );
});
