import { type Edit, edited } from '../../installation/example.ts';
import { home } from '../bases.ts';
import { changesOfEdits, changesOfManifests, changesOfTexts, distOf, object, shown } from '../judged.ts';

const models = '  models:  { storageClass: longhorn, size: 20Gi }\n';
const sharedModels = '  models:  { storageClass: longhorn, size: 20Gi, accessMode: ReadWriteMany }\n';
const learning = (text: string): string =>
  edited(home, ['volumes:\n', `machineLearning: ${text}\nvolumes:\n`], [models, sharedModels]);

/** Every form of machine learning, as an installation of its own. */
const forms = {
  here: edited(home, [models, sharedModels]),
  card: learning('{ gpu: nvidia }'),
  pools: learning('{ pools: [{ name: cpu }, { name: gpu, gpu: nvidia }] }'),
  remote: edited(
    home,
    [models, ''],
    ['volumes:\n', 'machineLearning: { remote: ["http://gpu.example.com:3003"] }\nvolumes:\n'],
  ),
  none: edited(home, [models, ''], ['volumes:\n', 'machineLearning: none\nvolumes:\n']),
} as const;

const own = 'immich-machine-learning';
const both = `${own}-cpu, ${own}-gpu`;
const away = 'http://gpu.example.com:3003';
const policy = 'steps home:network:policy:immich-server';
const cardIn = (pod: string) => `steps home:Deployment/${pod}:need:RuntimeClass/nvidia`;
const moved = (grade: string, from: string, to: string) =>
  `${grade} home:machineLearning:machineLearning:${from}->${to}`;

describe('machine learning in another form', () => {
  test.each<
    [from: keyof typeof forms, to: keyof typeof forms, expected: readonly string[], sentence: string]
  >([
    ['here', 'none', [moved('steps', own, 'none')], 'Immich does without machine learning from now on'],
    ['card', 'none', [moved('steps', own, 'none')], 'Immich does without machine learning from now on'],
    ['pools', 'none', [moved('steps', both, 'none')], 'Immich does without machine learning from now on'],
    ['remote', 'none', [policy, moved('steps', away, 'none')], 'Immich does without machine learning'],
    ['here', 'remote', [policy, moved('steps', own, away)], `Immich has its photos looked at by ${away}`],
    ['card', 'remote', [policy, moved('steps', own, away)], `Immich has its photos looked at by ${away}`],
    ['pools', 'remote', [policy, moved('steps', both, away)], `Immich has its photos looked at by ${away}`],
    ['none', 'remote', [policy, moved('steps', 'none', away)], `Immich has its photos looked at by ${away}:`],
    ['none', 'here', [moved('steps', 'none', own)], `Machine learning runs in ${own}:`],
    ['none', 'card', [moved('steps', 'none', own), cardIn(own)], `Machine learning runs in ${own}:`],
    [
      'none',
      'pools',
      [moved('steps', 'none', both), cardIn(`${own}-gpu`)],
      `Machine learning runs in ${both}:`,
    ],
    [
      'remote',
      'here',
      [policy, moved('restarting', away, own)],
      `Machine learning runs in ${own} instead of ${away}:`,
    ],
    [
      'remote',
      'card',
      [policy, moved('restarting', away, own), cardIn(own)],
      `Machine learning runs in ${own} instead of ${away}:`,
    ],
    [
      'remote',
      'pools',
      [policy, moved('restarting', away, both), cardIn(`${own}-gpu`)],
      `Machine learning runs in ${both} instead of ${away}:`,
    ],
    [
      'here',
      'pools',
      [moved('restarting', own, both), cardIn(`${own}-gpu`)],
      `Machine learning runs in ${both} instead of pods of its own (${own}):`,
    ],
    [
      'card',
      'pools',
      [moved('restarting', own, both)],
      `Machine learning runs in ${both} instead of pods of its own (${own}):`,
    ],
    [
      'pools',
      'here',
      [moved('restarting', both, own)],
      `Machine learning runs in ${own} instead of pods of its own (${both}):`,
    ],
    [
      'pools',
      'card',
      [moved('restarting', both, own)],
      `Machine learning runs in ${own} instead of pods of its own (${both}):`,
    ],
  ])('%s to %s', (from, to, expected, sentence) => {
    const changes = changesOfTexts(distOf(forms[from]), distOf(forms[to]));
    expect([...shown(changes)].sort()).toEqual([...expected].sort());
    expect(changes.some((one) => one.sentence.startsWith(sentence))).toBe(true);
  });

  test('the models that are left are no loss', () => {
    const changes = changesOfTexts(distOf(forms.here), distOf(forms.none));
    expect(
      changes.find(({ id }) => id.startsWith('home:PersistentVolumeClaim/immich-models:')),
    ).toMatchObject({
      grade: 'routine',
      sentence:
        'The claim immich-models is gone from dist. It holds nothing but models, which can be downloaded again; Flux leaves it in the cluster.',
    });
  });

  test('an address that is encrypted is not said to be open', () => {
    const to = edited(forms.remote, ['http://gpu.example.com:3003', 'https://gpu.example.com']);
    const [plain, encrypted] = [forms.remote, to].map((text) =>
      changesOfTexts(distOf(forms.here), distOf(text))
        .map(({ sentence }) => sentence)
        .join(' '),
    );
    expect(plain).toContain('goes there, without encryption.');
    expect(encrypted).toContain('a copy of every photo and every search goes there.');
  });
});

