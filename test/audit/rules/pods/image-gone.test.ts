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
