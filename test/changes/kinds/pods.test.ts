import { type Edit, edited } from '../../installation/example.ts';
import { home } from '../bases.ts';
import { changesOfEdits, changesOfManifests, object, shown } from '../judged.ts';

const shared: Edit = ['size: 500Gi', 'size: 500Gi, accessMode: ReadWriteMany'];
const separate = 'server: { microservices: { separate: true } }\n';
const family =
  '  externalLibraries:\n    family: { nfs: { server: nas.example.net, path: /export/photos }, path: /mnt/family }\n';
const withFamily: Edit = ['volumes:\n', `volumes:\n${family}`];
const add = (text: string): Edit => ['volumes:\n', `${text}\nvolumes:\n`];

test.each<
  [what: string, base: string, edits: readonly Edit[], expected: readonly string[], sentence: string]
>([
  [
    'background jobs in a pod of their own, with what it needs',
    edited(home, shared),
    [['volumes:\n', `${separate}volumes:\n`]],
    ['restarting home:server.microservices:workers:all->api'],
    'The server no longer runs background jobs, which immich-microservices does from now on.',
  ],
  [
    'background jobs in the server again',
    edited(home, shared, ['volumes:\n', `${separate}volumes:\n`]),
    [[separate, '']],
    ['restarting home:server.microservices:workers:api->all'],
    'The server runs the background jobs itself from now on, and restarts',
  ],
  [
    'photos that stand elsewhere',
    home,
    [withFamily],
    ['restarting home:volumes.externalLibraries:mount:nothing->/mnt/family'],
    'Photos are mounted at /mnt/family from now on, and the server restarts',
  ],
  [
    'photos that stand elsewhere, at another path',
    edited(home, withFamily),
    [['path: /mnt/family', 'path: /mnt/photos']],
    ['steps home:volumes.externalLibraries:mount:/mnt/family->/mnt/photos'],
    'The photos at /mnt/family are at /mnt/photos from now on: Immich knows files',
  ],
  [
    'photos that stood elsewhere',
    edited(home, withFamily),
    [[family, '']],
    ['steps home:volumes.externalLibraries:unmount:/mnt/family->nothing'],
    'The photos at /mnt/family are no longer mounted: at its next scan',
  ],
  [
    'photos that stand elsewhere, on another share',
    edited(home, withFamily),
    [['/export/photos', '/export/pictures']],
    [
      'refused home:PersistentVolume/immich-immich-external-family:change:nas.example.net:/export/photos->nas.example.net:/export/pictures',
    ],
    'nas.example.net:/export/photos became nas.example.net:/export/pictures, but this cannot be changed',
  ],
  [
    'the first visitor as administrator',
    home,
    [add('server: { allowSetup: true }')],
    ['steps home:Deployment/immich-server:fields:IMMICH_ALLOW_SETUP'],
    'Deployment immich/immich-server: IMMICH_ALLOW_SETUP changed: where it is true and the database is empty',
  ],
  [
    'addresses of proxies',
    home,
    [add('server: { trustedProxies: [10.1.0.0/16] }')],
    ['restarting home:Deployment/immich-server:fields:IMMICH_TRUSTED_PROXIES'],
    '',
  ],
  [
    'classes that must exist',
    home,
    [add('server: { priorityClass: high, runtimeClass: nvidia }')],
    [
      'steps home:Deployment/immich-server:need:PriorityClass/high',
      'steps home:Deployment/immich-server:need:RuntimeClass/nvidia',
      'restarting home:Deployment/immich-server:fields:priorityClassName, runtimeClassName',
    ],
    'The PriorityClass high must exist, and did not have to',
  ],
  [
    'a class that Kubernetes makes',
    home,
    [add('server: { priorityClass: system-cluster-critical }')],
    ['restarting home:Deployment/immich-server:fields:priorityClassName'],
    '',
  ],
  [
    'machine learning elsewhere, of which nothing else restarts',
    home,
    [add('machineLearning: { tolerations: [{ key: gpu }], nodeSelector: { gpu: "yes" } }')],
    ['restarting home:Deployment/immich-machine-learning:fields:nodeSelector, tolerations'],
    '',
  ],
  [
    'a graphics card for machine learning, which alone restarts',
    home,
    [add('machineLearning: { gpu: nvidia }')],
    [
      'steps home:Deployment/immich-machine-learning:need:RuntimeClass/nvidia',
      'steps home:machineLearning.gpu:device:nothing->nvidia.com/gpu',
      'restarting home:machineLearning.image:image:ghcr.io/immich-app/immich-machine-learning:v3.3.1->ghcr.io/immich-app/immich-machine-learning:v3.3.1-cuda',
    ],
    'The pods of machine learning ask their node for nvidia.com/gpu, and restart: where no node has it free',
  ],
  [
    'a graphics card of another maker',
    edited(home, add('machineLearning: { gpu: intel }')),
    [['gpu: intel', 'gpu: amd']],
    [
      'steps home:machineLearning.gpu:device:gpu.intel.com/i915->amd.com/gpu',
      'restarting home:machineLearning.image:image:ghcr.io/immich-app/immich-machine-learning:v3.3.1-openvino->ghcr.io/immich-app/immich-machine-learning:v3.3.1-rocm',
    ],
    'The pods of machine learning ask their node for amd.com/gpu instead of gpu.intel.com/i915',
  ],
  [
    'no graphics card for the server any more',
    edited(home, add('server: { gpu: intel }')),
    [['server: { gpu: intel }', '']],
    ['restarting home:server.gpu:device:gpu.intel.com/i915->nothing'],
    'The pods of the server ask for gpu.intel.com/i915 no more and restart',
  ],
  [
    'Valkey on other nodes',
    home,
    [add('valkey: { nodeSelector: { disk: fast } }')],
    ['restarting home:Deployment/immich-valkey:fields:nodeSelector'],
    '',
  ],
  [
    'a label of the pods, because of which they restart',
    home,
    [add('server: { labels: { team: family } }')],
    ['restarting home:Deployment/immich-server:fields:template.metadata.labels.team'],
    'Deployment immich/immich-server: template.metadata.labels.team changed: its pods restart',
  ],
  [
    'what load balancers read',
    home,
    [add('server: { service: { annotations: { tailscale.com/expose: "true" } } }')],
    ['steps home:Service/immich-server:fields:metadata.annotations.tailscale.com/expose'],
    'Service immich/immich-server: metadata.annotations.tailscale.com/expose changed: load balancers and operators act by it',
  ],
  [
    'labels that the database hands on',
    home,
    [['  cnpg:\n', '  cnpg:\n    labels: { example.com/team: photos }\n']],
    [],
    'Cluster immich/immich-db: spec.inheritedMetadata changed: CloudNativePG writes it onto the pods',
  ],
  [
    'commits that wait for a replica',
    home,
    [['  cnpg:\n', '  cnpg:\n    synchronous: preferred\n']],
    ['steps home:Cluster/immich-db:fields:spec.postgresql.synchronous'],
    'Cluster immich/immich-db: spec.postgresql.synchronous changed: whether a commit waits for a replica',
  ],
  [
    'Secrets out of a store',
    home,
    [add('secrets: { externalSecrets: { store: { name: vault } } }')],
    [
      'steps home:ExternalSecret/immich-backup-read:store:vault: immich-backup-read.ACCESS_KEY_ID, immich-backup-read.ACCESS_SECRET_KEY',
      'steps home:ExternalSecret/immich-backup:store:vault: immich-backup.ACCESS_KEY_ID, immich-backup.ACCESS_SECRET_KEY',
      'steps home:ExternalSecret/immich-backup-read:need:ClusterSecretStore/vault',
    ],
    'The Secret immich-drill/immich-backup-read is filled from vault',
  ],
  [
    'Secrets by hand again',
    edited(home, add('secrets: { externalSecrets: { store: { name: vault } } }')),
    [['secrets: { externalSecrets: { store: { name: vault } } }', 'secrets: { byHand: {} }']],
    [
      'steps home:ExternalSecret/immich-backup-read:store:nothing',
      'steps home:ExternalSecret/immich-backup:store:nothing',
    ],
    'The Secret immich-drill/immich-backup-read comes from no store any more; it stays as it is',
  ],
  [
    'Secrets that are encrypted in git',
    home,
    [add('secrets: { sops: { folder: ./secrets } }')],
    [
      'steps home:secrets:encrypted:./secrets/home/immich',
      'steps home:secrets:encrypted:./secrets/home/immich-drill',
    ],
    'Flux decrypts the Secrets in ./secrets/home/immich',
  ],
  [
    'encrypted Secrets in another folder',
    edited(home, add('secrets: { sops: { folder: ./secrets } }')),
    [['./secrets', './private']],
    [
      'steps home:secrets:encrypted:./secrets/home/immich->./private/home/immich',
      'steps home:secrets:encrypted:./secrets/home/immich-drill->./private/home/immich-drill',
    ],
    'Flux decrypts the Secrets in ./private/home/immich',
  ],
  [
    'Secrets that were encrypted, by hand again',
    edited(home, add('secrets: { sops: { folder: ./secrets } }')),
    [['secrets: { sops: { folder: ./secrets } }', 'secrets: { byHand: {} }']],
    [
      'steps home:secrets:encrypted:./secrets/home/immich->nothing',
      'steps home:secrets:encrypted:./secrets/home/immich-drill->nothing',
    ],
    'The Secrets of ./secrets/home/immich come from git no more; they stay as they are',
  ],
])('%s', (_what, base, edits, expected, sentence) => {
  const changes = changesOfEdits(base, ...edits);
  expect([...shown(changes)].sort()).toEqual([...expected].sort());
  expect(changes.some((one) => one.sentence.startsWith(sentence))).toBe(true);
});

