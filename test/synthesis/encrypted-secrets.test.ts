import { filesOf } from '../../lib/files/texts.ts';
import { parseInstallation, problemText } from '../../lib/installation/parse.ts';
import type { Manifest } from '../../lib/manifests/manifest.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { lookAtEncryptedFiles } from '../../lib/synthesis/encrypted-secrets.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { readSource } from '../../lib/text/yaml-source.ts';
import { edited, home, tachtit } from '../installation/example.ts';
import { validateStrictly } from '../schemas/validate.ts';

type Seen = ReturnType<typeof JSON.parse>;

const age = 'age1helqcqsh9464r8chnwc2fzj8uv7vr5ntnsft0tn45v2xtz0hpfwq98cmsg';
const sops = (text: string, more = '') => `${text}secrets: { sops: { folder: ./secrets${more} } }\n`;

function looked(present: { readonly [file: string]: string }, text = sops(home)) {
  const { installation, problems } = parseInstallation('home.yaml', text);
  if (installation === undefined) throw new Error(problems.map(problemText).join('\n'));
  return lookAtEncryptedFiles(planOf(installation), filesOf('.', new Map(Object.entries(present))));
}

function manifestsOf(text: string): readonly Manifest[] {
  return synthesize(new Map([['home.yaml', text]])).clusters.flatMap(({ manifests }) => manifests);
}

const backup = 'secrets/home/immich/immich-backup.sops.yaml';
const reading = 'secrets/home/immich-drill/immich-backup-read.sops.yaml';
const encrypted = (name: string, namespace: string) =>
  [
    'apiVersion: v1',
    'kind: Secret',
    `metadata: { name: ${name}, namespace: ${namespace} }`,
    'stringData:',
    '  ACCESS_KEY_ID: ENC[AES256_GCM,data:aaaa,iv:bbbb,tag:cccc,type:str]',
    '  ACCESS_SECRET_KEY: ENC[AES256_GCM,data:aaaa,iv:bbbb,tag:cccc,type:str]',
    'sops: { version: 3.11.0 }',
    '',
  ].join('\n');
const whole = {
  [backup]: encrypted('immich-backup', 'immich'),
  [reading]: encrypted('immich-backup-read', 'immich-drill'),
};

test('an example for each Secret, that of the drill too, without any value', () => {
  const { examples, told } = looked({});
  expect([...examples.keys()]).toEqual([`${backup}.example`, `${reading}.example`]);
  const example = examples.get(`${backup}.example`) ?? '';
  expect(readSource(example, { strict: true }).data).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'immich-backup', namespace: 'immich' },
    type: 'Opaque',
    stringData: {
      ACCESS_KEY_ID: '<fill in: ACCESS_KEY_ID>',
      ACCESS_SECRET_KEY: '<fill in: ACCESS_SECRET_KEY>',
    },
  });
  expect(example).toContain(
    `sops encrypt --filename-override ${backup} --encrypted-regex '^(data|stringData)$' --output ${backup} COPY`,
  );
  expect(told).toEqual([
    {
      severity: 'warning',
      message: `Missing, without which Flux starts nothing that reads them: ${backup} (ACCESS_KEY_ID, ACCESS_SECRET_KEY), ${reading} (ACCESS_KEY_ID, ACCESS_SECRET_KEY). Beside each stands an .example, whose first lines say how to make it.`,
    },
  ]);
});

test('the public key goes into the command', () => {
  const { examples } = looked({}, sops(home, `, age: ${age}`));
  expect(examples.get(`${backup}.example`)).toContain(` --age ${age} `);
});

test('what is there is not written again, and nothing is said of what is whole', () => {
  expect(looked({ [`${backup}.example`]: 'mine', [reading]: whole[reading] ?? '' }).examples.size).toBe(0);
  expect(looked(whole)).toEqual({ examples: new Map(), told: [] });
});

test('two clusters have folders of their own', () => {
  const { examples } = looked({}, sops(tachtit));
  const folders = [...examples.keys()].map((file) => file.split('/').slice(0, 3).join('/'));
  expect([...new Set(folders)].sort()).toEqual([
    'secrets/tachtit-data/immich',
    'secrets/tachtit-data/immich-drill',
    'secrets/tachtit/immich',
  ]);
});

