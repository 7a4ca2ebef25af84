import { audit } from '../../lib/audit/audit.ts';
import { movingTag } from '../../lib/audit/rules/immich/moving-tag.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { immich } from '../../lib/manifests/views/immich.ts';
import { readRepository } from '../../lib/repository/repository.ts';

type FileTexts = Readonly<Record<string, string>>;

const read = (files: FileTexts) => readRepository(filesOf('repository', new Map(Object.entries(files))));

/** Where the tag of Immich's server was found to move. */
function places(files: FileTexts): string[] {
  return audit(read(files).inventory, [movingTag]).map(({ file, line }) => `${file}:${line}`);
}

const appTemplate = (indent = '') =>
  `controllers:
  immich:
    containers:
      main:
        image:
          repository: ghcr.io/immich-app/immich-server
          tag: release
`.replace(/^/gm, indent);

const official = (indent = '') =>
  `immich:
  persistence: { library: { existingClaim: library } }
server:
  controllers:
    main:
      containers:
        main:
          image: { tag: release }
`.replace(/^/gm, indent);

const application = (source: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: immich, namespace: argocd }
spec:
  destination: { namespace: photos }
${source.replace(/^/gm, '  ')}
`;

const chart = (dependency: string) => `apiVersion: v2
name: photos
version: 0.1.0
dependencies:
  - { ${dependency}, version: 4.6.2, repository: "https://bjw-s-labs.github.io/helm-charts" }
`;

const inlined = application(`source:
  chart: app-template
  repoURL: https://bjw-s-labs.github.io/helm-charts
  helm:
    valuesObject:
${appTemplate('      ')}`);

const forms: readonly (readonly [string, FileTexts, readonly string[]])[] = [
  ['an Application with an object of values', { 'app.yaml': inlined }, ['app.yaml:17']],
  [
    'an Application with a text of values, shown where the text begins',
    { 'app.yaml': inlined.replace('valuesObject:', 'values: |') },
    ['app.yaml:10'],
  ],
  [
    'an Application whose values stand in another source of it',
    {
      'apps/immich/app.yaml': application(`sources:
  - repoURL: https://github.com/example/home
    ref: values
  - chart: immich
    repoURL: https://immich-app.github.io/immich-charts
    helm: { valueFiles: [$values/apps/immich/values.yaml] }`),
      'apps/immich/values.yaml': official(),
    },
    ['apps/immich/values.yaml:8'],
  ],
  [
    'an Application with the git repository of the official chart',
    {
      'apps/immich/app.yaml': application(`sources:
  - repoURL: https://github.com/immich-app/immich-charts.git
    path: charts/immich
    targetRevision: immich-0.10.1
    helm: { valueFiles: [$values/apps/immich/values.yaml] }
  - repoURL: https://github.com/example/home
    ref: values`),
      'apps/immich/values.yaml': official(),
    },
    ['apps/immich/values.yaml:8'],
  ],
  [
    'an Application with the address of a chart in a registry',
    {
      'app.yaml': application(`source:
  repoURL: oci://ghcr.io/immich-app/immich-charts/immich
  path: "."
  targetRevision: 0.10.3
  helm:
    valuesObject:
