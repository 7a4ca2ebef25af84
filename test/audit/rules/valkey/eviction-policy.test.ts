import { documents, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

describe('eviction-policy', () => {
  const valkey = (pod: string) =>
    documents(
      server('env: [{ name: REDIS_HOSTNAME, value: cache }]'),
      `apiVersion: v1
kind: Service
metadata: { name: cache, namespace: immich }
spec: { selector: { app: cache } }`,
      `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: immich }
spec:
  template:
    metadata: { labels: { app: cache } }
    spec: ${pod}`,
      `apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: immich }
data: { valkey.conf: "maxmemory 1gb\\nmaxmemory-policy volatile-lru\\n" }`,
    );

  test.each([
    [
      '{ containers: [{ image: "valkey:9", args: [--maxmemory-policy=allkeys-lfu] }] }',
      ['error spec.template.spec.containers.0.args.0'],
    ],
    [
      '{ containers: [{ image: "valkey:9", command: [sh, -c, valkey-server --maxmemory-policy noeviction] }] }',
      [],
    ],
    [
      '{ containers: [{ image: "dragonfly:1", args: [--cache_mode=true] }] }',
      ['error spec.template.spec.containers.0.args.0'],
    ],
    [
      '{ containers: [{ image: "valkey:9" }], volumes: [{ name: a, configMap: { name: settings } }] }',
      ['error data.valkey.conf'],
    ],
    ['{ containers: [{ image: "valkey:9" }], volumes: [{ name: a, configMap: { name: other } }] }', []],
  ])('%s', (pod, expected) => {
    expect(said('eviction-policy', valkey(pod))).toEqual(expected);
  });
});
