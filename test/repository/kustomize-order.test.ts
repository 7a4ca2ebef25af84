import { filesOf } from '../../lib/files/texts.ts';
import { isDerived } from '../../lib/manifests/derived.ts';
import { Field } from '../../lib/manifests/field.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { isKustomizeFile } from '../../lib/manifests/views/layer.ts';
import type { Interest } from '../../lib/repository/relevance.ts';
import { readRepository } from '../../lib/repository/repository.ts';

// What `kustomize build` (5.8) makes of the same files; e2e/kustomize holds many more of them.

/** Every document is read whole. */
const all: Interest = {
  add: () => undefined,
  addFile: () => undefined,
  isEverNeeded: () => true,
  isNeeded: () => true,
};

function build(files: Readonly<Record<string, string>>): Field[] {
  const { inventory } = readRepository(filesOf('.', new Map(Object.entries(files))), undefined, all);
  return inventory.manifests.filter((manifest) => !isKustomizeFile(manifest)).map(Field.of);
}

/** Names with the value at a path. */
function values(
  files: Readonly<Record<string, string>>,
  ...path: string[]
): Record<string, Value | undefined> {
  return Object.fromEntries(
    build(files).map((field) => [field.at('metadata', 'name').text, field.get(...path)]),
  );
}

const kustomization = (fields: string, kind = 'Kustomization') =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: ${kind}\n${fields}\n`;

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

const annotate = (key: string) =>
  `patches: [{ target: { kind: ConfigMap }, patch: "[{ op: add, path: /metadata/annotations, value: { by: ${key} } }]" }]`;

test('a component changes what is there when it comes, not what later components bring', () => {
  const files = {
    'kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [one, two]\nnamespace: immich'),
    'a.yaml': configMap('a'),
    'one/kustomization.yaml': kustomization(`resources: [b.yaml]\n${annotate('one')}`, 'Component'),
    'one/b.yaml': configMap('b'),
    'two/kustomization.yaml': kustomization('resources: [c.yaml]', 'Component'),
    'two/c.yaml': configMap('c'),
  };
  expect(values(files, 'metadata', 'annotations', 'by')).toEqual({ a: 'one', b: 'one', c: undefined });
  expect(values(files, 'metadata', 'namespace')).toEqual({ a: 'immich', b: 'immich', c: 'immich' });
});

test.each<[string, string, Value | undefined]>([
  ['merge', '[B=3, C=4]', { A: '1', B: '3', C: '4' }],
  ['replace', '[C=4]', { C: '4' }],
])('a generator with behavior %s', (behavior, literals, expected) => {
  const files = {
    'base/kustomization.yaml': kustomization('configMapGenerator: [{ name: made, literals: [A=1, B=2] }]'),
    'top/kustomization.yaml': kustomization(
      `resources: [../base]\nconfigMapGenerator: [{ name: made, behavior: ${behavior}, literals: ${literals} }]`,
    ),
  };
  const [made, ...others] = build(files);
  expect(others).toEqual([]);
  expect(made?.get('data')).toEqual(expected);
});

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
subjects: [{ kind: ServiceAccount, name: immich }, { kind: ServiceAccount, name: other }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: immich }
`;

test('the accounts of a binding follow those that a kustomization renames and moves', () => {
  const files = {
    'kustomization.yaml': kustomization('resources: [a.yaml]\nnamePrefix: my-\nnamespace: photos'),
    'a.yaml': binding,
  };
  expect(values(files, 'subjects')['my-reader']).toEqual([
    { kind: 'ServiceAccount', name: 'my-immich', namespace: 'photos' },
    { kind: 'ServiceAccount', name: 'other' },
  ]);
});

const pod = (image: string) => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: first
      image: ${image}
`;

test('what stood in a list keeps its line when a patch puts an item before it', () => {
  const [field] = build({
    'kustomization.yaml': kustomization(
      'resources: [a.yaml]\npatches: [{ path: patch.yaml }, { target: { kind: Pod }, path: late.yaml }]',
    ),
    'a.yaml': pod('immich:1'),
    'patch.yaml': pod('proxy:1').replace('first', 'second'),
    'late.yaml': '- op: add\n  path: /spec/containers/0\n  value: { name: third, image: x }\n',
  });
  const place = (index: number) => {
    const manifest = field?.manifest;
    const origin = manifest !== undefined && isDerived(manifest) ? manifest.origin : undefined;
    const { manifest: from, path } = origin?.(['spec', 'containers', index, 'image']) ?? {};
    return [field?.get('spec', 'containers', index, 'name'), from?.file, from?.position(path ?? [])?.line];
  };
  expect([0, 1, 2].map(place)).toEqual([
    ['third', 'late.yaml', 3],
    ['second', 'patch.yaml', 7],
    ['first', 'a.yaml', 7],
  ]);
});

test.each([
  ['transformers: [other.yaml]', '`transformers` of kustomization.yaml'],
  ['configurations: [other.yaml]', '`configurations` of kustomization.yaml'],
  ['openapi: { path: other.json }', '`openapi` of kustomization.yaml'],
  ['components: ["https://github.com/a/b?ref=c"]', 'a component of kustomization.yaml that is not here'],
  ['vars: [{ name: TAG, objref: { kind: ConfigMap, name: b } }]', 'the variable TAG'],
  ['vars: [{ name: OTHER, objref: { kind: ConfigMap, name: b } }]', undefined],
  ['validators: [other.yaml]', undefined],
])('of an object under %s it is known that not all is known', (fields, expected) => {
  const [field] = build({
    'kustomization.yaml': kustomization(`resources: [a.yaml]\nnamespace: b\n${fields}`),
    'a.yaml': pod('immich:$(TAG)'),
  });
  const manifest = field?.manifest;
  expect(manifest !== undefined && isDerived(manifest) ? manifest.unknown : 'read as written').toBe(expected);
});

test('a circle of kustomizations ends, and loses nothing', () => {
  const files = {
    'a/kustomization.yaml': kustomization('resources: [../b, a.yaml]\nnamespace: one'),
    'a/a.yaml': configMap('a'),
    'b/kustomization.yaml': kustomization('resources: [../a, b.yaml]'),
    'b/b.yaml': configMap('b'),
  };
  expect(Object.keys(values(files, 'metadata', 'namespace')).sort()).toEqual(['a', 'b']);
});
