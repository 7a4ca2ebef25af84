import { App, Chart, Testing } from 'cdk8s';
import { problemText } from '../../lib/installation/parse.ts';
import { Immich } from '../../lib/layers/immich.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { home } from '../installation/example.ts';

function made(more: string) {
  const { problems, files } = synthesize(new Map([['home.yaml', `${home}${more}\n`]]));
  return {
    errors: problems.filter(({ severity }) => severity === 'error').map(problemText),
    files: files ?? new Map<string, string>(),
  };
}

test('what others make is not made here, and listed nowhere', () => {
  const { errors, files } = made('exists: [ServiceAccount/immich-server]');
  expect(errors).toEqual([]);
  expect(files.get('home/home/app/deployment.immich-server.yaml')).toContain(
    'serviceAccountName: immich-server',
  );
  expect([...files.keys()].filter((file) => file.endsWith('serviceaccount.immich-server.yaml'))).toEqual([]);
  expect(files.get('home/home/app/kustomization.yaml')).not.toContain('serviceaccount.immich-server.yaml');
  expect(made('exists: [ServiceAccount/other/immich-server]').files).toEqual(made('').files);
});

test.each([
  ['PersistentVolumeClaim/immich-library', 'Write existingClaim for its volume.'],
  ['Namespace/immich', 'Write sharedNamespace: true.'],
  ['Cluster/immich-db', 'Write database: { cnpg: { existing: { cluster } } }.'],
  ['NetworkPolicy/immich-server', 'Remove it.'],
])('%s is not left to others', (object, advice) => {
  expect(made(`exists: [${object}]`).errors).toEqual([
    expect.stringMatching(new RegExp(`exists\\[0\\]: .* is made here, .*${advice.replace(/[{}.]/g, '.')}$`)),
  ]);
});

test.each(['immich-db', 'secret/immich-db', 'Secret/', 'Secret/a/b/c', 'Secret/Immich'])(
  '%s names no object',
  (text) => {
    expect(made(`exists: [${text}]`).errors).toEqual([
      expect.stringContaining('names no object. Write its kind and name'),
    ]);
  },
);

test('a Secret of others is fetched, encrypted and made by nobody here', () => {
  const others = 'exists: [Secret/immich-backup]';
  const paths = (more: string) =>
    [...made(more).files.keys()].filter((file) => file.includes('externalsecret'));
  const external = 'secrets: { externalSecrets: { store: { name: vault } } }';
  expect(paths(`${others}\n${external}`)).toEqual(['home/home/drill/externalsecret.immich-backup-read.yaml']);
  const runbook = made(others).files.get('home/RUNBOOK.md') ?? '';
  expect(runbook).not.toContain('create secret generic immich-backup ');
  expect(runbook).toContain('create secret generic immich-backup-read ');
});

test('the construct leaves them out too', () => {
  const chart = new Chart(new App(), 'chart');
  new Immich(chart, 'immich', { installation: `${home}exists: [ServiceAccount/immich-server]\n` });
  const accounts = Testing.synth(chart).filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.map(({ metadata }) => metadata.name)).not.toContain('immich-server');
  expect(accounts.length).toBeGreaterThan(0);
});
