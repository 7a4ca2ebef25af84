import { concerns, repositoryOf } from '../../../manifests/views/immich.ts';
import { documents, server } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const imageGone: Rule = {
  id: 'image-gone',
  severity: 'warning',
  whose: 'upstream',
  meaning: 'An image is asked for with a version that its makers have taken away.',
  why: 'Bitnami removed all versions but the newest from its free images in 2025. A node that has the image goes on; where the pod starts on another node, or the image was cleaned up, it cannot be pulled, and Immich stands without its Redis or database.',
  url: 'https://github.com/bitnami/charts/issues/36313',
  examples: {
    good: documents(
      `apiVersion: v1
kind: Service
metadata: { name: immich-redis, namespace: immich }
spec: { selector: { app: immich-redis }, ports: [{ port: 6379 }] }`,
      `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: immich-redis, namespace: immich }
spec:
  template:
    metadata: { labels: { app: immich-redis } }
    spec: { containers: [{ name: redis, image: docker.io/valkey/valkey:9.1-alpine }] }`,
      server('env: [{ name: REDIS_HOSTNAME, value: immich-redis }]'),
    ),
    broken: { 'docker.io/valkey/valkey:9.1-alpine': 'docker.io/bitnami/redis:7.2.4' },
  },
  check(inventory, report) {
    for (const workload of inventory.workloads.filter((one) => concerns(inventory, one))) {
      for (const { image } of workload.containers) {
        const text = image.text ?? '';
        const tag = /:([^:/@]+)(@|$)/.exec(text)?.[1];
        if (
          /^(docker\.io\/|registry-1\.docker\.io\/|index\.docker\.io\/)?bitnami\//.test(repositoryOf(text)) &&
          tag !== undefined &&
          tag !== 'latest'
        ) {
          report(image, {
            message: `Bitnami's free images have no versions any more, so that "${tag}" cannot be pulled where it is not already.`,
            fix: 'Take an image of the project itself, such as docker.io/valkey/valkey:9.1-alpine.',
          });
        }
      }
    }
  },
};
