import { filesOf } from '../../lib/files/texts.ts';
import { surroundingsIn } from '../../lib/repository/surroundings.ts';

const surroundings = (files: { readonly [path: string]: string }) =>
  surroundingsIn(filesOf('repository', new Map(Object.entries(files))));

const named = (files: { readonly [path: string]: string }) =>
  surroundings(files).residents.map(({ namespace, kind, name }) => `${namespace}: ${kind} ${name}`);

const flux = (name: string, spec: string, namespace = 'flux-system') => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: ${namespace} }
spec: { interval: 1h, prune: true, ${spec} }
`;
const deployment = (name: string, namespace: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}${namespace} }\n`;
const release = (name: string, spec: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec: ${spec}\n`;
const kustomization = (rest: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${rest}\n`;

test.each<[string, { readonly [path: string]: string }, readonly string[]]>([
  [
    'a workload that names its namespace',
    { 'a.yaml': deployment('jellyfin', ', namespace: media') },
    ['media: Deployment jellyfin'],
  ],
  [
    'a release by its target',
    { 'a.yaml': release('jellyfin', '{ targetNamespace: media }') },
    ['media: HelmRelease jellyfin'],
  ],
  [
    'a release by its own namespace',
    { 'a.yaml': release('podinfo', '{}') },
    ['flux-system: HelmRelease podinfo'],
  ],
  [
    'what stands in a kustomization with a namespace',
    {
      'media/kustomization.yaml': kustomization('namespace: media\nresources: [a.yaml]'),
      'media/a.yaml': deployment('jellyfin', ''),
    },
    ['media: Deployment jellyfin'],
  ],
  [
    'what Flux puts into a namespace, and Flux itself',
    {
      'ks.yaml': flux('jellyfin', 'path: ./media, targetNamespace: media'),
      'media/a.yaml': deployment('jellyfin', ''),
    },
    ['media: Kustomization jellyfin', 'media: Deployment jellyfin'],
  ],
  [
    'what Flux takes from another repository',
    { 'ks.yaml': flux('jellyfin', 'path: ./elsewhere, targetNamespace: media') },
    ['media: Kustomization jellyfin'],
  ],
  [
    'what Argo CD puts somewhere',
    {
      'a.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: wiki, namespace: argocd }\nspec: { destination: { namespace: media } }\n',
    },
    ['media: Application wiki'],
  ],
  [
    'charts of kustomize',
    { 'kustomization.yaml': kustomization('namespace: media\nhelmCharts: [{ name: jellyfin }]') },
    ['media: chart '],
  ],
  [
    'nothing that makes no pods, has a variable, or is no YAML',
    {
      'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys, namespace: media }\n',
      'b.yaml': deployment('jellyfin', ', namespace: "${NAMESPACE}"'),
      'c.yaml': 'apiVersion: v1\nkind: [\n',
      'd.yaml': flux('apps', 'path: ./apps', 'media'),
    },
    [],
  ],
])('%s is seen where it lives', (_, files, residents) => {
  expect(named(files)).toEqual(residents);
});

const own = 'sourceRef: { kind: OCIRepository, name: home-ops }';

test('the source is that of most Kustomizations whose folder is in the repository', () => {
  const files = {
    'apps/a.yaml': deployment('a', ''),
    'more/b.yaml': deployment('b', ''),
    'flux/a.yaml': flux('a', `path: ./apps, ${own}`, 'gitops'),
    'flux/b.yaml': flux('b', `path: ./more, ${own}`, 'gitops'),
    'flux/c.yaml': flux('c', 'path: ./flux, sourceRef: { kind: GitRepository, name: theirs }'),
    'flux/d.yaml': flux('d', 'path: ./x, sourceRef: { kind: GitRepository, name: theirs }'),
    'flux/e.yaml': flux('e', 'path: ./y, sourceRef: { kind: GitRepository, name: theirs }'),
  };
  expect(surroundings(files).source).toEqual({
    kind: 'OCIRepository',
    name: 'home-ops',
    namespace: 'gitops',
  });
  expect(surroundings({}).source).toBeUndefined();
});

test('the namespace that a source names goes before that of the Kustomization', () => {
  const files = {
    'apps/a.yaml': deployment('a', ''),
    'flux/a.yaml': flux(
      'a',
      'path: ./apps, sourceRef: { kind: GitRepository, name: home, namespace: flux }',
      'media',
    ),
  };
  expect(surroundings(files).source).toEqual({ kind: 'GitRepository', name: 'home', namespace: 'flux' });
});
