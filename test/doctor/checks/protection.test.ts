import { protection } from '../../../lib/doctor/checks/protection.ts';
import { edited, home } from '../../installation/example.ts';
import { found, subjectOf } from '../living.ts';

const claim = '/api/v1/namespaces/immich/persistentvolumeclaims/immich-library';
const at = (metadata: object) => ({ paths: { [claim]: { metadata: { ...metadata } } } });
const byFlux = (name: string) => ({ labels: { 'kustomize.toolkit.fluxcd.io/name': name } });
const prune = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

test('a claim that another Kustomization applies must be kept from its pruning', async () => {
  expect(await found(protection, at(byFlux('media')))).toEqual([
    'error: PersistentVolumeClaim immich/immich-library is applied by the Kustomization media, and goes with its data when its file goes.',
    '  Write the annotation kustomize.toolkit.fluxcd.io/prune: disabled where it is applied from, and wait until it is here; docs/moving-in.md leads through it.',
  ]);
  expect(await found(protection, at({ ...byFlux('media'), annotations: prune }))).toEqual([
    'well: PersistentVolumeClaim immich/immich-library is applied by the Kustomization media, and stays when its file goes.',
  ]);
});

test('a claim that a chart made must be kept by Helm', async () => {
  const release = { 'meta.helm.sh/release-name': 'immich' };
  expect((await found(protection, at({ annotations: { ...release, ...prune } })))[0]).toMatch(
    /^error: .* is applied by the Helm release immich, and goes with its data/,
  );
  const kept = { annotations: { ...release, 'helm.sh/resource-policy': 'keep' } };
  expect((await found(protection, at(kept)))[0]).toMatch(/^well: /);
});

test('a claim that Argo CD applies must be kept by its options', async () => {
  const tracked = (application: string) => ({
    'argocd.argoproj.io/tracking-id': `${application}:/PersistentVolumeClaim:immich/immich-library`,
  });
  expect((await found(protection, at({ annotations: { ...tracked('media'), ...prune } })))[0]).toBe(
    'error: PersistentVolumeClaim immich/immich-library is applied by the Application media, and goes with its data when its file goes.',
  );
  const kept = {
    ...tracked('media'),
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false,Validate=false',
  };
  expect((await found(protection, at({ annotations: kept })))[0]).toMatch(/^well: /);
  expect(await found(protection, at({ annotations: tracked('immich-home-storage') }))).toEqual([]);
});

test('a claim that is only named is looked at too', async () => {
  const text = edited(home, ['storageClass: longhorn, size: 500Gi', 'existingClaim: photos']);
  const paths = { '/api/v1/namespaces/immich/persistentvolumeclaims/photos': { metadata: byFlux('media') } };
  expect((await found(protection, { paths }, subjectOf(text)))[0]).toMatch(
    /^error: .* immich\/photos is applied by/,
  );
});

test('what is not there, what nobody applies, and what is ours is no matter', async () => {
  expect(await found(protection, {})).toEqual([]);
  expect(await found(protection, at({}))).toEqual([]);
  expect(await found(protection, at(byFlux('immich-home-storage')))).toEqual([]);
});

test('what may not be seen is told as that', async () => {
  expect(await found(protection, { paths: { [claim]: 'forbidden' } })).toEqual([
    'unseen: PersistentVolumeClaim immich/immich-library: jane may not',
  ]);
});
