import { everything, type Fixture, kustomization, ofDeployment, overlay, patch, service } from './objects.ts';

function component(fields: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${fields}`;
}

const configMap = (name: string, rest = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${rest} }\n`;

const marked = (mark: string) =>
  patch(
    `apiVersion: v1\nkind: Any\nmetadata: { name: any, annotations: { ${mark} } }`,
    '{ kind: ConfigMap }',
  );

/** Kustomizations that have others: bases, components, overlays. */
export const trees: Readonly<Record<string, Fixture>> = {
  'a component with objects of its own': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [part]\nnamespace: other\n'),
      'a.yaml': configMap('a'),
      'part/kustomization.yaml': component(
        `resources: [b.yaml]\nnamePrefix: part-\n${marked('from: part')}\n`,
      ),
      'part/b.yaml': configMap('b'),
    },
  },
  'a component does not reach those after it': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [one, two]\n'),
      'a.yaml': configMap('a'),
      'one/kustomization.yaml': component(`resources: [b.yaml]\n${marked('one: "1"')}\n`),
      'one/b.yaml': configMap('b'),
      'two/kustomization.yaml': component(`resources: [c.yaml]\n${marked('two: "2"')}\n`),
      'two/c.yaml': configMap('c'),
    },
  },
  'components reach what is generated': {
    files: {
      'kustomization.yaml': kustomization(
        'configMapGenerator: [{ name: made, literals: [A=1] }]\ncomponents: [part]\n',
      ),
      'part/kustomization.yaml': component(
        `configMapGenerator: [{ name: made, behavior: merge, literals: [B=2] }]\n${marked('a: b')}\n`,
      ),
    },
  },
  'components in components': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [one]\nnameSuffix: -end\n'),
      'a.yaml': configMap('a'),
      'one/kustomization.yaml': component('components: [two]\nnamePrefix: one-\n'),
      'one/two/kustomization.yaml': component(
        `resources: [b.yaml]\nnamePrefix: two-\n${marked('two: "2"')}\n`,
      ),
      'one/two/b.yaml': configMap('b'),
    },
  },
  'a component of a base and of the overlay': {
    top: 'overlay',
    files: {
      'base/kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [../part]\n'),
      'base/a.yaml': configMap('a'),
      'part/kustomization.yaml': component(`${marked('a: b')}\nnamePrefix: part-\n`),
      'overlay/kustomization.yaml': kustomization(
        'resources: [../base, c.yaml]\ncomponents: [../part]\nnamespace: other\n',
      ),
      'overlay/c.yaml': configMap('c'),
    },
  },
  'a component with replacements': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml]\ncomponents: [part]\n'),
      'a.yaml': `${configMap('settings')}data: { host: photos.example.org }\n---\n${service}`,
      'part/kustomization.yaml': component(
        'replacements: [{ source: { kind: ConfigMap, name: settings, fieldPath: data.host }, targets: [{ select: { kind: Service }, fieldPaths: [metadata.annotations.host], options: { create: true } }] }]\n',
      ),
    },
  },
  'a component that deletes': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\ncomponents: [part]\n'),
      'a.yaml': configMap('a'),
      'b.yaml': configMap('b'),
      'part/kustomization.yaml': component(
        'patches: [{ patch: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, $patch: delete }" }]\n',
      ),
    },
  },
  'components, images, replicas and patches of an overlay': overlay(
    `namespace: photos
components: [../components/monitoring]
images: [{ name: ghcr.io/immich-app/immich-server, newTag: v2.6.1 }]
replicas: [{ name: server, count: 2 }]
labels: [{ pairs: { app.kubernetes.io/part-of: immich }, includeSelectors: false, includeTemplates: true }]
${patch(ofDeployment('spec: { template: { spec: { containers: [{ name: server, resources: { limits: { memory: 4Gi } } }] } } }'))}`,
    {
      'components/monitoring/kustomization.yaml': component(
        'resources: [monitor.yaml]\npatches: [{ target: { kind: Deployment }, path: telemetry.yaml }]\n',
      ),
      'components/monitoring/monitor.yaml':
        'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: server }\nspec: { selector: { matchLabels: { app: server } } }\n',
      'components/monitoring/telemetry.yaml':
        '- op: add\n  path: /spec/template/spec/containers/0/env/-\n  value: { name: IMMICH_TELEMETRY_INCLUDE, value: all }\n',
    },
  ),
  'two overlays of one base under one': {
    files: {
      'base/kustomization.yaml': kustomization(
        'resources: [a.yaml]\nconfigMapGenerator: [{ name: made, literals: [A=1] }]\n',
      ),
      'base/a.yaml': `${service}---\n${ofDeployment('spec: { template: { spec: { containers: [{ name: a, image: "b:1", envFrom: [{ configMapRef: { name: made } }] }] } } }\n')}`,
      'a/kustomization.yaml': kustomization(
        'resources: [../base]\nnamePrefix: a-\ncommonLabels: { which: a }\n',
      ),
      'b/kustomization.yaml': kustomization(
        'resources: [../base]\nnameSuffix: -b\nconfigMapGenerator: [{ name: made, behavior: merge, literals: [A=2] }]\n',
      ),
      'kustomization.yaml': kustomization('resources: [a, b]\nnamespace: other\n'),
    },
  },
  'an object of the same name in two namespaces': {
    files: {
      'kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]\nnamePrefix: my-\n'),
      'a.yaml': `${configMap('settings', ', namespace: one')}---\napiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: one }\nspec: { volumes: [{ name: a, configMap: { name: settings } }] }\n`,
      'b.yaml': `${configMap('settings', ', namespace: two')}---\napiVersion: v1\nkind: Pod\nmetadata: { name: b, namespace: three }\nspec: { volumes: [{ name: a, configMap: { name: settings } }] }\n`,
    },
  },
  'a label of selectors that a label of objects changes': overlay(
    'labels: [{ pairs: { team: other } }]',
    {},
    'commonLabels: { team: photos }',
  ),
  'a label of selectors that a patch changes': overlay(
    patch(ofDeployment('').replace('{ name: server }', '{ name: server, labels: { team: other } }')),
    {},
    'commonLabels: { team: photos }',
  ),
  'a label of selectors that a JSON patch changes': overlay(
    patch('- { op: replace, path: /metadata/labels/team, value: other }', '{ kind: Deployment }'),
    {},
    'commonLabels: { team: photos }',
  ),
  'the order of all changes': everything(
    `namePrefix: my-
namespace: other
commonLabels: { team: photos }
commonAnnotations: { a: b }
images: [{ name: x, newTag: "2" }]
replicas: [{ name: server, count: 3 }]
${patch('- { op: replace, path: /spec/template/spec/containers/0/image, value: "x:1" }', '{ kind: Deployment }')}
patchesJson6902: [{ target: { group: apps, version: v1, kind: Deployment, name: server }, patch: "- { op: add, path: /metadata/labels/late, value: x }" }]`,
  ),
};
