import { readManifests, splitDocuments } from '../../lib/repository/manifest-document.ts';
import { outline } from '../../lib/repository/outline.ts';

test('documents are split at their markers, and know how many lines are above', () => {
  const documents = splitDocuments(
    'a.yaml',
    '# head\n--- # one\na: 1\n---\n\n---\nb: |\n  ---x\n  --- y\nc: 2\n',
  );
  expect(documents.map(({ text, above }) => [text.trim(), above])).toEqual([
    ['# head', 0],
    ['a: 1', 1],
    ['b: |\n  ---x\n  --- y\nc: 2', 5],
  ]);
});

describe('positions', () => {
  const [manifest] = splitDocuments(
    'a.yaml',
    `apiVersion: v1
kind: Pod
metadata: { name: a }
base: &base
  x: 1
spec:
  <<: *base
  text: "b"
  list:
    - name: one
    - [2, 3]
  map:
    key: v
`,
  ).flatMap(readManifests);

  test.each([
    ['a scalar at its value', ['spec', 'text'], 8, 9],
    ['a mapping at its key', ['spec', 'map'], 12, 3],
    ['an item', ['spec', 'list', 0], 10, 7],
    ['what comes by a merge, where it is written', ['spec', 'x'], 5, 6],
    ['inside an item', ['spec', 'list', 1, 1], 11, 11],
    ['a flow', ['metadata', 'name'], 3, 19],
    ['what is not there at the key around it', ['spec', 'map', 'gone', 'deeper'], 12, 3],
    ['the object at its beginning', [], 1, 1],
  ])('%s', (_, path, line, column) => {
    expect(manifest?.position(path)).toEqual({ line, column });
  });
});

describe('an outline', () => {
  test.each([
    [
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: b\n',
      ['v1', 'Secret', 'a', 'b', true],
    ],
    [
      '# x\nkind: "Secret"\napiVersion: \'v1\' # c\nmetadata:\n\n  # d\n  labels:\n    name: no\n  name: &n "a"\n',
      ['v1', 'Secret', 'a', undefined, true],
    ],
    ['apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n', ['v1', 'Secret', undefined, undefined, false]],
    ['apiVersion: v1\nkind: SecretList\nmetadata:\n  name: a\n', ['v1', 'SecretList', 'a', undefined, false]],
    ['{"apiVersion": "v1", "kind": "Secret"}', ['', '', undefined, undefined, false]],
  ])('of %j', (text, expected) => {
    const found = outline({ file: 'a.yaml', text, above: 0 });
    expect([found?.apiVersion, found?.kind, found?.name, found?.namespace, found?.certain]).toEqual(expected);
  });

  test('there is none of what is no object', () => {
    expect(outline({ file: 'a.yaml', text: 'a: 1\n', above: 0 })).toBeUndefined();
    expect(
      outline({ file: 'a.yaml', text: 'values:\n  apiVersion: v1\n  kind: Secret\n', above: 0 }),
    ).toBeUndefined();
  });
});

test('a document that ends with "..." and is followed by another is told so', () => {
  expect(() => readManifests({ file: 'a.yaml', text: 'a: 1\n...\nb: 2\n', above: 0 })).toThrow(
    'A second document begins here without "---". Write that above it.',
  );
});

test('a file of kustomize need not say what it is', () => {
  const of = (file: string, text: string) =>
    splitDocuments(file, text).flatMap((document) => {
      const { apiVersion, kind } = outline(document) ?? {};
      return [
        [apiVersion, kind],
        ...readManifests(document).map(({ object }) => [object.apiVersion, object.kind]),
      ];
    });
  const head = ['kustomize.config.k8s.io/v1beta1', 'Kustomization'];
  expect(of('a/kustomization.yaml', 'resources: [a.yaml]\n')).toEqual([head, head]);
  expect(of('kustomization.yml', 'kind: Kustomization\nresources: [a.yaml]\n')).toEqual([head, head]);
  const component = ['kustomize.config.k8s.io/v1alpha1', 'Component'];
  expect(of('kustomization.yaml', 'kind: Component\nresources: [a.yaml]\n')).toEqual([component, component]);
  expect(of('my-kustomization.yaml', 'resources: [a.yaml]\n')).toEqual([[undefined, undefined]]);
  expect(of('kustomization.yaml', '[]\n')).toEqual([head]);
});