const pod = (environment: string, mounts: string) =>
  object(
    'apps/v1',
    'Deployment',
    'namespace: photos',
    `spec: { template: { spec: { containers: [{ name: main, image: "ghcr.io/immich-app/immich-server:v3.3.1", env: [${environment}], volumeMounts: [${mounts}] }], volumes: [{ name: library, persistentVolumeClaim: { claimName: library } }] } } }`,
  );
const at = (path: string) => `{ name: library, mountPath: ${path} }`;
const location = (path: string) => `{ name: IMMICH_MEDIA_LOCATION, value: ${path} }`;

test('another folder for the photos, with their volume, without one, and by its mount alone', () => {
  const moved = changesOfManifests(
    [pod(location('/data'), at('/data'))],
    [pod(location('/photos'), at('/photos'))],
  );
  expect(shown(moved)).toEqual(['steps it:Deployment/it:mediaLocation:/data->/photos']);
  expect(moved[0]?.sentence).toContain('writes every path in its database anew');
  const lost = changesOfManifests(
    [pod(location('/data'), at('/data'))],
    [pod(location('/photos'), at('/data'))],
  );
  expect(shown(lost)).toEqual(['refused it:Deployment/it:mediaLocation:/data->/photos']);
  expect(lost[0]?.sentence).toContain('is gone with it');
  const mounted = changesOfManifests([pod('', at('/usr/src/app/upload'))], [pod('', at('/data'))]);
  expect(shown(mounted)).toEqual(['steps it:Deployment/it:mediaLocation:/usr/src/app/upload->/data']);
});

test('the folder of the photos, said and by default, is the same', () => {
  const changes = changesOfManifests([pod('', at('/data'))], [pod(location('/data'), at('/data'))]);
  expect(shown(changes)).toEqual(['restarting it:Deployment/it:fields:IMMICH_MEDIA_LOCATION']);
});

test('where a layer is one file, those that need something are told, and not their neighbours', () => {
  const layered = edited(home, ['host:', 'files: layer\nhost:']);
  const changes = changesOfEdits(
    layered,
    add('server: { priorityClass: high, environmentFrom: { TOKEN: { secret: tokens, key: one } } }'),
    add('valkey: { nodeSelector: { disk: fast } }'),
  );
  const needs = changes.filter(({ id }) => id.includes(':need:'));
  expect(needs.map(({ objects }) => objects)).toEqual([
    ['Deployment immich/immich-server'],
    ['Deployment immich/immich-server'],
  ]);
});