${official('      ')}`),
    },
    ['app.yaml:19'],
  ],
  [
    'the same where a part of the repository is read',
    {
      'immich/app.yaml': application(`sources:
  - repoURL: https://github.com/example/home
    ref: home
  - chart: app-template
    helm: { valueFiles: [$home/kubernetes/immich/deep/values.yaml] }`),
      'immich/deep/values.yaml': appTemplate(),
    },
    ['immich/deep/values.yaml:7'],
  ],
  [
    'an Application of a folder with a chart that depends on app-template',
    {
      'apps/app.yaml': application(
        'source: { path: charts/photos, repoURL: https://github.com/example/home }',
      ),
      'charts/photos/Chart.yaml': chart('name: app-template'),
      'charts/photos/values.yaml': `app-template:\n${appTemplate('  ')}`,
    },
    ['charts/photos/values.yaml:8'],
  ],
  [
    'the same by an alias, with a value file over the values of the chart',
    {
      'apps/app.yaml': application(`source:
  path: charts/photos
  helm: { valueFiles: [values-home.yaml] }`),
      'charts/photos/Chart.yaml': chart('name: app-template, alias: immich'),
      'charts/photos/values.yaml': `immich:\n${appTemplate('  ').replace('release', 'v3.3.1')}`,
      'charts/photos/values-home.yaml':
        'immich: { controllers: { immich: { containers: { main: { image: { tag: release } } } } } }\n',
    },
    ['charts/photos/values-home.yaml:1'],
  ],
  [
    'a chart that nothing installs',
    {
      'charts/photos/Chart.yaml': chart('name: immich'),
      'charts/photos/values.yaml': `immich:\n${official('  ')}`,
    },
    ['charts/photos/values.yaml:9'],
  ],
  [
    'a chart that kustomize inflates with a file of values',
    {
      'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
helmCharts:
  - { name: immich, repo: "https://immich-app.github.io/immich-charts", version: 0.10.3, valuesFile: immich-values.yaml }
`,
      'immich-values.yaml': official(),
    },
    ['immich-values.yaml:8'],
  ],
  ['values of app-template alone', { 'immich/values.yaml': appTemplate() }, ['immich/values.yaml:7']],
  ['values of the official chart alone', { 'immich.yaml': official() }, ['immich.yaml:8']],
  [
    'values that a release takes from a generated config map, once',
    {
      'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: photos
resources: [release.yaml]
configMapGenerator: [{ name: immich-values, files: [values.yaml] }]
`,
      'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich }
spec:
  chart: { spec: { chart: app-template } }
  valuesFrom: [{ kind: ConfigMap, name: immich-values }]
`,
      'values.yaml': appTemplate(),
    },
    ['values.yaml:7'],
  ],
];

test.each(forms)('%s', (_name, files, expected) => {
  expect(places(files)).toEqual(expected);
});

test.each(forms)('%s has nothing to be told when its tag stays', (_name, files) => {
  const mended = Object.entries(files).map(([path, text]) => [
    path,
    text.replaceAll('tag: release', 'tag: v3.3.1'),
  ]);
  expect(places(Object.fromEntries(mended))).toEqual([]);
});

test.each<readonly [string, FileTexts]>([
  [
    'a dependency that its values switch off',
    {
      'Chart.yaml': chart('name: app-template, condition: app-template.enabled'),
      'values.yaml': `app-template:\n  enabled: false\n${appTemplate('  ')}`,
    },
  ],
  [
    'a chart with templates of its own, whose values are like those of the official one',
    { 'Chart.yaml': 'apiVersion: v2\nname: immich\nversion: 1.0.0\n', 'values.yaml': official() },
  ],
  [
    'a file of the same name as the one that an Application asks for elsewhere',
    {
      'app.yaml': application(`source:
  chart: app-template
  helm: { valueFiles: [$values/nowhere/values.yaml] }`),
      'Chart.yaml': 'apiVersion: v2\nname: other\nversion: 1.0.0\n',
      'values.yaml': appTemplate(),
    },
  ],
  [
    'values of another chart',
    { 'values.yaml': '# not for immich\nserver: { image: { repository: argocd } }\n' },
  ],
  [
    'values of app-template for another program',
    { 'values.yaml': appTemplate().replaceAll('immich', 'photos') },
  ],
])('%s is no Immich', (_name, files) => {
  expect(immich(read(files).inventory).containers).toEqual([]);
});

test('values of which a part is not there are told to make more than is known', () => {
  const { opaque } = read({
    'app.yaml': application(`source:
  chart: app-template
  helm: { valueFiles: [$values/nowhere.yaml] }`),
  });
  expect([...opaque].map(({ file }) => file)).toEqual(['app.yaml']);
});

test('beside a list of sources the one source of an Application is not looked at', () => {
  const chart = 'chart: immich, helm: { valueFiles: [$values/values.yaml] }';
  const { inventory } = read({
    'app.yaml': application(`source: { ${chart} }
  sources: [{ ref: values }, { ${chart} }]`),
    'values.yaml': official(),
  });
  expect(inventory.workloads.map(({ name }) => name)).toEqual(['immich-server', 'immich-machine-learning']);
});

test('the parameters of an Application are values, shown where their list begins', () => {
  const app = (tag: string, name = 'controllers.main.containers.main.image.tag') => ({
    'app.yaml': application(`source:
  chart: immich
  targetRevision: 0.10.3
  helm:
    parameters:
    - { name: server.enabled, value: "true" }
    - { name: "${name}", value: ${tag} }`),
  });
  expect(places(app('release'))).toEqual(['app.yaml:10']);
  expect(places(app('v3.3.1'))).toEqual([]);
  expect(places(app('release', 'env[0].value'))).toEqual([]);
});
