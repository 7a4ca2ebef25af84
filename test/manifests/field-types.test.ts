import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { describeTypes, type Published } from '../../field-types.ts';
import { wrongTypeIn } from '../../lib/manifests/field-types.ts';
import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';
import { distOf } from '../changes/judged.ts';
import { shippedTexts } from '../installation/example.ts';

test('the table is what `npm run docs` writes', () => {
  const resources = [
    ...['cert-manager', 'cilium', 'cnpg', 'devices', 'flux', 'gateway', 'longhorn', 'monitoring', 'traefik'],
  ].map((name) => readFileSync(`imports/${name}/crds.yaml`, 'utf8'));
  const published: Published = JSON.parse(readFileSync('test/schemas/kubernetes-1.36.json', 'utf8'));
  expect(readFileSync('lib/manifests/field-types.json', 'utf8')).toBe(describeTypes(published, resources));
});

test.each(Object.entries(shippedTexts))('all that %s makes is of the types that it should be', (_, text) => {
  const objects = [...distOf(text)].flatMap(([path, written]) =>
    path.endsWith('.yaml') ? parseAllDocuments(written).map((one): KubernetesObject => one.toJS()) : [],
  );
  expect(objects.length).toBeGreaterThan(40);
  for (const object of objects) {
    const { apiVersion, kind } = object;
    expect(wrongTypeIn({ apiVersion, kind }, object)).toBeUndefined();
  }
});

function wrong(apiVersion: string, kind: string, spec: Value): string | undefined {
  const found = wrongTypeIn({ apiVersion, kind }, { apiVersion, kind, spec });
  return found && `${found.path.join('.')}: ${found.wanted}`;
}

test.each([
  ['apps/v1', 'Deployment', { replicas: '2' }, 'spec.replicas: a whole number'],
  ['apps/v1', 'Deployment', { paused: 'yes' }, 'spec.paused: true or false'],
  ['apps/v1', 'Deployment', { template: [] }, 'spec.template: a mapping'],
  [
    'apps/v1',
    'Deployment',
    { template: { spec: { containers: [{ env: [{ name: 'PORT', value: 8080 }] }] } } },
    'spec.template.spec.containers.0.env.0.value: a text',
  ],
  [
    'apps/v1',
    'Deployment',
    { template: { spec: { nodeSelector: { fast: true } } } },
    'spec.template.spec.nodeSelector.fast: a text',
  ],
  [
    'apps/v1',
    'Deployment',
    { template: { spec: { containers: {} } } },
    'spec.template.spec.containers: a list',
  ],
  ['v1', 'Service', { ports: [{ port: '2283', targetPort: true }] }, 'spec.ports.0.port: a whole number'],
  ['postgresql.cnpg.io/v1', 'Cluster', { instances: '3' }, 'spec.instances: a whole number'],
  [
    'postgresql.cnpg.io/v1',
    'Cluster',
    { postgresql: { parameters: { max_connections: 200 } } },
    'spec.postgresql.parameters.max_connections: a text',
  ],
])('%s %s %j is wrong', (apiVersion, kind, spec, text) => {
  expect(wrong(apiVersion, kind, spec)).toBe(text);
});

test.each([
  ['v1', 'Service', { ports: [{ port: 2283, targetPort: 'http' }] }],
  ['v1', 'Service', { ports: [{ port: 2283, targetPort: 2283 }] }],
  [
    'apps/v1',
    'Deployment',
    { template: { spec: { containers: [{ resources: { limits: { cpu: 2, memory: '1Gi' } } }] } } },
  ],
  ['apps/v1', 'Deployment', { replicas: null }],
  ['apps/v1', 'Deployment', { newerThanThis: 'anything' }],
  ['example.com/v1', 'Unknown', { replicas: '2' }],
])('%s %s %j is right, or not known', (apiVersion, kind, spec) => {
  expect(wrong(apiVersion, kind, spec)).toBeUndefined();
});

test('what was so before is not told', () => {
  const before = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: '2' } };
  expect(wrongTypeIn(before, { ...before, metadata: { name: 'a' } })).toBeUndefined();
});
