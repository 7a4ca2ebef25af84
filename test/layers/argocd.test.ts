import { parse } from 'yaml';
import { audit } from '../../lib/audit/audit.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { changesOfEdits, changesOfTexts, distOf, shown } from '../changes/judged.ts';
import { edited, errorsIn, home, k3s, tachtit } from '../installation/example.ts';

const delivered = 'deliver: argocd\nargocd: { repository: https://git.example.com/home/cluster.git }\n';
const byArgoCD = edited(home, ['\nhost:', `\n${delivered}host:`]);
const dist = distOf(byArgoCD);
const applications = [...dist]
  .filter(([path]) => path.includes('/argocd/application.'))
  .map(([, text]) => parse(text));

function waveOf(layer: string): number {
  const found = applications.find(({ metadata }) => metadata.name === `immich-home-${layer}`);
  return Number(found.metadata.annotations['argocd.argoproj.io/sync-wave']);
}

test('each layer is an Application, in a wave after those that it waits for', () => {
  const layers = ['app', 'database', 'drill', 'indexes', 'namespace', 'protection', 'route', 'storage'];
  expect(applications.map(({ metadata }) => metadata.name).sort()).toEqual(
    layers.map((layer) => `immich-home-${layer}`),
  );
  for (const { metadata, spec } of applications) {
    expect(spec.source).toEqual({
      repoURL: 'https://git.example.com/home/cluster.git',
      targetRevision: 'HEAD',
      path: `dist/home/home/${metadata.name.slice('immich-home-'.length)}`,
    });
    expect(spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
  }
  for (const [before, after] of [
    ['namespace', 'database'],
    ['namespace', 'storage'],
    ['database', 'indexes'],
    ['indexes', 'app'],
    ['storage', 'app'],
  ] as const) {
    expect(waveOf(before)).toBeLessThan(waveOf(after));
  }
  // What keeps its objects has no finalizer, with which they would go.
  const kept = applications.filter(({ metadata }) => metadata.finalizers === undefined);
  expect(kept.map(({ metadata }) => metadata.name).sort()).toEqual([
    'immich-home-namespace',
    'immich-home-storage',
  ]);
});

test.each([
  ['home', home],
  ['k3s', k3s],
  ['tachtit', tachtit],
])('of %s Argo CD leaves alone what Flux would, and no text speaks of Flux', (name, text) => {
  const after = distOf(edited(text, ['\nhost:', `\n${delivered}host:`]));
  const before = distOf(text);
  let count = 0;
  for (const [path, written] of before) {
    if (!path.endsWith('.yaml') || path.endsWith('kustomization.yaml') || path.includes('/flux/')) continue;
    const isKept = written.includes('kustomize.toolkit.fluxcd.io/prune: disabled');
    const options = parse(after.get(path) ?? '').metadata.annotations?.['argocd.argoproj.io/sync-options'];
    expect([path, options]).toEqual([path, isKept ? 'Prune=false,Delete=false' : undefined]);
    count += isKept ? 1 : 0;
  }
  expect(count).toBeGreaterThan(2);
  for (const [path, written] of after) {
    expect([path, written.replaceAll('fluxcd/flux-cli', '').match(/flux/i)]).toEqual([path, null]);
  }
  expect(after.get(`${name}/RUNBOOK.md`)).toContain('Argo CD');
});

test('no claim and no CronJob that nobody waits for holds up the waves', () => {
  const waiting = [...dist].flatMap(([path, text]) =>
    text.includes('argocd.argoproj.io/ignore-healthcheck: "true"') ? [path.split('/').at(-1)] : [],
  );
  expect(waiting.sort()).toEqual([
    'cronjob.immich-drill.yaml',
    'persistentvolumeclaim.immich-drill-history.yaml',
    'persistentvolumeclaim.immich-library.yaml',
    'persistentvolumeclaim.immich-models.yaml',
  ]);
});

test('the runbook says what Argo CD calls Degraded, and what it has to be told', () => {
  const runbook = dist.get('home/RUNBOOK.md') ?? '';
  for (const part of [
    'Degraded, of the database',
    'Suspended, of the database',
    'ContinuousArchiving',
    'skip-reconcile',
  ]) {
    expect(runbook).toContain(part);
  }
  expect(runbook).not.toMatch(/kustomizations|reconcile\.fluxcd/);
  expect(distOf(home).get('home/RUNBOOK.md')).not.toContain('Argo');
});

test('our own audit finds nothing in it', () => {
  expect(audit(readRepository(filesOf('it', dist)).inventory)).toEqual([]);
});

test.each([
  ['deliver: argocd', 'deliver: ', 'argocd: { repository'],
  ['argocd: { repository: https://git.example.com/it.git }', 'argocd: ', 'Write deliver: argocd'],
  [`${delivered}flux: { layout: cluster-template }`, 'flux.layout: ', 'Only Flux does that'],
  [`${delivered}secrets: { sops: { folder: secrets } }`, 'secrets: ', 'Only Flux decrypts'],
  [`${delivered}flux: { dependsOn: [{ name: other }] }`, 'flux.dependsOn: ', 'Only Flux does that'],
  [
    'deliver: argocd\nargocd: { repository: "https://me:secret@git.example.com/it.git" }',
    'argocd.repository: ',
    'without a password',
  ],
  ['deliver: argocd\nargocd: { repository: git }', 'argocd.repository: ', 'no URL of a repository without'],
])('%j is refused', (lines, key, advice) => {
  const errors = errorsIn(edited(home, ['\nhost:', `\n${lines.trim()}\nhost:`])).join('\n');
  expect(errors).toContain(key);
  expect(errors).toContain(advice);
  expect(errors).not.toContain('secret@');
});

test('changes are told in the words of Argo CD', () => {
  const fewer = changesOfEdits(byArgoCD, [
    '  models:  { storageClass: longhorn, size: 20Gi }',
    '  models:  { existingClaim: models, accessMode: ReadWriteMany }',
  ]);
  const texts = fewer.map(({ sentence, steps }) => [sentence, ...steps].join(' ')).join('\n');
  expect(texts).toContain('Argo CD leaves');
  expect(texts).not.toMatch(/flux/i);
});

test('another deliverer is refused until the one before is gone, and nothing else is told', () => {
  const flux = distOf(home);
  expect(shown(changesOfTexts(flux, dist))).toEqual(['refused home:deliver:deliver:flux->argocd']);
  const back = changesOfTexts(dist, flux);
  expect(shown(back)).toEqual(['refused home:deliver:deliver:argocd->flux']);
  expect(back[0]?.steps.join('\n')).toContain('"finalizers":null');
});
