import { validateStrictly } from './validate.ts';

const metadata = { name: 'immich-server', namespace: 'immich' };

function deployment(container: object = {}, spec: object = {}) {
  const template = {
    metadata: { labels: { a: 'b' } },
    spec: { containers: [{ name: 'server', ...container }] },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: { a: 'b' } }, template, ...spec },
  };
}

function cluster(spec: object = {}) {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata,
    spec: { instances: 1, storage: { size: '20Gi' }, ...spec },
  };
}

describe('what is right is silent', () => {
  test.each([
    [
      'a Deployment',
      deployment({
        image: 'a:b',
        resources: { limits: { memory: '4Gi', cpu: '500m' } },
        livenessProbe: { httpGet: { port: 'http' } },
      }),
    ],
    [
      'a Service',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] },
      },
    ],
    [
      'a Namespace',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'immich', labels: { 'a.b/c': 'd', e: '' } } },
    ],
    [
      'a database',
      cluster({ postgresql: { parameters: { max_wal_size: '5GB' } }, affinity: { topologyKey: 'a' } }),
    ],
    [
      'a disruption budget',
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { minAvailable: '50%' } },
    ],
    [
      'a certificate',
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata,
        spec: { secretName: 'tls', issuerRef: { name: 'a' } },
      },
    ],
    [
      'a route',
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'IngressRoute',
        metadata,
        spec: { routes: [{ match: 'Host(`a.b`)', kind: 'Rule', services: [{ name: 'a', port: 'http' }] }] },
      },
    ],
    [
      'files of a layer',
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['a.yaml'] },
    ],
    [
      'values of a chart',
      { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', metadata, spec: { valuesContent: 'a: b' } },
    ],
  ])('%s', (_, object) => {
    expect(validateStrictly(object)).toEqual([]);
  });
});

describe('what is wrong is said', () => {
  test.each([
    ['a misspelt field', deployment({ imagePullPolcy: 'Always' }), 'imagePullPolcy'],
    ['a field on the wrong level', deployment({}, { containers: [] }), '"containers"'],
    ['a wrong type', deployment({ image: 1 }), '/spec/template/spec/containers/0/image must be string'],
    ['a number as text', deployment({}, { replicas: '1' }), '/spec/replicas must be integer'],
    ['a missing field', { ...deployment(), spec: { template: { spec: { containers: [] } } } }, "'selector'"],
    ['a field of another kind', { ...deployment(), data: {} }, '"data"'],
    [
      'a bad quantity',
      deployment({ resources: { limits: { memory: '500gb' } } }),
      '/limits/memory must match pattern',
    ],
    ['a null', deployment({ command: null }), '/command must be array'],
    ['a number that does not fit', deployment({}, { replicas: 2 ** 31 }), 'must match format "int32"'],
    [
      'a variable given twice',
      deployment({ env: [{ name: 'A' }, { name: 'A' }] }),
      'x-kubernetes-list-map-keys',
    ],
    [
      'a finalizer given twice',
      { ...deployment(), metadata: { ...metadata, finalizers: ['a', 'a'] } },
      'x-kubernetes-list-type',
    ],
    [
      'a bad label',
      { ...deployment(), metadata: { ...metadata, labels: { a: 'b c' } } },
      '/metadata/labels/a must match',
    ],
    ['a bad name', { ...deployment(), metadata: { name: 'Immich' } }, '/metadata/name must match'],
    ['no name', { ...deployment(), metadata: {} }, '/metadata/name is missing'],
    ['a database: a misspelt field', cluster({ backup: { retentionPolcy: '14d' } }), 'retentionPolcy'],
    ['a database: a wrong type', cluster({ instances: '1' }), '/spec/instances must be integer'],
    [
      'a database: a value that is none',
      cluster({ primaryUpdateMethod: 'reboot' }),
      '/spec/primaryUpdateMethod must be equal',
    ],
    [
      'a database: a pattern',
      cluster({ backup: { retentionPolicy: '14 days' } }),
      '/spec/backup/retentionPolicy must match',
    ],
    ['a database: metadata', { ...cluster(), metadata: { ...metadata, lables: {} } }, 'lables'],
    ['a database: missing', { ...cluster(), spec: {} }, "'instances'"],
    [
      'an empty layer',
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] },
      'fewer than 1',
    ],
    [
      'a kind that nobody knows',
      { ...deployment(), kind: 'Deploymnet' },
      'apps/v1 Deploymnet is a kind without schema',
    ],
    [
      'a version that nobody serves',
      { ...cluster(), apiVersion: 'postgresql.cnpg.io/v2' },
      'is a kind without schema',
    ],
    [
      'a group that nobody serves',
      { ...deployment(), apiVersion: 'extensions/v1beta1' },
      'is a kind without schema',
    ],
  ])('%s', (_, object, message) => {
    expect(validateStrictly(object).join('\n')).toContain(message);
  });
});
