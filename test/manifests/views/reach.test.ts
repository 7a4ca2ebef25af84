import { Inventory } from '../../../lib/manifests/inventory.ts';
import { appliedBy } from '../../../lib/manifests/views/flux.ts';
import { reach } from '../../../lib/manifests/views/reach.ts';
import { readManifests, splitDocuments } from '../../../lib/repository/manifest-document.ts';

const flux = (name: string, path: string, more = '') => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ${path}, prune: true${more} }
`;
const list = (...entries: readonly string[]) => `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [${entries.join(', ')}]
`;
const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: photos, namespace: photos }\n';

/** By what the file `claim.yaml` in the last of the folders is applied: "no", "yes", or the names of Kustomizations. */
function applied(files: Readonly<Record<string, string>>): string {
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    splitDocuments(file, text).flatMap(readManifests),
  );
  const inventory = new Inventory(manifests);
  const wanted = manifests.find(({ file }) => file.endsWith('claim.yaml'));
  if (wanted === undefined) throw new Error('no claim.yaml');
  const { isApplied, flux: by } = reach(inventory, wanted);
  return isApplied ? by.map((one) => one.get('metadata', 'name')).join(' ') || 'yes' : 'no';
}

test.each([
  ['alone', { 'app/claim.yaml': claim }, 'yes'],
  [
    'listed by a kustomization',
    { 'app/kustomization.yaml': list('claim.yaml'), 'app/claim.yaml': claim },
    'yes',
  ],
  ['not listed by it', { 'app/kustomization.yaml': list('other.yaml'), 'app/claim.yaml': claim }, 'no'],
  ['below a path of Flux', { 'flux/ks.yaml': flux('app', './app'), 'app/sub/claim.yaml': claim }, 'app'],
  [
    'below a path of Flux, in a folder that its kustomization does not list',
    {
      'flux/ks.yaml': flux('app', './app'),
      'app/kustomization.yaml': list('other'),
      'app/sub/claim.yaml': claim,
    },
    'no',
  ],
  [
    'listed from another folder than that of its own Kustomization',
    {
      'flux/ks.yaml': `${flux('app', './app')}---${flux('base', './base')}`,
      'app/kustomization.yaml': list('../base/claim.yaml'),
      'base/kustomization.yaml': list('other.yaml'),
      'base/claim.yaml': claim,
    },
    'app',
  ],
  [
    'where no path leads',
    { 'flux/ks.yaml': flux('app', './app'), 'app/a.yaml': claim, 'old/claim.yaml': claim },
    'no',
  ],
  [
    'where a path with a variable may lead',
    {
      'flux/ks.yaml': `${flux('app', './app')}---${flux('more', '"./\u0024{X}"')}`,
      'app/a.yaml': claim,
      'old/claim.yaml': claim,
    },
    'yes',
  ],
  [
    'by a Kustomization that is commented out',
    {
      'apps/kustomization.yaml': list('other/ks.yaml'),
      'apps/photos/ks.yaml': flux('photos', './apps/photos/app'),
      'apps/photos/app/claim.yaml': claim,
    },
    'no',
  ],
  [
    'by a Kustomization in a folder that begins everything',
    {
      'cluster/kustomization.yaml': list('ks.yaml'),
      'cluster/ks.yaml': flux('app', './app'),
      'app/claim.yaml': claim,
    },
    'app',
  ],
  [
    'by a Kustomization that applies itself',
    { 'cluster/ks.yaml': flux('all', './cluster'), 'cluster/app/claim.yaml': claim },
    'all',
  ],
  [
    'by the Kustomization of flux bootstrap, which no kustomization lists',
    {
      'flux/kustomization.yaml': list('ks.yaml'),
      'flux/ks.yaml': flux('app', './app'),
      'flux/flux-system/kustomization.yaml': list('gotk-sync.yaml'),
      'flux/flux-system/gotk-sync.yaml': flux('flux-system', './flux'),
      'app/claim.yaml': claim,
    },
    'app',
  ],
  [
    'as a component of a Kustomization',
    {
      'flux/ks.yaml': flux('app', './app', ', components: [../part]'),
      'app/a.yaml': claim,
      'part/kustomization.yaml': list('claim.yaml').replace('kind: Kustomization', 'kind: Component'),
      'part/claim.yaml': claim,
    },
    'app',
  ],
  [
    'by a base whose components are put to it elsewhere',
    {
      'app/kustomization.yaml': list('claim.yaml'),
      'app/claim.yaml': claim,
      'app/parts/kustomization.yaml': list('a.yaml').replace('kind: Kustomization', 'kind: Component'),
    },
    'no',
  ],
  ['put away', { '.archive/photos/claim.yaml': claim }, 'no'],
  ['in a template', { 'templates/photos/claim.yaml': claim }, 'no'],
  [
    'put away, but listed',
    { 'kustomization.yaml': list('archive/claim.yaml'), 'archive/claim.yaml': claim },
    'yes',
  ],
  [
    'by an Application of Argo CD',
    {
      'argo/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: app } }\n',
      'app/claim.yaml': claim,
    },
    'yes',
  ],
  [
    'put away below an Application of Argo CD',
    {
      'argo/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: app } }\n',
      'app/disabled/claim.yaml': claim,
    },
    'no',
  ],
  [
    'in the templates of the chart of an Application of Argo CD',
    {
      'argo/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: app } }\n',
      'app/templates/claim.yaml': claim,
    },
    'yes',
  ],
  [
    'beside an Application of Argo CD',
    {
      'argo/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: app } }\n',
      'app/a.yaml': claim,
      'other/claim.yaml': claim,
    },
    'no',
  ],
  [
    'beside an ApplicationSet, which may lead anywhere',
    {
      'argo/app.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: a }\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: app } }\n',
      'app/a.yaml': claim,
      'other/claim.yaml': claim,
    },
    'yes',
  ],
  [
    'by kustomizations that list each other',
    {
      'a/kustomization.yaml': list('../b', 'claim.yaml'),
      'b/kustomization.yaml': list('../a'),
      'a/claim.yaml': claim,
    },
    'no',
  ],
])('%s', (_, files, expected) => {
  expect(applied(files)).toBe(expected);
});

test('of two Kustomizations that share a file, that for the namespace applies it', () => {
  const manifests = Object.entries({
    'flux/ks.yaml': `${flux('one', './one', ', targetNamespace: other, components: [../part]')}---${flux('two', './two', ', targetNamespace: photos, components: [../part]')}`,
    'one/a.yaml': claim,
    'two/a.yaml': claim,
    'part/claim.yaml': claim,
    'part/kustomization.yaml': list('claim.yaml'),
  }).flatMap(([file, text]) => splitDocuments(file, text).flatMap(readManifests));
  const wanted = manifests.find(({ file }) => file === 'part/claim.yaml');
  expect(wanted && appliedBy(new Inventory(manifests), wanted)?.get('metadata', 'name')).toBe('two');
});
