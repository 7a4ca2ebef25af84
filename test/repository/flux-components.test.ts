import type { KubernetesObject } from '../../lib/manifests/manifest.ts';
import { buildKustomizations } from '../../lib/repository/kustomize/build.ts';
import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';

function built(files: Readonly<Record<string, string>>, name: string): KubernetesObject[] {
  const manifests = Object.entries(files).flatMap(([file, text]) =>
    splitDocuments(file, text).flatMap(readManifests),
  );
  return buildKustomizations(manifests, (file) => files[file])
    .map(({ object }) => object)
    .filter(({ metadata }) => metadata?.name === name);
}

const flux = (path: string, components: string, name = 'photos') => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name} }
spec:
  path: ${path}
  components: [${components}]
  postBuild: { substitute: { APP: ${name} } }
`;

const component = (more: string) => `
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
${more}
`;

const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: claim }\nspec: { a: "\${APP}" }\n`;

const app = `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: photos
patches:
  - target: { kind: PersistentVolumeClaim }
    patch: '[{ op: add, path: /spec/b, value: patched }]'
`;

test("what a Flux Kustomization's path says reaches the components that it adds", () => {
  expect(
    built(
      {
        'ks.yaml': flux('./app', '../parts/claim'),
        'app/kustomization.yaml': app,
        'parts/claim/kustomization.yaml': component('resources: [claim.yaml]'),
        'parts/claim/claim.yaml': claim,
      },
      'claim',
    ),
  ).toMatchObject([{ metadata: { namespace: 'photos' }, spec: { a: 'photos', b: 'patched' } }]);
});

test('what such a component changes reaches the objects of the path', () => {
  expect(
    built(
      {
        'ks.yaml': flux('./app', '../parts/label'),
        'app/kustomization.yaml': `${app}resources: [claim.yaml]\n`,
        'app/claim.yaml': claim,
        'parts/label/kustomization.yaml': component('commonAnnotations: { kept: "yes" }'),
      },
      'claim',
    ),
  ).toMatchObject([{ metadata: { annotations: { kept: 'yes' } }, spec: { b: 'patched' } }]);
});

test('a component of two Flux Kustomizations comes once for each', () => {
  expect(
    built(
      {
        'one.yaml': flux('./one', '../parts/claim', 'one'),
        'two.yaml': flux('./two', '../parts/claim', 'two'),
        'one/kustomization.yaml': app,
        'two/kustomization.yaml': app.replace('namespace: photos', 'namespace: other'),
        'parts/claim/kustomization.yaml': component('resources: [claim.yaml]'),
        'parts/claim/claim.yaml': claim,
      },
      'claim',
    ).map(({ metadata, spec }) => [metadata?.namespace, spec]),
  ).toEqual([
    ['photos', { a: 'one', b: 'patched' }],
    ['other', { a: 'two', b: 'patched' }],
  ]);
});

test('a component inside a component replaces values in what the kustomization lists', () => {
  expect(
    built(
      {
        'kustomization.yaml': `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [app.yaml, claim.yaml]
components: [parts/outer]
`,
        'app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { size: 20Gi }\n',
        'claim.yaml': claim,
        'parts/outer/kustomization.yaml': component('components: [../inner]'),
        'parts/inner/kustomization.yaml': component(`
replacements:
  - source: { kind: ConfigMap, fieldPath: data.size }
    targets:
      - { select: { kind: PersistentVolumeClaim }, fieldPaths: [spec.a] }
`),
      },
      'claim',
    ),
  ).toMatchObject([{ spec: { a: '20Gi' } }]);
});

test('components that have each other come to an end', () => {
  expect(
    built(
      {
        'kustomization.yaml': `${app}components: [a]\nresources: [claim.yaml]\n`,
        'claim.yaml': claim,
        'a/kustomization.yaml': component('components: [../b]'),
        'b/kustomization.yaml': component('components: [../a]'),
      },
      'claim',
    ),
  ).toMatchObject([{ spec: { b: 'patched' } }]);
});

describe('labels and annotations', () => {
  const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: server }
spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: {} } }
`;
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: server }\nspec: { selector: { a: b } }\n';

  test('commonLabels reach templates and selectors', () => {
    const files = {
      'kustomization.yaml': `${app}resources: [all.yaml]\ncommonLabels: { c: d }\n`,
      'all.yaml': `${deployment}---\n${service}`,
    };
    expect(built(files, 'server')).toMatchObject([
      {
        metadata: { labels: { c: 'd' } },
        spec: {
          selector: { matchLabels: { a: 'b', c: 'd' } },
          template: { metadata: { labels: { a: 'b', c: 'd' } } },
        },
      },
      { metadata: { labels: { c: 'd' } }, spec: { selector: { a: 'b', c: 'd' } } },
    ]);
  });

  test('labels reach no more than they say', () => {
    const files = {
      'kustomization.yaml': `${app}resources: [all.yaml]\nlabels: [{ pairs: { c: d } }, { pairs: { e: f }, includeTemplates: true }]\n`,
      'all.yaml': deployment,
    };
    expect(built(files, 'server')[0]).toMatchObject({
      metadata: { labels: { c: 'd', e: 'f' } },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b', e: 'f' } } },
      },
    });
    expect(JSON.stringify(built(files, 'server')[0]?.['spec'])).not.toContain('"c"');
  });

  test("Flux's commonMetadata reaches the objects alone", () => {
    const files = {
      'ks.yaml': flux('./app', '').replace('components: []', 'commonMetadata: { labels: { c: d } }'),
      'app/kustomization.yaml': `${app}resources: [all.yaml]\n`,
      'app/all.yaml': deployment,
    };
    expect(built(files, 'server')[0]).toMatchObject({ metadata: { labels: { c: 'd' } } });
    expect(JSON.stringify(built(files, 'server')[0]?.['spec'])).not.toContain('"c"');
  });
});

test('a kustomization that no other lists is part of what Flux writes above it', () => {
  const parent = `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: all }
spec: { path: ./apps, postBuild: { substitute: { APP: all } } }
`;
  const below = {
    'ks.yaml': parent,
    'apps/media/kustomization.yaml': `${app}resources: [claim.yaml]\n`,
    'apps/media/claim.yaml': claim,
  };
  expect(built(below, 'claim')).toMatchObject([{ spec: { a: 'all', b: 'patched' } }]);
  // Where somebody wrote one above, it says what is applied.
  const listed = `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [other]
`;
  expect(built({ ...below, 'apps/kustomization.yaml': listed }, 'claim')).toMatchObject([
    { spec: { a: '\u0024{APP}' } },
  ]);
});
