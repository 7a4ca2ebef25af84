import { edited, errorsIn, warningsIn } from './example.ts';

const digest = `@sha256:${'0'.repeat(64)}`;

/** An installation about which there is nothing to say. */
const faultless = `
name: home
version: v3.3.1
host: photos.example.com
server: { image: "ghcr.io/immich-app/immich-server:v3.3.1${digest}" }
machineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1${digest}" }
valkey: { image: "docker.io/valkey/valkey:9.1-alpine${digest}" }
volumes:
  library: { storageClass: longhorn, size: 500Gi, backup: { longhorn: {} } }
  models: { storageClass: longhorn, size: 20Gi }
database:
  cnpg:
    image: ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1${digest}
    parameters: { max_slot_wal_keep_size: 5GB }
    storage: { storageClass: longhorn, size: 20Gi }
    backup:
      retention: 30d
      gcs: { bucket: immich-backups, gkeEnvironment: true }
route:
  certificate: { clusterIssuer: letsencrypt-prod }
`;

const unpinned = (images: string) =>
  `3:10: warning: version: Without a digest the registry can serve something else tomorrow: ${images}. Write <name>:<tag>@sha256:..., or images: { withoutDigests: "why" } to hear no more of it.`;

test('a faultless installation is passed over in silence', () => {
  expect(errorsIn(faultless)).toEqual([]);
  expect(warningsIn(faultless)).toEqual([]);
});

test.each([
  {
    what: 'fewer cores than the threads of machine learning',
    from: 'machineLearning: {',
    wrong: 'machineLearning: { resources: { limits: { cpu: 1500m } },',
    right: 'machineLearning: { resources: { limits: { cpu: "2" } },',
    told: '6:48: warning: machineLearning.resources.limits.cpu: "1500m" is less than the 2 threads that one model uses, so that they wait for each other. Write "2" or more, or leave the limit out.',
  },
  {
    what: 'one database instance',
    from: 'cnpg:',
    wrong: 'cnpg:\n    instances: 1',
    right: 'cnpg:\n    instances: 3',
    told: '13:16: warning: database.cnpg.instances: With "1" instance Immich is down whenever its node is. Write 2 or more if there are two nodes.',
  },
  {
    what: 'replicas that may keep the write-ahead log for ever',
    from: '    parameters: { max_slot_wal_keep_size: 5GB }\n    storage: {',
    wrong: '    walStorage: { storageClass: longhorn, size: 5Gi }\n    storage: {',
    right:
      '    walStorage: { storageClass: longhorn, size: 5Gi }\n    parameters: { max_slot_wal_keep_size: 2GB }\n    storage: {',
    told: '13:5: warning: database.cnpg.parameters: "max_slot_wal_keep_size" is not set: for a replica that is away, PostgreSQL keeps the write-ahead log until the volume is full, and then stops. Write parameters: { max_slot_wal_keep_size: 2560MB }. A replica that was away for longer is made anew.',
  },
  {
    what: 'two instances that both have every commit',
    from: 'cnpg:',
    wrong: 'cnpg:\n    synchronous: required',
    right: 'cnpg:\n    synchronous: required\n    instances: 3',
    told: '13:18: warning: database.cnpg.synchronous: "required" with 2 instances stops every upload while the only replica is away, as in each update. Write preferred, or instances: 3.',
  },
  {
    what: 'a short retention',
    from: '30d',
    wrong: '6d',
    right: '1w',
    told: '17:18: warning: database.cnpg.backup.retention: "6d" keeps less than 7 days. A mistake noticed later cannot be undone. Write "30d".',
  },
  {
    what: 'an image without its digest',
    from: `docker.io/valkey/valkey:9.1-alpine${digest}`,
    wrong: 'docker.io/valkey/valkey:9.1-alpine',
    right: `docker.io/valkey/valkey${digest}`,
    told: unpinned('valkey.image (docker.io/valkey/valkey:9.1-alpine)'),
  },
  {
    what: 'several images without a digest, told once',
    from: `server: { image: "ghcr.io/immich-app/immich-server:v3.3.1${digest}" }\nmachineLearning: { image: "ghcr.io/immich-app/immich-machine-learning:v3.3.1${digest}" }`,
    wrong: '',
    right: 'images: { withoutDigests: "from a registry of our own" }',
    told: unpinned(
      'server.image (ghcr.io/immich-app/immich-server:v3.3.1), machineLearning.image (ghcr.io/immich-app/immich-machine-learning:v3.3.1)',
    ),
  },
  {
    what: 'an image that says its digest alone',
    from: 'immich-server:v3.3.1',
    wrong: 'immich-server',
    right: 'immich-server:v3.3.1-cuda',
    told: `5:18: warning: server.image: "ghcr.io/immich-app/immich-server@sha256:${'0'.repeat(40)}…" has a digest and no tag, so that nobody sees whether it is of version "v3.3.1". Write the tag too, as in ghcr.io/immich-app/immich-server:v3.3.1${digest}.`,
  },
  {
    what: 'a model for search that newer versions may know',
    from: 'route:',
    wrong: 'config: { machineLearning: { clip: { modelName: ViT-B-32_openai } } }\nroute:',
    right: 'config: { machineLearning: { clip: { modelName: ViT-B-32__openai } } }\nroute:',
    told: '19:49: warning: config.machineLearning.clip.modelName: "ViT-B-32_openai" is not among the models that Immich v3.0.3 knows; whether v3.3.1 does is not recorded here, and its background jobs end if not. Did you mean ViT-B-32__openai?',
  },
  {
    what: 'a host without a certificate',
    from: 'certificate: { clusterIssuer: letsencrypt-prod }',
    wrong: 'middlewares: []',
    right: 'certificate: { secret: photos-tls }',
    told: '20:3: warning: route: No certificate is named for "photos.example.com", so that Traefik answers with its default one, which phones refuse unless it is valid. Write route: { certificate: { clusterIssuer: letsencrypt-prod } }.',
  },
])('$what is a warning, not an error', ({ from, wrong, right, told }) => {
  expect(errorsIn(edited(faultless, [from, wrong]))).toEqual([]);
  expect(warningsIn(edited(faultless, [from, wrong]))).toEqual([told]);
  expect(errorsIn(edited(faultless, [from, right]))).toEqual([]);
  expect(warningsIn(edited(faultless, [from, right]))).toEqual([]);
});

test('an Immich that is newer than what is known here is a warning', () => {
  const newer = faultless.replaceAll('v3.3.1', 'v3.4.0');
  expect(errorsIn(newer)).toEqual([]);
  expect(warningsIn(newer)).toEqual([
    '3:10: warning: version: "v3.4.0" is newer than v3.3.1, the newest that is known here; it is treated the same. Read Immich\'s release notes for what changed.',
  ]);
  expect(warningsIn(faultless.replaceAll('v3.3.1', 'v3.2.9'))).toEqual([]);
});

test('a VectorChord of which nobody knows whether this Immich starts with it is a warning', () => {
  const newer = edited(faultless, [':17.10-1.1.1@', ':17.10-2.0.0@']);
  expect(errorsIn(newer)).toEqual([]);
  expect(warningsIn(newer).join()).toContain(
    'has VectorChord 2.0.0; that Immich v3.3.1 starts with it is not recorded',
  );
});
