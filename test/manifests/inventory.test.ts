import { Inventory } from '../../lib/manifests/inventory.ts';
import { inventoryOf, manifestsOf } from '../audit/example.ts';

const cluster = `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: db, namespace: photos }
spec:
  managed:
    services:
      disabledDefaultServices: [ro]
      additional: [{ selectorType: rw, serviceTemplate: { metadata: { name: db-outside } } }]
`;

describe('objects that operators make', () => {
  test('a database has secrets, services and pods', () => {
    const inventory = inventoryOf(cluster);
    expect(inventory.find('', 'Secret', 'photos', 'db-app')?.keys).toContain('password');
    expect(inventory.find('', 'Secret', 'photos', 'db-ca')?.keys).toContain('ca.crt');
    expect(inventory.find('', 'Secret', 'photos', 'db-superuser')).toBeUndefined();
    expect(inventory.service('photos', 'db-rw')?.ports).toMatchObject([{ name: 'postgres', number: 5432 }]);
    expect(inventory.service('photos', 'db-ro')).toBeUndefined();
    expect(inventory.service('photos', 'db-outside')).toBeDefined();
    expect(inventory.pods('photos')).toMatchObject([{ labels: { 'cnpg.io/cluster': 'db' } }]);
  });

  test('a database with a secret of its own generates none', () => {
    const inventory = inventoryOf(`${cluster}  bootstrap: { initdb: { secret: { name: mine } } }\n`);
    expect(inventory.find('', 'Secret', 'photos', 'db-app')).toBeUndefined();
  });

  test.each([
    ['fetched keys', '{ data: [{ secretKey: a }] }', ['a']],
    [
      'a template alone decides',
      '{ data: [{ secretKey: a }], target: { template: { data: { b: x } } } }',
      ['b'],
    ],
    [
      'a template that adds',
      '{ data: [{ secretKey: a }], target: { template: { mergePolicy: Merge, data: { b: x } } } }',
      ['b', 'a'],
    ],
    [
      'a template over all of a source',
      '{ dataFrom: [{}], target: { template: { data: { b: x } } } }',
      ['b'],
    ],
    ['all of a source', '{ dataFrom: [{}] }', undefined],
  ])('an ExternalSecret: %s', (_, spec, keys) => {
    const inventory = inventoryOf(
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: s, namespace: n }\nspec: ${spec}\n`,
    );
    const found = inventory.find('', 'Secret', 'n', 's');
    expect(found).toBeDefined();
    expect(found?.keys === undefined ? undefined : [...found.keys]).toEqual(keys);
  });
});

describe('find', () => {
  const [namespaced, free] = manifestsOf(`
apiVersion: v1
kind: Secret
metadata: { name: one, namespace: a }
data: { k: dg== }
---
apiVersion: v1
kind: Secret
metadata: { name: two }
`);
  const manifests = [namespaced, free].flatMap((one) => one ?? []);

  test('keeps namespaces, kinds and groups apart', () => {
    const inventory = new Inventory(manifests, { complete: true });
    expect(inventory.find('', 'Secret', 'a', 'one')?.keys).toEqual(new Set(['k']));
    expect(inventory.find('', 'Secret', 'b', 'one')).toBeUndefined();
    expect(inventory.find('', 'ConfigMap', 'a', 'one')).toBeUndefined();
    expect(inventory.find('other', 'Secret', 'a', 'one')).toBeUndefined();
  });

  test('takes a namespace that is not known for any, unless everything is known', () => {
    const open = new Inventory(manifests);
    expect(open.find('', 'Secret', 'a', 'two')).toBeDefined();
    expect(open.find('', 'Secret', undefined, 'one')).toBeDefined();
    const complete = new Inventory(manifests, { complete: true });
    expect(complete.find('', 'Secret', 'a', 'two')).toBeUndefined();
    expect(complete.find('', 'Secret', undefined, 'one')).toBeUndefined();
  });

  test.each([
    [{ kind: 'Service', name: 'x' }, true],
    [{ kind: 'Service', name: 'x', namespace: 'a' }, true],
    [{ kind: 'Service', name: 'x', namespace: 'b' }, false],
    [{ kind: 'Service', name: 'x', apiGroup: '' }, true],
    [{ kind: 'Service', name: 'x', apiGroup: 'other' }, false],
    [{ kind: 'Service', name: 'y' }, false],
  ])('what is declared as %j is there: %s', (external, found) => {
    const inventory = new Inventory([], { complete: true, externals: [external] });
    expect(inventory.find('', 'Service', 'a', 'x') !== undefined).toBe(found);
  });

  test('the keys of a declared secret are those that are declared', () => {
    const inventory = new Inventory([], { externals: [{ kind: 'Secret', name: 's', keys: ['a'] }] });
    expect(inventory.find('', 'Secret', 'n', 's')?.keys).toEqual(new Set(['a']));
  });
});

test('layers hold what stands below them, and know what they list', () => {
  const inventory = inventoryOf(`
# a/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [./one.yaml, deep/two.yaml, ../b]
---
# a/one.yaml
apiVersion: v1
kind: Secret
metadata: { name: one }
---
# a/deep/two.yaml
apiVersion: v1
kind: Secret
metadata: { name: two }
---
# a/three.yaml
apiVersion: v1
kind: Secret
metadata: { name: three }
---
# b/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
`);
  const names = (files: readonly { readonly file: string }[]) => files.map(({ file }) => file);
  expect(inventory.layers.map(({ folder }) => folder)).toEqual(['a', 'b']);
  expect(names(inventory.layers[0]?.manifests ?? [])).toEqual([
    'a/one.yaml',
    'a/deep/two.yaml',
    'a/three.yaml',
  ]);
  expect(names(inventory.layers[0]?.listed ?? [])).toEqual(['a/one.yaml', 'a/deep/two.yaml']);
});
