import { documents, machineLearning, server } from '../../../../lib/audit/examples.ts';
import { said } from '../said.ts';

const valkey = (memory: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: valkey, namespace: immich }
spec:
  template:
    metadata: { labels: { app: valkey } }
    spec:
      containers:
        - { name: valkey, image: valkey/valkey:9, resources: { limits: { memory: ${memory} } } }
        - { name: metrics, image: oliver006/redis_exporter:v1, resources: { limits: { memory: 64Mi } } }
---
apiVersion: v1
kind: Service
metadata: { name: valkey, namespace: immich }
spec: { selector: { app: valkey }, ports: [{ port: 6379 }] }`;

describe('little-memory', () => {
  test.each([
    ['4095Mi', 1],
    ['4Gi', 0],
    ['4294967296', 0],
  ])('machine learning with %s', (memory, count) => {
    const limited = machineLearning(`resources: { limits: { memory: ${memory} } }`);
    expect(said('little-memory', limited)).toHaveLength(count);
  });

  test.each([
    ['511Mi', 1],
    ['512Mi', 0],
  ])('Valkey with %s', (memory, count) => {
    const user = server('env: [{ name: REDIS_HOSTNAME, value: valkey }]');
    expect(said('little-memory', documents(valkey(memory), user))).toHaveLength(count);
  });

  test('the Redis that Immich finds without being told', () => {
    const redis = valkey('256Mi').replaceAll('valkey', 'redis');
    expect(said('little-memory', documents(redis, server('')))).toHaveLength(1);
    const elsewhere = server('env: [{ name: REDIS_URL, value: redis://other:6379 }]');
    expect(said('little-memory', documents(redis, elsewhere))).toEqual([]);
  });

  test('what has no limit, and the server', () => {
    expect(said('little-memory', documents(machineLearning('')))).toEqual([]);
    expect(said('little-memory', server('resources: { limits: { memory: 1Gi } }'))).toEqual([]);
  });
});
