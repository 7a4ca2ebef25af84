import { everything, type Fixture, overlay } from './objects.ts';

const host = '{ kind: ConfigMap, name: settings, fieldPath: data.host }';

function replace(source: string, select: string, paths: string, options = ''): string {
  const more = options === '' ? '' : `, options: ${options}`;
  return `replacements: [{ ${source}, targets: [{ select: ${select}, fieldPaths: [${paths}]${more} }] }]`;
}

const deployment = '{ kind: Deployment, name: server }';
const container = 'spec.template.spec.containers.[name=server]';

/** Replacements. */
export const replacements: Readonly<Record<string, Fixture>> = {
  'a value that is written': everything(
    replace('sourceValue: x', deployment, `"${container}.env.[name=TZ].value"`),
  ),
  'a value for a number': everything(
    replace(
      'source: { kind: ConfigMap, name: settings, fieldPath: data.port }',
      '{ kind: Service }',
      'spec.ports.0.port',
    ),
  ),
  'a number for a text': everything(
    replace(
      'source: { kind: Deployment, name: server, fieldPath: spec.replicas }',
      deployment,
      `"${container}.env.[name=TZ].value"`,
    ),
  ),
  'a number for a number': everything(
    replace(
      'source: { kind: Deployment, name: server, fieldPath: spec.replicas }',
      '{ kind: Service }',
      'spec.ports.0.port',
    ),
  ),
  'a field that is made': everything(
    replace(`source: ${host}`, '{ kind: Service }', 'metadata.annotations.host', '{ create: true }'),
  ),
  'a field with dots that is made': everything(
    replace(
      `source: ${host}`,
      '{ kind: Service }',
      '"metadata.annotations.[example.org/host]"',
      '{ create: true }',
    ),
  ),
  'a field with escaped dots': everything(
    replace(
      `source: ${host}`,
      '{ kind: Service }',
      '"metadata.annotations.example\\\\.org/host"',
      '{ create: true }',
    ),
  ),
  'an item that is made': everything(
    replace(`source: ${host}`, deployment, `"${container}.env.[name=HOST].value"`, '{ create: true }'),
  ),
  'a number that is made of a text': everything(
    replace(
      'source: { kind: ConfigMap, name: settings, fieldPath: data.port }',
      deployment,
      `"${container}.env.[name=PORT].value"`,
      '{ create: true }',
    ),
  ),
  'every item': everything(
    replace('sourceValue: "x:9"', deployment, 'spec.template.spec.containers.*.image'),
  ),
  'a part at the beginning': everything(
    replace('sourceValue: www', '{ kind: Ingress }', 'spec.rules.0.host', '{ delimiter: ., index: -1 }'),
  ),
  'a part at the end': everything(
    replace('sourceValue: com', '{ kind: Ingress }', 'spec.rules.0.host', '{ delimiter: ., index: 9 }'),
  ),
  'a tag by its delimiter': everything(
    replace('sourceValue: v3', deployment, `"${container}.image"`, '{ delimiter: ":", index: 1 }'),
  ),
  'a part of the source': everything(
    replace(
      'source: { kind: Deployment, name: server, fieldPath: "spec.template.spec.containers.0.image", options: { delimiter: ":", index: 1 } }',
      '{ kind: Album }',
      'spec.image',
      '{ delimiter: ":", index: 1 }',
    ),
  ),
  'a mapping as a whole': everything(
    replace(
      'source: { kind: Deployment, name: server, fieldPath: spec.selector.matchLabels }',
      '{ kind: Service }',
      'spec.selector',
    ),
  ),
  'a list as a whole': everything(
    replace(
      'source: { kind: Cluster, name: database, fieldPath: spec.managed.roles }',
      '{ kind: Album }',
      'spec.items',
    ),
  ),
  'targets by a regular expression': everything(
    replace(`source: ${host}`, '{ name: "ser.*" }', 'metadata.annotations.host', '{ create: true }'),
  ),
  'targets by a label': everything(
    replace(
      `source: ${host}`,
      '{ labelSelector: app=server }',
      'metadata.annotations.host',
      '{ create: true }',
    ),
  ),
  'targets by a group': everything(
    replace(`source: ${host}`, '{ group: apps }', 'metadata.annotations.host', '{ create: true }'),
  ),
  'what is rejected by a label': everything(
    `replacements: [{ source: ${host}, targets: [{ select: { group: apps }, reject: [{ labelSelector: app=server }], fieldPaths: [metadata.annotations.host], options: { create: true } }] }]`,
  ),
  'one after the other': everything(
    `replacements: [{ source: ${host}, targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host] }] }, { source: { kind: Ingress, fieldPath: spec.rules.0.host }, targets: [{ select: { kind: Album }, fieldPaths: [spec.image] }] }]`,
  ),
  'after patches, names and labels': everything(
    `namePrefix: my-\n${replace('source: { kind: Service, name: server, fieldPath: metadata.name }', '{ kind: Album }', 'spec.image')}`,
  ),
  'by the name before': overlay(
    replace('source: { kind: Service, name: server }', '{ kind: Album, name: holidays }', 'spec.image'),
    {},
    'namePrefix: my-',
  ),
  'a name': everything(replace('sourceValue: renamed', '{ kind: Service }', 'metadata.name')),
  'a namespace of others': everything(
    `namespace: other\n${replace('source: { kind: Namespace, fieldPath: metadata.name }', '{ kind: Ingress }', 'metadata.annotations.namespace', '{ create: true }')}`,
  ),
};