const add = (text: string): Edit => ['volumes:\n', `${text}\nvolumes:\n`];
const backup = (text: string): Edit => ['backup: none, reason: test', text];
const volsync = edited(home, backup('backup: { volsync: {} }'));
const longhorn = edited(home, backup('backup: { longhorn: {} }'));
const labels =
  'steps home:PersistentVolumeClaim/immich-library:fields:metadata.labels.recurring-job.longhorn.io/immich-immich-library-backup, metadata.labels.recurring-job.longhorn.io/source';

test.each<
  [what: string, base: string, edits: readonly Edit[], expected: readonly string[], sentence: string]
>([
  ['backups by Longhorn', home, [backup('backup: { longhorn: {} }')], [labels], ''],
  [
    'no backups by Longhorn any more',
    longhorn,
    [['backup: { longhorn: {} }', 'backup: none, reason: test']],
    ['steps home:volumes.library:backupOff:immich-immich-library-backup->nothing'],
    'RecurringJob longhorn-system/immich-immich-library-backup is gone',
  ],
  [
    'Longhorn instead of VolSync',
    volsync,
    [['volsync: {}', 'longhorn: {}']],
    [labels, 'steps home:volumes.library.backup:backupOff:immich-library->nothing'],
    'ReplicationSource immich/immich-library is gone: it makes no backups any more.',
  ],
  [
    'VolSync instead of Longhorn',
    longhorn,
    [['longhorn: {} }', 'volsync: {} }']],
    [
      'steps home:volumes.library:backupOff:immich-immich-library-backup->nothing',
      'steps home:ReplicationSource/immich-library:need:immich/immich-library-restic',
    ],
    'RecurringJob longhorn-system/immich-immich-library-backup is gone',
  ],
  [
    'another repository of restic',
    volsync,
    [['volsync: {}', 'volsync: { secret: other }']],
    [
      'steps home:volumes.library.backup:repository:immich-library-restic->other',
      'steps home:ReplicationSource/immich-library:need:immich/other',
    ],
    'ReplicationSource immich/immich-library writes to the repository that the Secret other names instead of',
  ],
  [
    'fewer backups of the library',
    volsync,
    [['volsync: {}', 'volsync: { retain: { daily: 3 } }']],
    ['refused home:volumes.library.backup:retention:14->3'],
    'ReplicationSource immich/immich-library keeps 3 instead of 14',
  ],
  [
    'backups of the library less often',
    volsync,
    [['volsync: {}', 'volsync: { schedule: "0 5 * * 0" }']],
    ['steps home:volumes.library.backup:schedule:0 4 * * *->0 5 * * 0'],
    'The volume is backed up every Sunday at 05:00',
  ],
  [
    'backups of the volume itself',
    volsync,
    [['volsync: {}', 'volsync: { copyMethod: Direct }']],
    ['steps home:ReplicationSource/immich-library:fields:spec.restic.copyMethod'],
    'ReplicationSource immich/immich-library: spec.restic.copyMethod changed: a backup is read from a snapshot',
  ],
  [
    'a larger cache of restic',
    volsync,
    [['volsync: {}', 'volsync: { cache: { size: 9Gi } }']],
    [],
    'ReplicationSource immich/immich-library: spec.restic.cacheCapacity changed: it counts from its next run on',
  ],
  [
    'a password of Valkey',
    home,
    [add('valkey: { password: { secret: queue, key: password } }')],
    [
      'steps home:Deployment/immich-server:need:immich/queue/password',
      'restarting home:Deployment/immich-server:fields:REDIS_PASSWORD',
      'restarting home:Deployment/immich-valkey:fields:containers[valkey].args, containers[valkey].env',
    ],
    'The Secret immich/queue must exist with the key password',
  ],
  [
    'no claim of Valkey any more',
    edited(home, add('valkey: { persistence: { storageClass: longhorn } }')),
    [['valkey: { persistence: { storageClass: longhorn } }\n', '']],
    [
      'restarting home:Deployment/immich-valkey:configuration:immich-valkey',
      'restarting home:valkey.persistence:storage:immich-valkey->memory',
    ],
    'Valkey keeps its jobs in memory alone from now on',
  ],
  [
    'an address of a Valkey that a Secret holds',
    home,
    [
      add(
        'valkey: { external: { url: { secret: queue, key: url } } }\nnetwork: { egress: [{ from: server, to: { namespace: valkey }, ports: [6379], why: Valkey }] }',
      ),
    ],
    [
      'steps home:valkey:queue:immich-valkey:6379->the server that Secret queue names',
      'steps home:network:policy:immich-server',
      'steps home:Deployment/immich-server:need:immich/queue/url',
    ],
    'Immich keeps its jobs in the server that Secret queue names instead of immich-valkey:6379',
  ],
  ['a file for each layer, of which nothing in the cluster hears', home, [add('files: layer')], [], ''],
  [
    'a namespace that others share, with what stays of its labels',
    home,
    [add('sharedNamespace: true'), ['      s3:', '      drill: { namespace: immich-drill }\n      s3:']],
    [
      'steps home:ValidatingAdmissionPolicy/immich-data-immich:guard',
      'steps home:sharedNamespace:release:immich->nothing',
      'steps home:network:open:acme-http01-solver,default-deny',
    ],
    'The namespace immich is no longer in dist. Flux leaves it with its labels',
  ],
])('%s', (_what, base, edits, expected, sentence) => {
  const changes = changesOfEdits(base, ...edits);
  expect([...shown(changes)].sort()).toEqual([...expected].sort());
  expect(changes.some((one) => one.sentence.startsWith(sentence))).toBe(
    sentence !== '' || changes.length > 0,
  );
});

const pod = (name: string, image: string, environment = '') =>
  object(
    'apps/v1',
    'Deployment',
    'namespace: photos',
    `spec: { template: { spec: { containers: [{ name: main, image: "ghcr.io/immich-app/${image}:v3.3.1", env: [${environment}] }] } } }`,
  ).replace('name: it', `name: ${name}`);
const learner = pod('learning', 'immich-machine-learning');
const server = (environment = '') => pod('photos', 'immich-server', environment);

test('machine learning of others that goes, and the setting that goes with it', () => {
  expect(
    shown(
      changesOfManifests(
        [server(), learner],
        [server('{ name: IMMICH_MACHINE_LEARNING_ENABLED, value: "false" }')],
      ),
    ),
  ).toEqual(['steps it:Deployment/photos:machineLearning:learning->none']);
  const left = changesOfManifests([server(), learner], [server()]);
  expect(shown(left)).toEqual(['steps it:Deployment/learning:remove']);
});
