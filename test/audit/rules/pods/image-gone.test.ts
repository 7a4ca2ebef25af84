import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const redis = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: redis, namespace: immich }
spec:
  template:
    metadata: { labels: { app: redis } }
    spec: { containers: [{ name: redis, image: "${image}" }] }
---
apiVersion: v1
kind: Service
metadata: { name: redis, namespace: immich }
spec: { selector: { app: redis }, ports: [{ port: 6379 }] }`;

describe('image-gone', () => {
  const user = server('env: [{ name: REDIS_HOSTNAME, value: redis }]');

  test.each([
    ['bitnami/redis:7.2.4', 1],
    ['docker.io/bitnami/valkey:8.0.1-debian-12-r0@sha256:0', 1],
    ['docker.io/bitnami/redis:latest', 0],
    ['docker.io/bitnamilegacy/redis:7.2.4', 0],
    // A mirror keeps what it has.
    ['registry.example.com/bitnami/redis:7.2.4', 0],
  ])('%s', (image, count) => {
    expect(said('image-gone', documents(redis(image), user))).toHaveLength(count);
    expect(said('image-gone', redis(image))).toEqual([]);
  });
});

describe("a chart of Bitnami's", () => {
  const release = (values = '', name = 'immich-redis') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: immich }
spec:
  chart: { spec: { chart: redis, version: 20.1.0, sourceRef: { kind: HelmRepository, name: charts } } }
  values: { architecture: standalone${values} }`;
  const repository = (url: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: flux-system }
spec: { url: ${url} }`;
  const bitnami = repository('oci://registry-1.docker.io/bitnamicharts');
  const user = server('env: [{ name: REDIS_HOSTNAME, value: immich-redis-master }]');

  test.each<[string, string[], string[]]>([
    ['with its own image', [release(), bitnami], ['warning spec.chart.spec.chart']],
    ['with another image', [release(', image: { repository: bitnamilegacy/redis }'), bitnami], []],
    ['with another registry', [release(', global: { imageRegistry: registry.example.com }'), bitnami], []],
    ['for somebody else', [release('', 'other'), bitnami], []],
    ['by another maker', [release(), repository('https://charts.example.com')], []],
  ])('%s', (_, texts, expected) => {
    expect(said('image-gone', documents(user, ...texts))).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['before 0.10', '0.9.3', ['warning spec.values.redis.enabled']],
    ['since', '0.10.3', []],
  ])("in Immich's own chart %s", (_, version, expected) => {
    const chart = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich, namespace: immich }
spec: { chart: { spec: { chart: immich, version: ${version} } }, values: { redis: { enabled: true } } }`;
    expect(said('image-gone', chart)).toEqual(expected);
  });
});

test("the Redis of Immich's old chart, by an Application of Argo CD", () => {
  const of = (version: string, redis: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: immich, namespace: argocd }
spec:
  source: { chart: immich, targetRevision: ${version}, helm: { valuesObject: { redis: ${redis} } } }`;
  expect(said('image-gone', of('0.7.1', '{ enabled: true }'))).toEqual([
    'warning spec.source.helm.valuesObject.redis.enabled',
  ]);
  expect(said('image-gone', of('0.7.1', '{ enabled: false }'))).toEqual([]);
  expect(said('image-gone', of('0.7.1', '{ enabled: true, image: { registry: example.com } }'))).toEqual([]);
  expect(said('image-gone', of('0.10.3', '{ enabled: true }'))).toEqual([]);
});
