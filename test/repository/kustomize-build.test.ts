import { filesOf } from '../../lib/files/texts.ts';
import type { Field } from '../../lib/manifests/field.ts';
import type { Value } from '../../lib/manifests/manifest.ts';
import { readRepository } from '../../lib/repository/repository.ts';

// What `kustomize build` (5.8, api 0.21.1) makes of the same files.

const objects = `
apiVersion: v1
kind: Namespace
metadata: { name: immich }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: server, labels: { app: server } }
spec:
  replicas: 1
  selector: { matchLabels: { app: server } }
  template:
    metadata: { labels: { app: server } }
    spec:
      containers: [{ name: immich, image: busybox:1.36 }]
      topologySpreadConstraints: [{ labelSelector: { matchLabels: { app: server } } }]
  volumeClaimTemplates: [{ metadata: { name: data } }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: default, namespace: elsewhere }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
---
apiVersion: example.org/v1
kind: Album
metadata: { name: immich }
spec: { image: busybox:1.36 }
`;

function build(fields: string, kind: string): Field | undefined {
  const { inventory } = readRepository(
    filesOf(
      '.',
      new Map([
        ['immich/objects.yaml', objects],
        [
          'immich/kustomization.yaml',
          `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [objects.yaml]\n${fields}`,
        ],
      ]),
    ),
  );
  return inventory.fields.find(({ manifest }) => manifest.object.kind === kind);
}

const template = ['spec', 'template', 'spec'];

const patch = (selector: string) =>
  `patches: [{ target: ${selector}, patch: '[{ op: replace, path: /spec/replicas, value: 5 }]' }]`;

const operation = (text: string) => `patches: [{ target: { kind: StatefulSet }, patch: '[${text}]' }]`;

test.each<[string, string, string, (string | number)[], Value | undefined]>([
  ['a namespace renames a Namespace', 'namespace: other', 'Namespace', ['metadata', 'name'], 'other'],
  ['and moves the account default', 'namespace: other', 'RoleBinding', ['subjects', 0, 'namespace'], 'other'],
  [
    'a prefix reaches the role of a binding',
    'namePrefix: my-',
    'RoleBinding',
    ['roleRef', 'name'],
    'my-reader',
  ],
  ['replicas', 'replicas: [{ name: server, count: 3 }]', 'StatefulSet', ['spec', 'replicas'], 3],
  ['replicas of another', 'replicas: [{ name: other, count: 3 }]', 'StatefulSet', ['spec', 'replicas'], 1],
  [
    'images one after the other',
    'images: [{ name: busybox, newName: alpine }, { name: alpine, newTag: "3.20" }]',
    'StatefulSet',
    [...template, 'containers', 0, 'image'],
    'alpine:3.20',
  ],
  [
    'no image but of containers',
    'images: [{ name: busybox, newTag: "2" }]',
    'Album',
    ['spec', 'image'],
    'busybox:1.36',
  ],
  [
    'labels among pods',
    'commonLabels: { team: photos }',
    'StatefulSet',
    [...template, 'topologySpreadConstraints', 0, 'labelSelector', 'matchLabels', 'team'],
    'photos',
  ],
  [
    'labels of claims',
    'commonLabels: { team: photos }',
    'StatefulSet',
    ['spec', 'volumeClaimTemplates', 0, 'metadata', 'labels', 'team'],
    'photos',
  ],
  ['a regular expression', patch('{ name: "^s[a-z]+r$" }'), 'StatefulSet', ['spec', 'replicas'], 5],
  ['one with much to repeat', patch('{ name: "s+e+r+ver*" }'), 'StatefulSet', ['spec', 'replicas'], 5],
  ['one that could run for ever', patch('{ name: "s*e*r*v*e*r" }'), 'StatefulSet', ['spec', 'replicas'], 1],
  [
    'a set of labels',
    patch('{ labelSelector: "app in (server, worker)" }'),
    'StatefulSet',
    ['spec', 'replicas'],
    5,
  ],
  [
    'another set',
    patch('{ labelSelector: "app notin (server), app" }'),
    'StatefulSet',
    ['spec', 'replicas'],
    1,
  ],
  [
    'a label that differs',
    patch('{ kind: StatefulSet, labelSelector: "app!=other" }'),
    'StatefulSet',
    ['spec', 'replicas'],
    5,
  ],
  [
    'a label that is not there',
    patch('{ kind: StatefulSet, labelSelector: "!app" }'),
    'StatefulSet',
    ['spec', 'replicas'],
    1,
  ],
  [
    'an annotation that is not there',
    patch('{ kind: StatefulSet, annotationSelector: "a=b" }'),
    'StatefulSet',
    ['spec', 'replicas'],
    1,
  ],
  [
    'copy',
    operation('{ op: copy, from: /metadata/labels/app, path: /metadata/labels/two }'),
    'StatefulSet',
    ['metadata', 'labels', 'two'],
    'server',
  ],
  [
    'move',
    operation('{ op: move, from: /spec/replicas, path: /spec/moved }'),
    'StatefulSet',
    ['spec', 'replicas'],
    undefined,
  ],
  [
    'the target of a move',
    operation('{ op: move, from: /spec/replicas, path: /spec/moved }'),
    'StatefulSet',
    ['spec', 'moved'],
    1,
  ],
])('%s', (_, fields, kind, path, expected) => {
  const object = build(fields, kind);
  expect(object?.manifest.object.kind).toBe(kind);
  expect(object?.get(...path)).toEqual(expected);
});

test('$patch: delete takes the object away', () => {
  const fields =
    "patches: [{ patch: '{ $patch: delete, apiVersion: apps/v1, kind: StatefulSet, metadata: { name: server } }' }]";
  expect(build(fields, 'StatefulSet')).toBeUndefined();
  expect(build(fields, 'Role')).toBeDefined();
});

test('a Flux Kustomization patches what a component calls by a variable', () => {
  const patched = (name: string) =>
    readRepository(
      filesOf(
        '.',
        new Map([
          [
            'flux/ks.yaml',
            `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec:
  path: ./app
  components: [../database]
  patches: [{ target: { kind: Cluster, name: '${name}' }, patch: '[{ op: add, path: /spec/instances, value: 3 }]' }]
  postBuild: { substitute: { APP: immich-db } }
`,
          ],
          ['app/kustomization.yaml', 'resources: [] # immich\n'],
          ['database/kustomization.yaml', 'kind: Component\nresources: [cluster.yaml]\n'],
          [
            'database/cluster.yaml',
            'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: "\u0024{APP}" }\nspec: { instances: 1 }\n',
          ],
        ]),
      ),
    )
      .inventory.all('postgresql.cnpg.io', 'Cluster')
      .map((cluster) => [cluster.get('metadata', 'name'), cluster.get('spec', 'instances')]);
  expect(patched('\\\u0024{APP}')).toEqual([['immich-db', 3]]);
  expect(patched('\\\u0024{OTHER}')).toEqual([['immich-db', 1]]);
  // What a hostile pattern could do is not tried.
  expect(patched('.{1,9}')).toEqual([['immich-db', 1]]);
});
