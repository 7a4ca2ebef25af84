import { generators } from './generators.ts';
import { lists } from './lists.ts';
import { names } from './names.ts';
import { everything, type Fixture, kustomization, ofDeployment, overlay, patch, service } from './objects.ts';
import { replacements } from './replacements.ts';
import { trees } from './trees.ts';

/** Whose objects `kustomize build` and the auditor must agree on. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  ...lists,
  ...names,
  ...generators,
  ...replacements,
  ...trees,
  'nothing but resources': everything(''),
  'labels on objects only': everything('labels: [{ pairs: { team: photos } }]'),
  'labels with selectors': everything('labels: [{ pairs: { team: photos }, includeSelectors: true }]'),
  'labels with templates': everything('labels: [{ pairs: { team: photos }, includeTemplates: true }]'),
  'labels that were there': everything('labels: [{ pairs: { app: other }, includeSelectors: true }]'),
  commonLabels: everything('commonLabels: { team: photos }'),
  'commonLabels of two levels': overlay(
    'commonLabels: { team: photos }',
    {},
    'commonLabels: { team: base, more: "1" }',
  ),
  commonAnnotations: everything('commonAnnotations: { example.org/owner: me }'),
  "an image's tag": everything('images: [{ name: ghcr.io/immich-app/immich-server, newTag: v2.6.0 }]'),
  'a number for a tag': everything('images: [{ name: busybox, newTag: "1.37" }]'),
  "an image's name": everything('images: [{ name: busybox, newName: registry.example.org:5000/busybox }]'),
  "an image's digest": everything(
    'images: [{ name: ghcr.io/immich-app/immich-server, digest: "sha256:abcd" }]',
  ),
  "an image's tag and digest": everything('images: [{ name: busybox, newTag: "2", digest: "sha256:abcd" }]'),
  'a tag over a digest': everything('images: [{ name: docker.io/valkey/valkey, newTag: "9.1" }]'),
  'images of two levels': overlay(
    'images: [{ name: docker.io/library/busybox, newTag: "3" }]',
    {},
    'images: [{ name: busybox, newName: docker.io/library/busybox }]',
  ),
  'two images one after the other': everything(
    'images: [{ name: busybox, newName: alpine }, { name: alpine, newTag: "3.20" }]',
  ),
  replicas: everything('replicas: [{ name: server, count: 3 }, { name: valkey, count: 2 }]'),
  'two patches in one file': everything('patches: [{ path: patch.yaml }]', {
    'patch.yaml': `${ofDeployment('spec: { replicas: 2 }')}\n---\napiVersion: v1\nkind: Service\nmetadata: { name: server }\nspec: { type: LoadBalancer }`,
  }),
  'a patch for a kind': everything(
    patch(
      'apiVersion: v1\nkind: Any\nmetadata: { name: any, annotations: { a: b } }',
      '{ kind: Deployment }',
    ),
  ),
  'a patch for a regular expression': everything(
    patch('- { op: add, path: /metadata/annotations, value: { a: b } }', '{ name: "(server|val.+)" }'),
  ),
  'a patch for kinds by a regular expression': everything(
    patch(
      '- { op: add, path: /metadata/annotations, value: { a: b } }',
      '{ kind: "Deployment|StatefulSet" }',
    ),
  ),
  'a regular expression that must fit the whole': everything(
    patch('- { op: add, path: /metadata/annotations, value: { a: b } }', '{ name: serve }'),
  ),
  'a regular expression with classes': everything(
    patch('- { op: add, path: /metadata/annotations, value: { a: b } }', '{ name: "^[a-s]e[^b]+$" }'),
  ),
  'a patch for a label': everything(
    patch('- { op: replace, path: /spec/replicas, value: 5 }', '{ labelSelector: "app=server" }'),
  ),
  'a patch for a set of labels': everything(
    patch(
      '- { op: replace, path: /spec/replicas, value: 5 }',
      '{ labelSelector: "app in (server, worker)" }',
    ),
  ),
  'a patch for an annotation': everything(
    patch('- { op: add, path: /spec/replicas, value: 5 }', '{ kind: Deployment, annotationSelector: "a=b" }'),
  ),
  'a patch for a group and version': everything(
    patch('- { op: add, path: /metadata/annotations, value: { a: b } }', '{ group: apps, version: v1 }'),
  ),
  'operations of a JSON patch': everything(
    patch(
      [
        '- { op: test, path: /spec/replicas, value: 1 }',
        '- { op: remove, path: /spec/template/spec/initContainers }',
        '- { op: add, path: /spec/template/spec/containers/0/env/-, value: { name: NEW, value: x } }',
        '- { op: add, path: /spec/template/spec/containers/0/env/0, value: { name: FIRST, value: x } }',
        '- { op: copy, from: /metadata/labels/app, path: /metadata/labels/copy }',
        '- { op: move, from: /spec/template/spec/volumes, path: /spec/template/spec/moved }',
        '- { op: replace, path: /spec/template/spec/containers/0/image, value: "immich:1" }',
      ].join('\n'),
      '{ kind: Deployment, name: server }',
    ),
  ),
  'a JSON patch in JSON': everything(
    patch('[{"op": "replace", "path": "/spec/replicas", "value": 4}]', '{ kind: Deployment }'),
  ),
  'a JSON patch at the end of a list': everything(
    patch(
      '- { op: replace, path: /spec/template/spec/containers/0/env/1/value, value: x }',
      '{ kind: Deployment }',
    ),
  ),
  patchesStrategicMerge: everything('patchesStrategicMerge: [patch.yaml]', {
    'patch.yaml': ofDeployment('spec: { replicas: 2 }'),
  }),
  patchesJson6902: everything(
    'patchesJson6902: [{ target: { group: apps, version: v1, kind: Deployment, name: server }, path: patch.yaml }]',
    {
      'patch.yaml': '- { op: replace, path: /spec/replicas, value: 2 }',
    },
  ),
  'null removes': everything(
    patch(
      ofDeployment(
        'metadata: null\nspec: { replicas: null, template: { spec: { initContainers: null } } }',
      ).replace('metadata: null\n', ''),
    ),
  ),
  'an object deleted': everything(patch(`$patch: delete\n${ofDeployment('')}`)),
  'items deleted': everything(
    patch(
      ofDeployment(
        'spec: { template: { spec: { volumes: [{ $patch: delete, name: settings }], containers: [{ name: server, env: [{ name: TZ, $patch: delete }] }] } } }',
      ),
    ),
  ),
  'a mapping replaced': everything(
    patch(
      ofDeployment('spec: { template: { metadata: { $patch: replace, labels: { app: server, x: "1" } } } }'),
    ),
  ),
  'ports merged by their number': everything(
    patch(
      'apiVersion: v1\nkind: Service\nmetadata: { name: server }\nspec: { ports: [{ name: http, port: 2283, targetPort: 80 }, { name: metrics, port: 8081 }] }',
    ),
  ),
  'tolerations, which replace each other': everything(
    patch(
      ofDeployment(
        'spec: { template: { spec: { tolerations: [{ key: a, operator: Exists }], containers: [{ name: server, args: [x] }] } } }',
      ),
    ),
  ),
  'generators without a hash': everything(
    'configMapGenerator: [{ name: made, literals: [A=1] }]\ngeneratorOptions: { disableNameSuffixHash: true, labels: { a: b }, annotations: { c: d } }',
  ),
  'a replacement': everything(
    'replacements: [{ source: { kind: ConfigMap, name: settings, fieldPath: data.host }, targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host, "spec.tls.0.hosts.0"] }] }]',
  ),
  'a replacement in a file': everything('replacements: [{ path: replacement.yaml }]', {
    'replacement.yaml':
      'source: { kind: ConfigMap, name: settings, fieldPath: data.port }\ntargets: [{ select: { kind: Deployment }, fieldPaths: ["spec.template.spec.containers.[name=server].env.[name=TZ].value"] }]\n',
  }),
  'a replacement of a part': everything(
    'replacements: [{ source: { kind: ConfigMap, name: settings, fieldPath: data.host, options: { delimiter: ., index: 1 } }, targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host], options: { delimiter: ., index: 0 } }] }]',
  ),
  'a replacement with what it rejects': everything(
    'replacements: [{ source: { kind: ConfigMap, name: settings, fieldPath: metadata.name }, targets: [{ select: { version: v1 }, reject: [{ kind: Deployment }], fieldPaths: [metadata.labels.x], options: { create: true } }] }]',
  ),
  'bases, as they were called': {
    top: 'overlay',
    files: {
      'base/kustomization.yaml': kustomization('resources: [service.yaml]\n'),
      'base/service.yaml': service,
      'overlay/kustomization.yaml': kustomization('bases: [../base]\nnamespace: other\n'),
    },
  },
  'one base under two overlays': {
    files: {
      'base/kustomization.yaml': kustomization('resources: [service.yaml]\n'),
      'base/service.yaml': service,
      'a/kustomization.yaml': kustomization('resources: [../base]\nnamePrefix: a-\n'),
      'b/kustomization.yaml': kustomization('resources: [../base]\nnamePrefix: b-\n'),
      'kustomization.yaml': kustomization('resources: [a, b]\ncommonAnnotations: { c: d }\n'),
    },
  },
  'lists of objects': {
    files: {
      'kustomization.yaml': kustomization('resources: [list.yaml]\nnamespace: other\n'),
      'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: {} })}\n  - ${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } })}\n`,
    },
  },
  'anchors in a file': {
    files: {
      'kustomization.yaml': kustomization('resources: [anchors.yaml]\nnamePrefix: my-\n'),
      'anchors.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: &labels { a: b } }\ndata: *labels\n',
    },
  },
};
