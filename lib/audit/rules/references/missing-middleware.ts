import { concernsNamespace } from '../../../manifests/views/immich.ts';
import type { Rule } from '../../rule.ts';
import { resolve } from '../../views/unresolved.ts';

export const missingMiddleware: Rule = {
  id: 'missing-middleware',
  severity: 'error',
  whose: 'upstream',
  meaning: 'A route names a Traefik middleware that does not exist.',
  why: 'Traefik drops a route whose middleware it cannot find, rather than serve it without protection. Immich runs and is healthy, and its address answers with 404.',
  url: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/',
  examples: {
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers: [{ name: server, image: ghcr.io/immich-app/immich-server:v3.3.1 }]
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: immich-headers, namespace: immich }
spec: { headers: { stsSeconds: 31536000 } }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: immich, namespace: immich }
spec:
  routes:
    - kind: Rule
      match: Host(\`photos.example.com\`)
      middlewares: [{ name: immich-headers }]
      services: [{ name: immich-server, port: 2283 }]
`,
    broken: {
      'middlewares: [{ name: immich-headers }]': 'middlewares: [{ name: headers }]',
    },
  },
  check(inventory, report) {
    for (const route of inventory.all('traefik.io', 'IngressRoute')) {
      const namespace = route.at('metadata', 'namespace').text;
      const middlewares = route.at('spec', 'routes').items.flatMap((rule) => rule.at('middlewares').items);
      for (const middleware of concernsNamespace(inventory, namespace) ? middlewares : []) {
        // Names of other providers, such as auth@file, are not objects.
        if (middleware.at('name').text?.includes('@') !== true) {
          resolve(inventory, report, {
            name: middleware.at('name'),
            apiGroup: 'traefik.io',
            kind: 'Middleware',
            namespace: middleware.at('namespace').text ?? namespace,
            consequence: 'Traefik drops the whole route',
          });
        }
      }
    }
  },
};
