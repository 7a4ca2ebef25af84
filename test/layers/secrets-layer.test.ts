import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { changesOfEdits } from '../changes/judged.ts';
import { edited, home } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

type Seen = ReturnType<typeof JSON.parse>;

const made = (section: string) =>
  synthesize(new Map([['installations/home.yaml', edited(home, ['route:', `${section}\nroute:`])]]));

const objects = (section: string): Seen[] =>
  JSON.parse(JSON.stringify(made(section).clusters.flatMap(({ manifests }) => manifests))).map(
    ({ file, object }: Seen) => ({ file, ...object }),
  );

const external = 'secrets: { externalSecrets: { store: { name: vault }, keys: { immich-backup: garage } } }';

test('by hand there is none', () => {
  const kinds = objects('secrets: { byHand: {} }').map(({ kind }) => kind);
  expect(kinds).not.toContain('ExternalSecret');
  expect(made('secrets: { byHand: {} }').files).toEqual(made('').files);
});

test('one for each Secret that is read, with exactly its keys, and for that of the drill', () => {
  const { problems, findings } = made(external);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  const secrets = objects(external).filter(({ kind }) => kind === 'ExternalSecret');
  expect(secrets.flatMap(({ file: _, ...object }) => validateStrictly(object))).toEqual([]);
  expect(secrets).toEqual([
    {
      file: 'home/home/secrets/externalsecret.immich-backup.yaml',
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: {
        name: 'immich-backup',
        namespace: 'immich',
        labels: { 'app.kubernetes.io/part-of': 'immich' },
      },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { name: 'immich-backup', creationPolicy: 'Orphan', deletionPolicy: 'Retain' },
        data: ['ACCESS_KEY_ID', 'ACCESS_SECRET_KEY'].map((key) => ({
          secretKey: key,
          remoteRef: { key: 'garage', property: key },
        })),
      },
    },
    expect.objectContaining({
      file: 'home/home/drill/externalsecret.immich-backup-read.yaml',
      metadata: expect.objectContaining({ name: 'immich-backup-read', namespace: 'immich-drill' }),
      spec: expect.objectContaining({
        data: ['ACCESS_KEY_ID', 'ACCESS_SECRET_KEY'].map((key) => ({
          secretKey: key,
          remoteRef: { key: 'immich-backup-read', property: key },
        })),
      }),
    }),
  ]);
});

test('a Secret of a type of its own keeps it', () => {
  const all = objects(`${external}\nserver: { imagePullSecrets: [registry] }`);
  const registry = all.find(
    ({ kind, metadata }) => kind === 'ExternalSecret' && metadata.name === 'registry',
  );
  expect(registry.spec.target.template).toEqual({ type: 'kubernetes.io/dockerconfigjson' });
});

test('they are there before the database and Immich are', () => {
  const orderOf = (layer: string) =>
    objects(external)
      .find(({ kind, metadata }) => kind === 'Kustomization' && metadata?.name === `immich-home-${layer}`)
      .spec.dependsOn.map(({ name }: Seen) => name);
  expect(orderOf('secrets')).toEqual(['immich-home-namespace']);
  expect(orderOf('database')).toContain('immich-home-secrets');
  expect(orderOf('app')).toContain('immich-home-secrets');
  expect(orderOf('route')).toContain('immich-home-secrets');
});

test('an entry for a Secret that nobody reads is an error, where it stands', () => {
  const { problems, files } = made(external.replace('immich-backup:', 'immich-bakup:'));
  expect(files).toBeUndefined();
  expect(
    problems.filter(({ severity }) => severity === 'error').map(({ key, message }) => `${key}: ${message}`),
  ).toEqual([
    'secrets.externalSecrets.keys.immich-bakup: "immich-bakup" is no Secret that this installation reads. Write one of immich-backup, immich-backup-read.',
  ]);
});

test('the runbook names the entries of the store, and no command that makes a Secret', () => {
  const runbook = made(external).files?.get('home/RUNBOOK.md') ?? '';
  expect(runbook).toContain(
    '`garage` with `ACCESS_KEY_ID` and `ACCESS_SECRET_KEY`, for `immich/immich-backup`',
  );
  expect(runbook).not.toContain('create secret generic immich-backup ');
});

test('a store that fills a Secret, fills it from elsewhere, or no more, is told', () => {
  const told = (text: string, ...edits: Parameters<typeof edited>[1][]) =>
    changesOfEdits(text, ...edits)
      .filter(({ topic, grade }) => topic === 'secrets' && grade !== 'routine')
      .map(({ grade, id, sentence }) => `${grade} ${id}: ${sentence}`);
  const withStore = edited(home, ['route:', `${external}\nroute:`]);
  expect(told(home, ['route:', `${external}\nroute:`])).toEqual([
    'steps home:ExternalSecret/immich-backup-read:store:vault: immich-backup-read.ACCESS_KEY_ID, immich-backup-read.ACCESS_SECRET_KEY: The Secret immich-drill/immich-backup-read is filled from vault: immich-backup-read.ACCESS_KEY_ID, immich-backup-read.ACCESS_SECRET_KEY: what stands there replaces what is in it.',
    'steps home:ExternalSecret/immich-backup:store:vault: garage.ACCESS_KEY_ID, garage.ACCESS_SECRET_KEY: The Secret immich/immich-backup is filled from vault: garage.ACCESS_KEY_ID, garage.ACCESS_SECRET_KEY: what stands there replaces what is in it.',
  ]);
  expect(told(withStore, ['immich-backup: garage', 'immich-backup: minio'])).toEqual([
    expect.stringContaining(
      'is filled from vault: minio.ACCESS_KEY_ID, minio.ACCESS_SECRET_KEY instead of vault: garage.',
    ),
  ]);
  expect(told(withStore, [`${external}\n`, ''])).toEqual(
    expect.arrayContaining([
      expect.stringContaining('comes from no store any more; it stays as it is, and nobody renews it.'),
    ]),
  );
});