test.each([
  ['in clear text', { sops: undefined }, 'error', 'is not encrypted'],
  [
    'of another name',
    { 'name: immich-backup,': 'name: backup,' },
    'error',
    'is not the Secret immich/immich-backup',
  ],
  [
    'of another namespace',
    { 'namespace: immich ': 'namespace: photos ' },
    'error',
    'is not the Secret immich/immich-backup',
  ],
  [
    'of another kind',
    { 'kind: Secret': 'kind: ENC[AES256_GCM]' },
    'error',
    'is not the Secret immich/immich-backup',
  ],
  [
    'without a key',
    { ACCESS_SECRET_KEY: 'SECRET_KEY' },
    'warning',
    'lacks ACCESS_SECRET_KEY: store of the backups',
  ],
  ['with nothing in it', { '': undefined }, 'error', 'is no YAML of one Secret'],
])('one %s is told', (_what, edits, severity, message) => {
  const text = Object.entries(edits).reduce(
    (all, [from, to]) =>
      to === undefined
        ? all
            .split('\n')
            .filter((line) => !line.startsWith(from))
            .join('\n')
        : edited(all, [from, to]),
    whole[backup] ?? '',
  );
  expect(looked({ ...whole, [backup]: text }).told).toEqual([
    { severity, message: expect.stringContaining(`${backup} ${message}`) },
  ]);
});

test('Flux decrypts them before the database, and those of the drill after its namespace', () => {
  const objects = JSON.parse(
    JSON.stringify(manifestsOf(sops(home, ', secret: my-age')).map(({ object }) => object)),
  ).filter(({ apiVersion }: Seen) => apiVersion.startsWith('kustomize.toolkit.fluxcd.io'));
  expect(objects.flatMap((object: Seen) => validateStrictly(object))).toEqual([]);
  const spec = (name: string) =>
    objects.find(({ metadata }: Seen) => metadata.name === `immich-home-${name}`).spec;
  const decryption = { provider: 'sops', secretRef: { name: 'my-age' } };
  expect(spec('secrets')).toMatchObject({
    decryption,
    path: './secrets/home/immich',
    prune: false,
    dependsOn: [{ name: 'immich-home-namespace' }],
  });
  expect(spec('drill-secrets')).toMatchObject({
    decryption,
    path: './secrets/home/immich-drill',
    dependsOn: [{ name: 'immich-home-drill' }],
  });
  expect(spec('database').dependsOn).toContainEqual({ name: 'immich-home-secrets' });
  expect(spec('app').dependsOn).toContainEqual({ name: 'immich-home-secrets' });
});

test('without a Secret there is no folder that Flux would miss', () => {
  const [before = ''] = home.split('    backup:\n');
  const none = `${before}    backup: none\n    reason: a test\nroute: {}\n`;
  const files = manifestsOf(sops(none)).map(({ file }) => file);
  expect(files).toContain('home/home/flux/kustomization.immich-home-database.yaml');
  expect(files.filter((file) => file.includes('secrets'))).toEqual([]);
});

test.each([
  [
    'folder: ./dist/secrets',
    '"dist/secrets" is inside of dist, where synth removes what it has not written.',
  ],
  ['folder: ../secrets', 'is not a folder inside the source'],
  ['folder: ./secrets, age: sops-age', '"sops-age" is no public key of age.'],
])('%s is wrong', (written, message) => {
  const { problems } = parseInstallation('home.yaml', `${home}secrets: { sops: { ${written} } }\n`);
  expect(problems.map(({ message }) => message).join('\n')).toContain(message);
});

test('Argo CD decrypts none of them', () => {
  const text = `${sops(home)}deliver: argocd\nargocd: { repository: "https://git.example.com/home/cluster.git" }\n`;
  const { problems } = parseInstallation('home.yaml', text);
  expect(problems.map(problemText).join('\n')).toContain(
    'secrets: Only Flux decrypts what SOPS has encrypted',
  );
});
